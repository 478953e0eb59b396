#!/bin/sh
# Usage: debian_source.sh FOLDER PACKAGE[/SUITE]… Unpacks the upstream sources of Debian's packages, of this release or another, in
# FOLDER/PACKAGE, without a change to the machine's list of sources.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
mkdir -p "$work/lists/partial"
. /etc/os-release
for suite in "$VERSION_CODENAME" $(printf '%s\n' "$@" | sed -n 's|.*/||p' | sort -u); do
    echo "deb-src http://deb.debian.org/debian $suite main"
done >"$work/sources.list"
from_source() {
    apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists" "$@"
}
from_source update
for package; do
    name=${package%/*}
    case $package in */*) ;; *) package=$name/$VERSION_CODENAME ;; esac
    mkdir -p "$work/$name/unpacked"
    (cd "$work/$name" && from_source source --download-only "$package")
    tar -xf "$work/$name"/*.orig.tar.?z -C "$work/$name/unpacked"
    rm -rf "${folder:?}/$name"
    # Most have all in one folder.
    only=$work/$name/unpacked/$(ls "$work/$name/unpacked")
    if [ -d "$only" ]; then mv "$only" "$folder/$name"; else mv "$work/$name/unpacked" "$folder/$name"; fi
done
