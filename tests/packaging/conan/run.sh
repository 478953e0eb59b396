#!/bin/sh
# Makes Conan packages of this tree, static with Redis, zones and the command line, and shared with the emulator, and runs a
# consumer of each component.
# Their dependencies are stand-ins for what is installed here, so nothing is fetched but Conan itself.
#
#     run.sh [directory for Conan]
set -eu

version=2.34.0
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
mkdir -p "${1:-$root/build/conan}"
environment=$(cd "${1:-$root/build/conan}" && pwd)

"$environment/bin/conan" --version 2>/dev/null | grep -q "$version" || {
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet "conan==$version"
}
export CONAN_HOME="$environment/home"
rm -rf "$CONAN_HOME"
conan() { "$environment/bin/conan" "$@"; }
conan profile detect
conan remote disable '*'

for package in cli11/2.4.2 cmake/3.25 cpp-httplib/0.20.1 date/3.0.1 hiredis/1.2.0 libcurl/8.0 nlohmann_json/3.11.3 sqlite3/3.49.1; do
    conan create "$here/system_package" --name "${package%/*}" --version "${package#*/}"
done

# Sources together and without optimization, since the compiler is not what is tried here.
create() { # OPTION…
    conan create "$root" --settings compiler.cppstd=20 --settings build_type=Debug \
        --conf 'tools.cmake.cmaketoolchain:extra_variables={"CMAKE_UNITY_BUILD": "ON"}' \
        --conf tools.cmake.cmaketoolchain:user_presets= --conf tools.cmake.cmake_layout:test_folder="$environment/test" "$@"
}
create --options '&:with_cli=True' --options '&:with_redis=True' --options '&:with_zones=True'
create --options '&:shared=True' --options '&:with_testing=True'

# A shared library has no choice of position-independent code, which would make two packages of one.
conan list 'fathom-analytics-cpp/*:*' --package-query 'options.shared=True' >"$environment/shared"
grep -q 'shared: True' "$environment/shared"
if grep 'fPIC' "$environment/shared"; then
    echo "the shared package has the option fPIC" >&2
    exit 1
fi

# As C++17 the package is refused with the reason.
if conan create "$root" --settings compiler.cppstd=17 >"$environment/older" 2>&1; then
    echo "the package was made for C++17" >&2
    exit 1
fi
grep -q 'lower than the required C++ standard (20)' "$environment/older"
