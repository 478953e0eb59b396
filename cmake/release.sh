#!/bin/sh
# Usage: release.sh OUT. Makes what belongs to the release of the commit that is checked out, which must have a tag of its version,
# such as v0.2.0, and no changes beside it: the archive of the sources, the notes, an SBOM and the checksums of the three.
# The same commit gives the same files. cmake/set_version.sh comes before, and CHANGELOG.md must have the version's section.
set -eu
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."

fail() {
    echo "release.sh: $*" >&2
    exit 1
}

version=$(sed -nE 's/.* version = "([0-9.]+)".*/\1/p' include/fathom/version.hpp)
tag=v$version
[ -z "$(git status --porcelain)" ] || fail "the tree has changes that are not committed"
[ "$(git rev-parse --verify --quiet "$tag^{commit}" || true)" = "$(git rev-parse HEAD)" ] || fail "HEAD is not tagged $tag"
grep -q "\"version\": \"$version\"" cmake/vcpkg/vcpkg.json || fail "cmake/vcpkg/vcpkg.json has another version than $version"

name=fathom-cpp-$version
notes=$(awk -v heading="## [$version]" 'index($0, heading) == 1 { found = 1; next } /^## \[/ { found = 0 } found' CHANGELOG.md)
[ -n "$notes" ] || fail "CHANGELOG.md has no section \"## [$version]\""

printf '%s\n' "$notes" | sed '/./,$!d' >"$out/$name.md"
git archive --format=tar --prefix="$name/" "$tag" | gzip --no-name >"$out/$name.tar.gz"
python3 cmake/sbom.py "$version" "$out/$name.tar.gz" "$(git show --no-patch --format=%ct HEAD)" >"$out/$name.spdx.json"
cd "$out"
sha256sum "$name.tar.gz" "$name.md" "$name.spdx.json" >SHA256SUMS
cat SHA256SUMS
