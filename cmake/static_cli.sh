#!/bin/sh
# Usage: static_cli.sh BUILD_FOLDER. Makes the program fathom for all of Linux on this processor, in BUILD_FOLDER/fathom: all
# that it needs is in it. Runs on Debian, whose static libraries it takes, all but libcurl and cpp-httplib: libcurl is built without
# what cannot be linked so, and asks name servers by c-ares, since the C library's own way loads libraries while the program runs.
set -eu
cd "$(dirname "$0")/.."
mkdir -p "$1"
build=$(cd "$1" && pwd)
jobs=$(nproc)

sh cmake/install_dependencies.sh build test static

archive() { cc -print-file-name="lib$1.a"; }
static="-DBUILD_SHARED_LIBS=OFF -DCMAKE_BUILD_TYPE=Release -DOPENSSL_USE_STATIC_LIBS=ON
    -DZLIB_LIBRARY_RELEASE=$(archive z) -DCARES_LIBRARY=$(archive cares) -DNGHTTP2_LIBRARY=$(archive nghttp2)
    -DSQLite3_LIBRARY=$(archive sqlite3) -DCURSES_NCURSES_LIBRARY=$(archive ncursesw) -DCURSES_EXTRA_LIBRARY=$(archive tinfo)"
[ -f "$build/prefix/include/httplib.h" ] || sh cmake/debian_source.sh "$build/sources" cpp-httplib curl
if [ ! -f "$build/prefix/lib/libcurl.a" ]; then
    # shellcheck disable=SC2086 # words
    cmake -S "$build/sources/curl" -B "$build/curl" $static -DCMAKE_INSTALL_PREFIX="$build/prefix" -DCMAKE_INSTALL_LIBDIR=lib \
        -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DHTTP_ONLY=ON -DENABLE_ARES=ON -DUSE_NGHTTP2=ON -DCURL_USE_LIBSSH2=OFF -DUSE_LIBIDN2=OFF \
        -DCURL_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt -DCURL_CA_PATH=/etc/ssl/certs
    cmake --build "$build/curl" --parallel "$jobs"
    cmake --install "$build/curl"
fi
if [ ! -f "$build/prefix/include/httplib.h" ]; then # Debian has it as a shared library alone; by itself it is a header
    cmake -S "$build/sources/cpp-httplib" -B "$build/httplib" -DCMAKE_INSTALL_PREFIX="$build/prefix" -DCMAKE_INSTALL_LIBDIR=lib \
        -DHTTPLIB_COMPILE=OFF -DHTTPLIB_USE_OPENSSL_IF_AVAILABLE=OFF -DHTTPLIB_USE_ZLIB_IF_AVAILABLE=OFF \
        -DHTTPLIB_USE_BROTLI_IF_AVAILABLE=OFF
    cmake --install "$build/httplib"
fi
# shellcheck disable=SC2086 # words
cmake -S . -B "$build/cli" $static -DCMAKE_PREFIX_PATH="$build/prefix" -DCMAKE_EXE_LINKER_FLAGS=-static \
    -DFATHOM_BUILD_CLI=ON -DFATHOM_BUILD_TESTS=OFF -DFATHOM_BUILD_EXAMPLES=OFF -DFATHOM_BUILD_TESTING_LIBRARY=OFF
cmake --build "$build/cli" --parallel "$jobs" --target fathom-cli
strip -o "$build/fathom" "$build/cli/src/cli/fathom"
"$build/fathom" --version
