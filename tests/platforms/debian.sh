#!/bin/sh
# Usage: debian.sh WORK SUITE ARCHITECTURE [FOLDER…]. In a Debian of another release or architecture, kept below WORK, builds
# the tests with its compiler and its libraries and runs them: those of the folders of tests that are named, or all.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/systems.sh"
work=$1
suite=$2
architecture=$3
shift 3

system=$(kept_system "$work" "$suite-$architecture-tests" "$suite" "$architecture")
put_sources "$system"
in_system "$system" sh -eu -s "$@" <<'END_OF_STEPS'
cd /fathom
sh cmake/install_dependencies.sh build test servers
apt-get -qq install -y --no-install-recommends ccache </dev/null
# What Debian 12 does not have.
newer=
if grep -q '^VERSION_CODENAME=trixie' /etc/os-release; then
    newer=opentelemetry
    apt-get -qq install -y --no-install-recommends opentelemetry-cpp-dev </dev/null
fi
c++ --version
curl-config --version
# Without debug information, which nobody reads here.
export CMAKE_CXX_COMPILER_LAUNCHER=ccache FATHOM_UNITE=ON
cmake --preset dev -DCMAKE_CXX_FLAGS_DEBUG=
programs=
folders=
for folder; do
    programs="$programs fathom_${folder}_tests"
    folders="$folders${folders:+|}$folder"
done
# shellcheck disable=SC2086 # names of programs
cmake --build --preset dev --parallel "$(nproc)" ${programs:+--target $programs}
# Tests that were left out would not be missed.
[ -z "$newer" ] || [ $# -gt 0 ] || test -x build/dev/tests/opentelemetry/fathom_opentelemetry_tests
ctest --preset dev --parallel "$(nproc)" --tests-regex "^(${folders:-.*})\."
[ -z "$folders" ] || exit 0
# Programs of users with the headers that the tests have installed, which are no system's here: optimized, since there a compiler
# warns of more, such as of what may be used before it has a value.
for program in tests/packaging/consumer/*.cpp; do
    c++ -std=c++20 -O2 -Wall -Wextra -Werror -Ibuild/dev/tests/packaging/consumer/prefix/include -c "$program" -o /dev/null
done
END_OF_STEPS
