#!/bin/sh
# Usage: embedded_test.sh ROOT WORK CMAKE CXX LIBCURL LIBCURL_INCLUDE NLOHMANN_INCLUDE. Builds and runs the project embedded/.
set -eu
root=$1
work=$2
cmake=$3
export CXX="$4"

rm -rf "$work"
"$cmake" -S "$root/tests/packaging/embedded" -B "$work" -DFATHOM_SOURCE="$root" -DLIBCURL="$5" -DLIBCURL_INCLUDE="$6" \
    -DNLOHMANN_INCLUDE="$7"
"$cmake" --build "$work" --parallel 2
"$work/consumer"
