#!/bin/sh
# Usage: s390x.sh WORK. Big endian: builds the unit and wire tests by Debian's cross compiler, and runs them by QEMU. What starts
# another program, which would be one of this machine's processor, is left out.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
sysroot=$work/sysroot

if [ ! -f "$sysroot/complete" ]; then
    rm -rf "$sysroot"
    . /etc/os-release
    debootstrap --foreign --variant=minbase --arch=s390x \
        --include=libc6-dev,libcli11-dev,libcpp-httplib-dev,libcurl4-openssl-dev,libgmock-dev,libgtest-dev,libhowardhinnant-date-dev,libsqlite3-dev,nlohmann-json3-dev,tzdata \
        "$VERSION_CODENAME" "$sysroot" http://deb.debian.org/debian
    # Only unpacked: nothing of it is installed, or run before the tests are.
    for package in "$sysroot"/var/cache/apt/archives/*.deb "$sysroot"/debootstrap/*.deb; do
        [ ! -f "$package" ] || dpkg-deb --extract "$package" "$sysroot"
    done
    touch "$sysroot/complete"
fi

cat >"$work/toolchain.cmake" <<END_OF_FILE
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(CMAKE_C_COMPILER s390x-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER s390x-linux-gnu-g++)
set(CMAKE_SYSROOT $sysroot)
set(CMAKE_LIBRARY_ARCHITECTURE s390x-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
END_OF_FILE
cmake -S "$root" -B "$work/build" -DCMAKE_TOOLCHAIN_FILE="$work/toolchain.cmake" -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_CXX_FLAGS_DEBUG=-O1 -DFATHOM_WARNINGS_AS_ERRORS=ON -DFATHOM_BUILD_EXAMPLES=OFF
cmake --build "$work/build" --parallel "$(nproc)" --target fathom_unit_tests fathom_wire_tests
run() { # PROGRAM WORD…
    program=$1
    shift
    (cd "$work/build/tests" && qemu-s390x-static -L "$sysroot" "./$program" --gtest_brief=1 "$@")
}
run fathom_wire_tests
run fathom_unit_tests --gtest_filter='-FileLimiter.HoldsForSixteenProcessesAtOnce:FileLimiter.SurvivesAProcessThatDiesHoldingPermits'
