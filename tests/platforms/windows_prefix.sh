#!/bin/sh
# Usage: windows_prefix.sh PREFIX. Puts there what the library and its tests need on Windows, as static libraries, unless it is
# there already: from Debian's source packages, but for headers and googletest, which are the same everywhere. hiredis comes
# from the next Debian, since it knows Windows from 1.0 on. libcurl has Windows' own TLS.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
prefix=$(cd "$1" && pwd)
[ ! -f "$prefix/complete" ] || exit 0

work=$prefix/work
rm -rf "$work"
mkdir -p "$prefix/include" "$prefix/lib" "$prefix/share/cmake"
sh "$here/../../cmake/debian_source.sh" "$work" cpp-httplib curl hiredis/trixie howardhinnant-date sqlite3 tzdata

make_by_cmake() { # SOURCE OPTION…
    source=$1
    shift
    rm -rf "$work/build"
    cmake -S "$source" -B "$work/build" -DCMAKE_TOOLCHAIN_FILE="$here/mingw.cmake" -DFATHOM_WINDOWS_PREFIX="$prefix" \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_BUILD_TYPE=None -DBUILD_SHARED_LIBS=OFF \
        -DBUILD_TESTING=OFF "$@"
    cmake --build "$work/build" --parallel "$(nproc)"
    cmake --install "$work/build"
}

make_by_cmake "$work/curl" -DBUILD_CURL_EXE=OFF -DHTTP_ONLY=ON -DCURL_USE_SCHANNEL=ON
make_by_cmake "$work/hiredis" -DDISABLE_TESTS=ON
make_by_cmake "$work/howardhinnant-date" -DBUILD_TZ_LIB=ON -DMANUAL_TZ_DB=ON
make_by_cmake "$work/cpp-httplib" -DHTTPLIB_USE_OPENSSL_IF_AVAILABLE=OFF -DHTTPLIB_USE_ZLIB_IF_AVAILABLE=OFF \
    -DHTTPLIB_USE_BROTLI_IF_AVAILABLE=OFF
make_by_cmake /usr/src/googletest

# SQLite is compiled from the one file that its sources make of themselves.
(cd "$work/sqlite3" && ./configure --disable-shared >/dev/null && make sqlite3.c sqlite3.h >/dev/null)
cp "$work/sqlite3/sqlite3.h" "$prefix/include/"
x86_64-w64-mingw32-gcc-posix -O1 -c "$work/sqlite3/sqlite3.c" -o "$work/sqlite3.o"
x86_64-w64-mingw32-ar rcs "$prefix/lib/libsqlite3.a" "$work/sqlite3.o"

for headers in nlohmann CLI; do cp -R "/usr/include/$headers" "$prefix/include/"; done
for package in nlohmann_json CLI11; do cp -R "/usr/share/cmake/$package" "$prefix/share/cmake/"; done

# The rules of time zones, which Windows keeps in a form of its own, where the date library looks for them.
mkdir -p "$prefix/tzdata"
for file in africa antarctica asia australasia backward etcetera europe northamerica southamerica leapseconds version; do
    cp "$work/tzdata/$file" "$prefix/tzdata/"
done
cp /usr/share/unicode/cldr/common/supplemental/windowsZones.xml "$prefix/tzdata/"

rm -rf "$work"
touch "$prefix/complete"
