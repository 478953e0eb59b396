#!/bin/sh
# Usage: debian_packages.sh WORK SUITE. Makes the Debian packages in a system of that release, holds them against lintian, and
# uses them in a clean one: the command line alone first, then programs by CMake and by pkg-config; removed, nothing is left.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/systems.sh"
work=$1
suite=$2

builder=$(kept_system "$work" "$suite-packages" "$suite")
put_sources "$builder"
in_system "$builder" sh -eu <<'END_OF_STEPS'
apt-get -qq update
apt-get -qq install -y --no-install-recommends build-essential ccache lintian </dev/null
rm -rf /packages
mkdir /packages
sh /fathom/cmake/debian_tree.sh /packages/source
apt-get -qq build-dep -y --no-install-recommends /packages/source </dev/null
cd /packages/source
# Not optimized: the compiler is not what is tried here.
export CMAKE_CXX_COMPILER_LAUNCHER=ccache DEB_CXXFLAGS_STRIP=-g DEB_BUILD_OPTIONS="noopt noautodbgsym parallel=$(nproc)"
dpkg-buildpackage --build=binary --no-sign </dev/null
# There is neither a bug in Debian's tracker that asks for these packages, nor an address of their maintainers.
lintian --info --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs,bogus-mail-host /packages/*.changes
END_OF_STEPS

user=$(clean_system "$work" "$suite-user" "$suite")
mkdir "$user/packages"
cp "$builder"/packages/*.deb "$user/packages/"
cp -R "$root/tests/packaging/consumer" "$user/consumer"
in_system "$user" sh -eu <<'END_OF_STEPS'
install() { apt-get -qq install -y --no-install-recommends "$@" </dev/null; }
fail() {
    echo "debian_packages: $*" >&2
    exit 1
}
apt-get -qq update

# The program brings what it needs, and nothing of what is for building.
install /packages/fathom_*.deb /packages/libfathom0*.deb
fathom --version
fathom complete -- report | grep -qx pageviews
[ -s /usr/share/bash-completion/completions/fathom ] || fail "no completion"
dpkg -L fathom | grep -qx /usr/share/man/man1/fathom.1.gz || fail "no manual page"
[ ! -e /usr/include/fathom ] || fail "the program brings headers"
[ -e /usr/share/zoneinfo/Europe/London ] || fail "no rules of time zones"
# What somebody enables is gone with the package. Before that there is nothing to restart or to stop.
grep -q fathom-exporter /var/lib/dpkg/info/fathom.postrm || fail "the unit is left behind when the package goes"
grep -qx "ExecStart=/usr/bin/fathom exporter .*" "$(dpkg -L fathom | grep '/fathom-exporter.service$')" || fail "the unit has no program"
install init-system-helpers
DPKG_MAINTSCRIPT_PACKAGE=fathom deb-systemd-helper enable fathom-exporter.service

install g++ cmake make pkg-config
install /packages/libfathom*.deb
cmake -S /consumer -B /tmp/consumer
cmake --build /tmp/consumer
/tmp/consumer/consumer
/tmp/consumer/consumer_with_records
/tmp/consumer/consumer_with_emulator
c++ -std=c++20 /consumer/main.cpp -o /tmp/by_pkg_config $(pkg-config --cflags --libs fathom)
/tmp/by_pkg_config
c++ -std=c++20 /consumer/with_emulator.cpp -o /tmp/emulator_by_pkg_config $(pkg-config --cflags --libs fathom-testing)
/tmp/emulator_by_pkg_config
fathom-emulator --help >/dev/null

apt-get -qq purge -y fathom 'libfathom*' </dev/null
left=$(find / -xdev -name '*fathom*' ! -path '/proc/*' ! -path '/packages/*' ! -path '/consumer/*' ! -path '/tmp/*')
[ -z "$left" ] || fail "left behind: $left"
END_OF_STEPS
