#!/usr/bin/env bash
# Usage: program_size.sh BUILD_FOLDER [COMPILER]
# The size of a small program that lists sites with the library, beside one that does it with libcurl and nlohmann's JSON
# library: -O2, stripped, libcurl shared. The build folder must be of a Release build; with BUILD_SHARED_LIBS=ON the
# program does not hold the library, without it all that it uses of it.
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "$0")"
compiler=${2:-g++}
library=$(find "$build/src" -maxdepth 1 -name 'libfathom.so' -o -maxdepth 1 -name 'libfathom.a' | sort | tail -n 1)

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
size_of() { # NAME ARGUMENT…
    local name=$1
    shift
    "$compiler" -std=c++20 -O2 -I../../include "programs/$name.cpp" -o "$folder/$name" "$@"
    strip "$folder/$name"
    stat -c %s "$folder/$name"
}
sections=(-ffunction-sections -fdata-sections -Wl,--gc-sections)
case $library in
*.a) ours=$(size_of list_fathom "${sections[@]}" "$library" -lcurl -pthread) ;;
*) ours=$(size_of list_fathom "$library") ;;
esac
theirs=$(size_of list_by_hand "${sections[@]}" -lcurl)
awk -v library="$(basename "$library")" -v ours="$ours" -v theirs="$theirs" 'BEGIN {
    printf "program with %s: %d bytes beside %d by hand, ratio %.3f (goal <= 1.00)\n", library, ours, theirs, ours / theirs }'
