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

# A project that installs it, too: what is made as the command line is built comes from where it is made. And such a project's
# own BUILD_SHARED_LIBS stays as it is.
installing=$work/installing
mkdir "$installing"
cat >"$installing/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.20)
project(installing LANGUAGES CXX)
add_subdirectory("$root" fathom)
if(DEFINED BUILD_SHARED_LIBS)
    message(FATAL_ERROR "BUILD_SHARED_LIBS was set by a project that was added")
endif()
END
"$cmake" -S "$installing" -B "$installing/build" -DFATHOM_BUILD_CLI=ON -DFATHOM_INSTALL=ON
grep -qF "$installing/build/fathom/src/cli/fathom.1" "$installing/build/fathom/cmake_install.cmake"
