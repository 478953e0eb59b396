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
ctest --preset dev --parallel "$(nproc)" --tests-regex "^(${folders:-.*})\."
END_OF_STEPS
