#!/bin/sh
# Tries the vcpkg port in cmake/vcpkg, and builds a consumer with it in Debug and Release. Where vcpkg is not installed, its helpers
# are emulated, and the package is held against what vcpkg's own checks after a build refuse. guide.md beside this file has the
# list of vcpkg's guide, point by point.
#
#     run.sh WORK [FEATURE…]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
shift
port=$root/cmake/vcpkg

fail() {
    echo "vcpkg: $*" >&2
    exit 1
}

# The port states the version of the library.
version=$(sed -nE 's/.* version = "([0-9.]+)".*/\1/p' "$root/include/fathom/version.hpp")
grep -q "\"version\": \"$version\"" "$port/vcpkg.json" || fail "the port is not of version $version"

features=$(echo "$*" | tr ' ' ';')
with() { case ";$features;" in *";$1;"*) echo ON ;; *) echo OFF ;; esac; }
try_consumer() { # TYPE OPTION…
    build=$work/consumer/$1
    rm -rf "$build"
    type=$1
    shift
    cmake -S "$root/tests/packaging/consumer" -B "$build" -DCMAKE_BUILD_TYPE="$type" -DCONSUMER_WITH_TESTING="$(with testing)" \
        -DCONSUMER_WITH_REDIS="$(with redis)" -DCONSUMER_WITH_ZONES="$(with zones)" "$@"
    cmake --build "$build" --parallel 2
    for program in "$build"/consumer "$build"/consumer_with_*; do
        [ ! -x "$program" ] || "$program"
    done
}

if command -v vcpkg >/dev/null; then
    # In a folder with a manifest, as this one is, packages can be named in this mode alone. vcpkg itself checks what it has built.
    vcpkg install --classic "fathom-analytics-cpp${features:+[$(echo "$*" | tr ' ' ',')]}" --overlay-ports="$port"
    tree=${VCPKG_ROOT:-$(dirname "$(readlink -f "$(command -v vcpkg)")")}
    for type in Debug Release; do
        try_consumer $type -DCMAKE_TOOLCHAIN_FILE="$tree/scripts/buildsystems/vcpkg.cmake" -DVCPKG_MANIFEST_MODE=OFF
    done
    exit
fi

rm -rf "$work/package"
# Sources together: the compiler is not what is tried here.
cmake -DPORT_DIR="$port" -DPACKAGES="$work" "-DFEATURES=$features" -DOPTIONS=-DCMAKE_UNITY_BUILD=ON -P "$here/emulate.cmake"
package=$work/package

[ ! -e "$package/debug/include" ] || fail "headers below debug/"
[ ! -e "$package/debug/share" ] || fail "share/ below debug/"
cmp -s "$root/LICENSE" "$package/share/fathom-analytics-cpp/copyright" || fail "no licence"
[ -f "$package/share/fathom-analytics-cpp/usage" ] || fail "no words on its usage"
[ -f "$package/include/fathom/fathom.hpp" ] || fail "no headers"
for prefix in "$package" "$package/debug"; do
    [ -f "$prefix/lib/libfathom.a" ] || fail "no library in $prefix/lib"
    [ ! -e "$prefix/bin" ] || fail "programs in $prefix/bin"
    [ ! -e "$prefix/lib/cmake" ] || fail "CMake files in $prefix/lib"
    [ ! -e "$prefix/lib/systemd" ] || fail "a unit in $prefix/lib"
done
foreign=$(cd "$package" && find . -type f | sed -E 's|^\./(debug/)?||' | grep -vE \
    '^(include/fathom/|lib/(libfathom|pkgconfig/fathom)|share/fathom(-analytics-cpp)?/|tools/fathom-analytics-cpp/)' || true)
[ -z "$foreign" ] || fail "files that may be another port's: $foreign"
empty=$(find "$package" -type d -empty)
[ -z "$empty" ] || fail "empty folders: $empty"
places=$(grep -rlF -e "$work" -e "$root" "$package" --include='*.cmake' --include='*.pc' --include='*.hpp' || true)
[ -z "$places" ] || fail "folders of this machine in: $places"

mv "$package" "$work/moved"
trap 'mv "$work/moved" "$package"' EXIT
for type in Debug Release; do try_consumer $type -Dfathom_DIR="$work/moved/share/fathom"; done
# Each with the library of its kind.
grep -q '/debug/lib/libfathom\.a' "$work/consumer/Debug/CMakeFiles/consumer.dir/link.txt" || fail "Debug takes another library"
! grep -q '/debug/lib/' "$work/consumer/Release/CMakeFiles/consumer.dir/link.txt" || fail "Release takes the debug library"
[ "$(with cli)" = OFF ] || "$work/moved/tools/fathom-analytics-cpp/fathom" --version
if [ "$(with testing)" = ON ]; then
    "$work/moved/tools/fathom-analytics-cpp/fathom-emulator" --help >/dev/null
fi
