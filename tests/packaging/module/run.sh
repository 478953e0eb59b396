#!/bin/sh
# Usage: run.sh WORK. Builds the module with clang 19, installs it, moves the installed tree elsewhere, and builds and runs a
# program that imports it; for the static library and the shared one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)

export CC=clang-19 CXX=clang++-19

# Debian's CMake knows no modules.
[ -x "$work/tools/bin/ninja" ] || {
    python3 -m venv "$work/tools"
    "$work/tools/bin/pip" install --quiet 'cmake>=3.28' ninja
}
export PATH="$work/tools/bin:$PATH"

try() { # BUILD_SHARED_LIBS
    rm -rf "$work/installed" "$work/moved" "$work/consumer"
    # Sources together and without optimization: the library's own code is not what is tried here.
    cmake -G Ninja -S "$root" -B "$work/build" -DBUILD_SHARED_LIBS="$1" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
        -DCMAKE_UNITY_BUILD=ON -DFATHOM_BUILD_MODULE=ON -DFATHOM_WARNINGS_AS_ERRORS=ON \
        -DFATHOM_BUILD_TESTS=OFF -DFATHOM_BUILD_EXAMPLES=OFF -DFATHOM_BUILD_TESTING_LIBRARY=OFF
    cmake --build "$work/build"
    cmake --install "$work/build" --prefix "$work/installed"
    mv "$work/installed" "$work/moved"
    cmake -G Ninja -S "$here" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$work/moved" -DCMAKE_BUILD_TYPE=Debug
    cmake --build "$work/consumer"
    "$work/consumer/module_consumer"
}
try OFF
try ON
