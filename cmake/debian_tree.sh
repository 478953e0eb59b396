#!/bin/sh
# Usage: debian_tree.sh FOLDER. Makes FOLDER, which must not exist, a source tree that Debian's tools make packages of:
#     apt-get build-dep FOLDER && cd FOLDER && dpkg-buildpackage --build=binary --no-sign
# The packages then stand beside FOLDER. What they are called follows from the version.
set -eu
folder=$1
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$(dirname "$folder")"
mkdir "$folder"
cd "$folder"
for part in CMakeLists.txt CHANGELOG.md LICENSE README.md cmake include src; do cp -R "$root/$part" .; done
mv cmake/debian debian

version=$(sed -nE 's/.* version = "([0-9.]+)".*/\1/p' include/fathom/version.hpp)
soname=${version%.*}
for file in debian/*@soname@*; do mv "$file" "${file%@soname@*}$soname${file#*@soname@}"; done
sed -i "s/@soname@/$soname/g" debian/control
date=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
cat >debian/changelog <<END
fathom-cpp ($version-1) unstable; urgency=medium

  * Version $version; what is new in it stands in its own change log.

 --$(sed -n 's/^Maintainer://p' debian/control)  $(date --rfc-email --date="@$date")
END
