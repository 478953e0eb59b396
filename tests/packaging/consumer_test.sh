#!/bin/sh
# Usage: consumer_test.sh BUILD WORK CMAKE CXX. Installs the build BUILD below WORK, moves the installed tree elsewhere,
# and builds and runs the project consumer/ with what is there now: by find_package and by pkg-config.
set -eu
build=$1
work=$2
cmake=$3
export CXX="$4"
consumer=$(cd "$(dirname "$0")/consumer" && pwd)

fail() {
    echo "consumer_test: $*" >&2
    exit 1
}

rm -rf "$work"
mkdir -p "$work"
"$cmake" --install "$build" --prefix "$work/installed" >"$work/install.log" || fail "cannot install: $(cat "$work/install.log")"
mv "$work/installed" "$work/prefix"

library=$(find "$work/prefix" -name 'libfathom.so' -o -name 'libfathom.a')
[ -f "$library" ] || fail "no library was installed"
library_dir=$(dirname "$library")
with_testing=OFF
[ -d "$work/prefix/include/fathom/testing" ] && with_testing=ON
with_zones=OFF
[ -d "$work/prefix/include/fathom/zones" ] && with_zones=ON
with_redis=OFF
[ -d "$work/prefix/include/fathom/redis" ] && with_redis=ON

# The package must say everything that its targets need, so nothing but its place is given.
"$cmake" -S "$consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCONSUMER_WITH_TESTING=$with_testing \
    -DCONSUMER_WITH_REDIS=$with_redis -DCONSUMER_WITH_ZONES=$with_zones
"$cmake" --build "$work/build"
"$work/build/consumer"
"$work/build/consumer_with_records"
[ ! -x "$work/build/consumer_unload" ] || "$work/build/consumer_unload" "$(find "$work/build" -name '*consumer_plugin.so')"
if [ $with_testing = ON ]; then
    "$work/build/consumer_with_emulator"
    "$work/prefix/bin/fathom-emulator" --help >/dev/null
fi

if [ -x "$work/prefix/bin/fathom" ]; then
    "$work/prefix/bin/fathom" --version >/dev/null
    # Of where it was installed, not of where it would have been.
    unit=$work/prefix/lib/systemd/system/fathom-exporter.service
    [ ! -f "$unit" ] || grep -q "^ExecStart=$work/installed/bin/fathom " "$unit" || fail "another program: $(grep ^Exec "$unit")"
fi

[ $with_redis = OFF ] || "$work/build/consumer_with_redis"
[ $with_zones = OFF ] || "$work/build/consumer_with_zones"
[ ! -x "$work/build/consumer_with_all" ] || "$work/build/consumer_with_all"

if [ "${library%.so}" != "$library" ] && command -v readelf >/dev/null; then
    # shellcheck disable=SC2046 # names of libraries
    sh "$(dirname "$0")/exports_test.sh" $(find "$library_dir" -name 'libfathom*.so')
fi

# A component that is not there is refused with the reason.
mkdir "$work/no_such"
cat >"$work/no_such/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.20)
project(no_such LANGUAGES CXX)
find_package(fathom REQUIRED COMPONENTS \${COMPONENT})
END
refuses() { # COMPONENT REASON
    if "$cmake" -S "$work/no_such" -B "$work/no_such/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCOMPONENT="$1" \
        >"$work/no_such.log" 2>&1; then
        fail "a component that is not there was found: $1"
    fi
    # CMake breaks lines where it likes.
    tr -s ' \n' ' ' <"$work/no_such.log" | grep -q "$2" || fail "no reason: $(cat "$work/no_such.log")"
}
refuses no_such 'no component "no_such"'
[ -e "$library_dir/cmake/fathom/fathomModuleTargets.cmake" ] || refuses module 'was installed without its component "module"'

# One that is only wished for may be missing, also by what it needs; so may the wish be made by a project for an old CMake.
mkdir "$work/wish"
cat >"$work/wish/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.1...3.5)
project(wish LANGUAGES CXX)
find_package(fathom REQUIRED QUIET OPTIONAL_COMPONENTS no_such redis testing)
if(NOT TARGET fathom::fathom OR fathom_no_such_FOUND)
    message(FATAL_ERROR "wishes are not optional")
endif()
if(NEEDS_MORE AND (fathom_testing_FOUND OR TARGET fathom::testing))
    message(FATAL_ERROR "fathom::testing is there without SQLite")
endif()
END
without_sqlite=-DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON
[ "${library%.so}" != "$library" ] || without_sqlite="$without_sqlite -DNEEDS_MORE=ON" # of a static library
# shellcheck disable=SC2086 # options
"$cmake" -S "$work/wish" -B "$work/wish/build" -DCMAKE_PREFIX_PATH="$work/prefix" $without_sqlite >"$work/wish.log" 2>&1 ||
    fail "$(cat "$work/wish.log")"

# Without libcurl a static library is not found, and nothing else is wrong.
cat >"$work/wish/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.20)
project(wish LANGUAGES CXX)
find_package(fathom QUIET)
END
"$cmake" -S "$work/wish" -B "$work/wish/build" -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON >"$work/wish.log" 2>&1 ||
    fail "$(cat "$work/wish.log")"

if command -v pkg-config >/dev/null; then
    export PKG_CONFIG_PATH="$library_dir/pkgconfig"
    # shellcheck disable=SC2046 # flags are meant to be split
    "$CXX" -std=c++20 "$consumer/main.cpp" -o "$work/by_pkg_config" $(pkg-config --cflags --libs fathom)
    LD_LIBRARY_PATH="$library_dir" "$work/by_pkg_config"
    # libstdc++'s debug mode has other containers: a program with it must not link with a library without it.
    if printf '#include <version>\n' | "$CXX" -std=c++20 -x c++ -E -dM - | grep -q __GLIBCXX__; then
        # shellcheck disable=SC2046
        if "$CXX" -std=c++20 -D_GLIBCXX_DEBUG "$consumer/main.cpp" -o "$work/in_debug_mode" \
            $(pkg-config --cflags --libs fathom) 2>"$work/in_debug_mode.log"; then
            fail "a program in libstdc++'s debug mode links with a library that is not"
        fi
        grep -q glibcxx_debug "$work/in_debug_mode.log" || fail "no reason: $(cat "$work/in_debug_mode.log")"
    fi
    if [ $with_testing = ON ]; then
        # shellcheck disable=SC2046
        "$CXX" -std=c++20 "$consumer/with_emulator.cpp" -o "$work/emulator_by_pkg_config" \
            $(pkg-config --cflags --libs fathom-testing)
        LD_LIBRARY_PATH="$library_dir" "$work/emulator_by_pkg_config"
    fi
    if [ $with_redis = ON ]; then
        # shellcheck disable=SC2046
        "$CXX" -std=c++20 "$consumer/with_redis.cpp" -o "$work/redis_by_pkg_config" \
            $(pkg-config --cflags --libs fathom-redis)
        LD_LIBRARY_PATH="$library_dir" "$work/redis_by_pkg_config"
    fi
    if [ $with_zones = ON ]; then
        # shellcheck disable=SC2046
        "$CXX" -std=c++20 "$consumer/with_zones.cpp" -o "$work/zones_by_pkg_config" \
            $(pkg-config --cflags --libs fathom-zones)
        LD_LIBRARY_PATH="$library_dir" "$work/zones_by_pkg_config"
    fi
fi
