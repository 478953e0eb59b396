#!/bin/sh
# Usage: windows.sh WORK. Builds for Windows, and runs by Wine: the unit, wire and emulator tests with the static libraries; with
# DLLs the emulator's tests; and of both the programs of users, built with what was installed and with nothing else.
# WORK/prefix holds what windows_prefix.sh put there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(cd "$1" && pwd)
prefix=$work/prefix
# A home of its own, which is a user's on Windows too. The date library looks for its rules in the downloads.
export HOME="$work/home" WINEPREFIX="$work/wine" WINEDEBUG=-all
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
mkdir -p "$HOME/Downloads"
cp -R "$prefix/tzdata" "$HOME/Downloads/"

configure() { # SOURCE BUILD OPTION…
    source=$1
    build=$2
    shift 2
    cmake -S "$source" -B "$build" -DCMAKE_TOOLCHAIN_FILE="$here/mingw.cmake" -DFATHOM_WINDOWS_PREFIX="$prefix" "$@"
}
# Without debug information, with which the linker for Windows takes minutes; and without what Microsoft adds to the language,
# which g++ takes by default for Windows alone.
configure_fathom() { # BUILD OPTION…
    build=$1
    shift
    configure "$root" "$build" -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS=-fno-ms-extensions \
        -DFATHOM_WARNINGS_AS_ERRORS=ON -DFATHOM_BUILD_REDIS=ON -DFATHOM_REDIS_TLS=OFF -DFATHOM_BUILD_ZONES=ON \
        -DFATHOM_BUILD_CLI=ON -DFATHOM_BUILD_EXAMPLES=OFF "$@"
}
build_all_but_tests() { # BUILD
    cmake --build "$1" --parallel "$(nproc)" --target fathom fathom_testing fathom_redis fathom_zones fathom-emulator fathom-cli
}
try_consumer() { # KIND
    configure "$root/tests/packaging/consumer" "$work/consumer-$1" -Dfathom_DIR="$work/installed-$1/lib/cmake/fathom" \
        -DCONSUMER_WITH_REDIS=ON -DCONSUMER_WITH_ZONES=ON
    cmake --build "$work/consumer-$1"
    for program in consumer consumer_with_records consumer_with_emulator consumer_with_redis consumer_with_zones consumer_with_all; do
        "$wine" "$work/consumer-$1/$program.exe"
    done
    "$wine" "$work/installed-$1/bin/fathom-emulator.exe" --help >/dev/null
    "$wine" "$work/installed-$1/bin/fathom.exe" --version
}

configure_fathom "$work/static"
build_all_but_tests "$work/static"
cmake --build "$work/static" --parallel "$(nproc)" --target fathom_unit_tests fathom_wire_tests fathom_emulator_tests
for tests in unit wire emulator; do
    "$wine" "$(find "$work/static" -name "fathom_${tests}_tests.exe")" --gtest_brief=1
done
cmake --install "$work/static" --prefix "$work/installed-static"
try_consumer static
# By flags alone, without any macro.
by_flags() { # PROGRAM LIBRARY…
    program=$1
    shift
    x86_64-w64-mingw32-g++-posix -std=c++20 -static -I"$work/installed-static/include" \
        "$root/tests/packaging/consumer/$program.cpp" -o "$work/by_flags.exe" \
        -L"$work/installed-static/lib" -L"$prefix/lib" "$@" -lfathom -lcurl -lws2_32 -lcrypt32 -lbcrypt -lwldap32 -ladvapi32
    "$wine" "$work/by_flags.exe"
}
by_flags main
by_flags with_all -lfathom_testing -lfathom_redis -lfathom_zones -lsqlite3 -lhiredis -ldate-tz -lole32

configure_fathom "$work/dll" -DBUILD_SHARED_LIBS=ON -DCMAKE_RUNTIME_OUTPUT_DIRECTORY="$work/dll/bin"
build_all_but_tests "$work/dll"
cmake --build "$work/dll" --parallel "$(nproc)" --target fathom_emulator_tests
"$wine" "$work/dll/bin/fathom_emulator_tests.exe" --gtest_brief=1
cmake --install "$work/dll" --prefix "$work/installed-dll"
export WINEPATH="$work/installed-dll/bin"
try_consumer dll
