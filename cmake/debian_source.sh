#!/bin/sh
# Usage: debian_source.sh PACKAGE FOLDER. Unpacks there the upstream source of one of Debian's packages, without a change to
# the machine's list of sources.
set -eu
package=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
mkdir -p "$work/lists/partial"
. /etc/os-release
echo "deb-src http://deb.debian.org/debian $VERSION_CODENAME main" >"$work/sources.list"
from_source() {
    apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists" "$@"
}
from_source update
(cd "$work" && from_source source --download-only "$package")
tar -xf "$work/$package"_*.orig.tar.?z --strip-components=1 -C "$folder"
