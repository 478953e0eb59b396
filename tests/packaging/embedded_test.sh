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

# What is made as the command line is built is installed from where it is made.
"$cmake" -S "$root/tests/packaging/embedded" -B "$work" -DFATHOM_BUILD_CLI=ON -DFATHOM_INSTALL=ON
grep -qF "$work/fathom/src/cli/fathom.1" "$work/fathom/cmake_install.cmake"
