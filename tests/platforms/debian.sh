#!/bin/sh
# Usage: debian.sh SUITE WORK. Makes a clean Debian of another release below WORK, unless it is there, and in it installs what
# cmake/install_dependencies.sh names and compiles all of src with its compiler and its libraries' headers.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
suite=$1
mkdir -p "$2"
system=$(cd "$2" && pwd)/$suite

[ -f "$system/etc/debian_version" ] || {
    rm -rf "$system"
    debootstrap --variant=minbase "$suite" "$system" http://deb.debian.org/debian
    # No service starts in there.
    printf '#!/bin/sh\nexit 101\n' >"$system/usr/sbin/policy-rc.d"
    chmod +x "$system/usr/sbin/policy-rc.d"
}
rm -rf "$system/fathom"
mkdir "$system/fathom"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from - --ignore-failed-read) |
    tar --extract --directory "$system/fathom"

chroot "$system" /bin/sh -eu <<'END_OF_STEPS'
cd /fathom
sh cmake/install_dependencies.sh build test
apt-get -qq install -y --no-install-recommends dpkg-dev </dev/null
c++ --version
curl-config --version
sh tests/platforms/compile_rooms.sh c++ -fsyntax-only -Wno-subobject-linkage
END_OF_STEPS
