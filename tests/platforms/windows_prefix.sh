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
mkdir -p "$work/lists/partial" "$work/source"
. /etc/os-release
echo "deb-src http://deb.debian.org/debian $VERSION_CODENAME main" >"$work/sources.list"
from_source() {
    apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists" "$@"
}
from_source update
(cd "$work" && from_source source --download-only curl)
tar -xf "$work"/curl_*.orig.tar.?z --strip-components=1 -C "$work/source"
cmake -S "$work/source" -B "$work/build" -DCMAKE_TOOLCHAIN_FILE="$here/mingw.cmake" -DFATHOM_WINDOWS_PREFIX="$prefix" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF \
    -DBUILD_TESTING=OFF -DHTTP_ONLY=ON -DCURL_USE_SCHANNEL=ON
cmake --build "$work/build" --parallel "$(nproc)"
cmake --install "$work/build"
mkdir -p "$prefix/include" "$prefix/share/cmake"
cp -R /usr/include/nlohmann "$prefix/include/"
cp -R /usr/share/cmake/nlohmann_json "$prefix/share/cmake/"
rm -rf "$work"
