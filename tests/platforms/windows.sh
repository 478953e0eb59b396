#!/bin/sh
# Usage: windows.sh WORK. Builds the static library for Windows, installs it, and runs programs by Wine that were built with
# what was installed and with nothing else: by its CMake package, and by plain flags without any macro.
# WORK/prefix holds what windows_prefix.sh put there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(cd "$1" && pwd)
prefix=$work/prefix
build=$work/static
installed=$work/installed
export WINEPREFIX="$work/wine" WINEDEBUG=-all
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

# Without debug information, with which the linker for Windows takes minutes.
cmake -S "$root" -B "$build" -DCMAKE_TOOLCHAIN_FILE="$here/mingw.cmake" -DFATHOM_WINDOWS_PREFIX="$prefix" \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_UNITY_BUILD=ON -DFATHOM_WARNINGS_AS_ERRORS=ON \
    -DFATHOM_BUILD_TESTS=OFF -DFATHOM_BUILD_EXAMPLES=OFF -DFATHOM_BUILD_TESTING_LIBRARY=OFF
cmake --build "$build" --parallel "$(nproc)"
cmake --install "$build" --prefix "$installed"

cmake -S "$root/tests/packaging/consumer" -B "$work/consumer" -DCMAKE_TOOLCHAIN_FILE="$here/mingw.cmake" \
    -DFATHOM_WINDOWS_PREFIX="$prefix" -Dfathom_DIR="$installed/lib/cmake/fathom" -DCONSUMER_WITH_TESTING=OFF
cmake --build "$work/consumer" --target consumer
"$wine" "$work/consumer/consumer.exe"

x86_64-w64-mingw32-g++-posix -std=c++20 -static -I"$installed/include" "$root/tests/packaging/consumer/main.cpp" \
    -o "$work/by_flags.exe" -L"$installed/lib" -lfathom "$prefix/lib/libcurl.a" -lws2_32 -lcrypt32 -lbcrypt -lwldap32 -ladvapi32
"$wine" "$work/by_flags.exe"
