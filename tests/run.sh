#!/bin/sh
# Builds the library with its tests and runs them all; on Debian and Ubuntu it installs what is missing before that.
# More words go to ctest: sh tests/run.sh -R unit
set -eu
cd "$(dirname "$0")/.."

sh cmake/install_dependencies.sh build test servers

jobs=$(nproc 2>/dev/null || echo 2)
if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
cmake --preset dev
cmake --build --preset dev --parallel "$jobs"
# Many tests wait for a while: more of them at once leave no processor idle.
ctest --preset dev --parallel $((jobs + jobs / 2)) "$@"
