#!/bin/sh
# Usage: windows_prefix.sh PREFIX. Puts there what the library needs on Windows, unless it is there already: libcurl with
# Windows' own TLS, made from Debian's source package, and nlohmann/json's headers.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
prefix=$(cd "$1" && pwd)
[ ! -f "$prefix/lib/libcurl.a" ] || exit 0

work=$prefix/work
rm -rf "$work"
mkdir -p "$work"
sh "$here/../../cmake/debian_source.sh" curl "$work/source"
cmake -S "$work/source" -B "$work/build" -DCMAKE_TOOLCHAIN_FILE="$here/mingw.cmake" -DFATHOM_WINDOWS_PREFIX="$prefix" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF \
    -DBUILD_TESTING=OFF -DHTTP_ONLY=ON -DCURL_USE_SCHANNEL=ON
cmake --build "$work/build" --parallel "$(nproc)"
cmake --install "$work/build"
mkdir -p "$prefix/include" "$prefix/share/cmake"
cp -R /usr/include/nlohmann "$prefix/include/"
cp -R /usr/share/cmake/nlohmann_json "$prefix/share/cmake/"
rm -rf "$work"
