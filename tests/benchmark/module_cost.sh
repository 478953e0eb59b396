#!/usr/bin/env bash
# Usage: module_cost.sh [CLANG]
# What a file costs that says import fathom; beside one that includes <fathom/fathom.hpp>: processor time with -std=c++20 -O2,
# the median of interleaved rounds. The module itself is compiled once for all files of a program, and shown apart.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
compiler=${1:-clang++-19}
rounds=15
options=(-std=c++20 -O2 "-I$root/include")

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
echo 'import fathom; int main() { return fathom::version_major; }' >import.cpp
printf '#include <fathom/fathom.hpp>\nint main() { return fathom::version_major; }\n' >include.cpp

seconds() { # NAME OPTION…: appends the compiler's processor time to the list of that name
    local TIMEFORMAT=%U name=$1
    shift
    { time "$compiler" "${options[@]}" "$@"; } 2>>"times.$name"
}
median() { sort -n "times.$1" | sed -n "$((rounds / 2 + 1))p"; }

for ((round = 0; round < rounds; ++round)); do
    seconds module --precompile "$root/src/module/fathom.cppm" -o fathom.pcm
    seconds include -c include.cpp -o include.o
    seconds import -fmodule-file=fathom=fathom.pcm -c import.cpp -o import.o
done
echo "compile time: $(median import) s with import beside $(median include) s with include; $(median module) s once for the module"
