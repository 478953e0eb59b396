#!/bin/sh
# Usage: new_user.sh WORK SUITE. In a clean system of that Debian, does what the README's section "Install" says of CMake and
# pkg-config, word for word: its commands, and its lines of CMake in a project of one program, which is run. Conan and vcpkg could
# fetch nothing here: their recipes are tried by the scripts that stand in for that. Its commands for Debian packages take a whole
# build, which debian_packages.sh makes and uses.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/systems.sh"
work=$1
suite=$2

user=$(clean_system "$work" "$suite-new-user" "$suite")
put_sources "$user"
mkdir "$user/readme"
# Its pieces of code there, in their order: 1.sh, 2.cmake…; and the program that it opens with.
awk -v out="$user/readme" '
    /^## / { inside = /^## Install/ }
    /^```$/ { piece = ""; next }
    /^```/ && piece == "" {
        language = substr($0, 4)
        if (language == "cpp" && !opened++) piece = out "/opening.cpp"
        else if (inside) piece = out "/" ++count "." language
        else piece = "/dev/null"
        next
    }
    piece != "" { print > piece }' "$root/README.md"
cp "$root/tests/packaging/consumer/main.cpp" "$user/readme/main.cpp"

in_system "$user" sh -eu <<'END_OF_STEPS'
export CMAKE_BUILD_PARALLEL_LEVEL="$(nproc)"
fail() {
    echo "new_user: $*" >&2
    exit 1
}
apt-get -qq update
# Git brought the sources; how to install the rest the README says, once for Debian.
apt-get -qq install -y --no-install-recommends ca-certificates ccache git </dev/null
packages=$(sed -nE 's/.*`apt install ([^`]*)`.*/\1/p' /fathom/README.md)
[ -n "$packages" ] || fail "no word of Debian's packages"
apt-get -qq install -y --no-install-recommends $packages </dev/null
export CMAKE_CXX_COMPILER_LAUNCHER=ccache

piece() { # WORDS LANGUAGE
    found=$(grep -lF -e "$1" /readme/*."$2" | head -n 1)
    [ -n "$found" ] || fail "the README shows no \"$1\""
    echo "$found"
}
try() { # LINES-OF-CMAKE
    sed 's/my_program/program/' "$1" >lines.cmake
    printf 'cmake_minimum_required(VERSION 3.20)\nproject(try LANGUAGES CXX)\nadd_executable(program /readme/main.cpp)\n' >CMakeLists.txt
    printf 'add_executable(opening /readme/opening.cpp)\n' >>CMakeLists.txt
    cat lines.cmake >>CMakeLists.txt
    printf 'target_link_libraries(opening PRIVATE fathom::fathom)\n' >>CMakeLists.txt
    cmake -S . -B build
    cmake --build build
    build/program
}
project() { # NAME
    echo "== $1"
    mkdir -p "/projects/$1"
    cd "/projects/$1"
}

project add_subdirectory
mkdir third_party
cp -R /fathom third_party/fathom-cpp
try "$(piece add_subdirectory cmake)"

project FetchContent
cp -R /fathom /repository
git -C /repository init --quiet
git -C /repository add .
git -C /repository -c user.name=user -c user.email=user@localhost commit --quiet --message Release
git -C /repository tag v0
sed 's|<where you got this from>|/repository|; s|<a release>|v0|' "$(piece FetchContent cmake)" >fetch.cmake
try fetch.cmake

echo "== install"
(cd /fathom && sh -eu "$(piece 'cmake --install' sh)")

project find_package
try "$(piece find_package cmake)"

project pkg-config
apt-get -qq install -y --no-install-recommends pkg-config </dev/null
cp /readme/main.cpp .
line=$(sed -nE 's/^With pkg-config: `([^`]*)`.*/\1/p' /fathom/README.md)
[ -n "$line" ] || fail "the README shows no pkg-config"
sh -euc "$line"
./a.out

# From a folder whose name says more: what is installed is searched for it.
echo "== vcpkg"
sh /repository/tests/packaging/vcpkg/run.sh /projects/vcpkg

echo "== Conan"
apt-get -qq install -y --no-install-recommends libcli11-dev libcpp-httplib-dev libhiredis-dev libhowardhinnant-date-dev libsqlite3-dev \
    libssl-dev python3-venv </dev/null
sh /repository/tests/packaging/conan/run.sh /projects/conan
END_OF_STEPS
