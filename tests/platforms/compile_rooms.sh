#!/bin/sh
# Usage: compile_rooms.sh COMPILER FLAG…. Compiles all of src for another platform, room by room, with strict warnings as
# errors and without linking: for platforms that nothing here can run. The headers of other libraries are this system's.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
headers=$(mktemp -d)
trap 'rm -rf "$headers"' EXIT

multiarch=/usr/include/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)
for header in "$multiarch/curl" "$multiarch/asm" /usr/include/nlohmann /usr/include/hiredis /usr/include/sqlite3.h /usr/include/date \
    /usr/include/CLI /usr/include/httplib.h; do
    cp -R "$header" "$headers/"
done

# Of the two CMake takes one: the second where the system's hiredis has no TLS.
without=no_tls.cpp
[ -e /usr/include/hiredis/hiredis_ssl.h ] || without=openssl_tls.cpp

status=0
for room in $(find "$root/src" -type d | sort); do
    # Not those in place of a library that is there; and not the terminal's, whose macros have the names of ordinary words.
    sources=$(find "$room" -maxdepth 1 -name '*.cpp' ! -name "$without" ! -name without_sqlite.cpp ! -name no_server.cpp \
        ! -path '*/top/screen.cpp' | sort)
    [ -n "$sources" ] || continue
    echo "${room#"$root"/}"
    # shellcheck disable=SC2086 # our own files, without spaces
    printf '#include "%s"\n' $sources | "$@" -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion \
        -Wno-missing-field-initializers -Werror -I"$root/include" -I"$root/src" -isystem "$headers" -x c++ - ||
        status=1
done
exit $status
