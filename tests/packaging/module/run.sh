#!/bin/sh
# Usage: run.sh WORK. What Debian's CMake does not know. Builds the module with clang 19 and the newest CMake, installs it, moves
# the installed tree elsewhere, and builds and runs a program that imports it; for the static library and the shared one. The
# shared one has a CPS file too, which this CMake prefers: the programs below consumer/ are built and run with it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)

export CC=clang-19 CXX=clang++-19

[ -x "$work/tools/bin/ninja" ] || {
    python3 -m venv "$work/tools"
    "$work/tools/bin/pip" install --quiet 'cmake>=4.3' ninja
}
export PATH="$work/tools/bin:$PATH"

# What is configured is to give no warning with this CMake either.
configure() { # OPTION…
    cmake "$@" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        exit 1
    }
    if grep -n -A 5 'CMake.*Warning' "$work/log" >&2; then exit 1; fi
}

try() { # BUILD_SHARED_LIBS
    rm -rf "$work/installed" "$work/moved" "$work/consumer"
    # Sources together and without optimization: the library's own code is not what is tried here.
    configure -G Ninja -S "$root" -B "$work/build" -DBUILD_SHARED_LIBS="$1" -DFATHOM_INSTALL_CPS="$1" \
        -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
        -DCMAKE_UNITY_BUILD=ON -DFATHOM_BUILD_MODULE=ON -DFATHOM_BUILD_ZONES=ON -DFATHOM_WARNINGS_AS_ERRORS=ON \
        -DFATHOM_BUILD_TESTS=OFF -DFATHOM_BUILD_EXAMPLES=OFF -DFATHOM_BUILD_TESTING_LIBRARY=OFF
    cmake --build "$work/build"
    cmake --install "$work/build" --prefix "$work/installed"
    mv "$work/installed" "$work/moved"
    # A compiler cache does not look into the modules that are imported, and would give what an older one was compiled to.
    CMAKE_CXX_COMPILER_LAUNCHER= configure -G Ninja -S "$here" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$work/moved" \
        -DCMAKE_BUILD_TYPE=Debug
    cmake --build "$work/consumer"
    "$work/consumer/module_consumer"
}
try OFF
try ON

package=$work/moved/lib/cps/fathom
grep -q "fathom_DIR:PATH=$package$" "$work/consumer/CMakeCache.txt"
grep -q '"license" : "MIT"' "$package/fathom.cps"
grep -q '"compat_version" : "[0-9]*\.[0-9]*\.0"' "$package/fathom.cps"
configure -S "$root/tests/packaging/consumer" -B "$work/by_cps" -DCMAKE_PREFIX_PATH="$work/moved" \
    -DCONSUMER_WITH_TESTING=OFF -DCONSUMER_WITH_ZONES=ON
grep -q "fathom_DIR:PATH=$package$" "$work/by_cps/CMakeCache.txt"
cmake --build "$work/by_cps"
"$work/by_cps/consumer"
"$work/by_cps/consumer_with_zones"
