#!/bin/sh
# Usage: release_test.sh ROOT WORK. Releases the project's last commit from a clone in WORK: refused without a tag, with changes
# and without a section in the change log; the same files twice; an archive whose checksum is right and whose SBOM is SPDX.
set -eu
root=$1
work=$2
[ -e "$root/.git" ] && command -v git >/dev/null && command -v python3 >/dev/null || exit 77
rm -rf "$work"
mkdir -p "$work"
git clone --quiet --no-hardlinks "$root" "$work/clone" 2>/dev/null || exit 77
# What is tried is how the tree stands, committed or not.
for file in cmake/release.sh cmake/sbom.py cmake/vcpkg/vcpkg.json; do cp "$root/$file" "$work/clone/$file"; done
cd "$work/clone"

fail() {
    echo "release_test: $*" >&2
    exit 1
}
commit() { git -c user.name=test -c user.email=test@localhost commit --quiet --all --allow-empty --message "$1"; }
refused() { # WORDS
    if sh cmake/release.sh "$work/refused" >"$work/log" 2>&1; then fail "was released: $1"; fi
    grep -q "$1" "$work/log" || fail "no reason \"$1\" but $(cat "$work/log")"
}

git add cmake
commit "Take the scripts of the tree"
version=$(sed -nE 's/.* version = "([0-9.]+)".*/\1/p' include/fathom/version.hpp)
git tag --delete "v$version" >/dev/null 2>&1 || true
refused "is not tagged v$version"
sed -i "/^## \[$version\]/d" CHANGELOG.md
echo >>CHANGELOG.md
refused "not committed"
commit "Have no section"
git tag "v$version"
refused "no section"
sed -i "s/^## \[Unreleased\]/&\n\n## [$version] - 2026-01-01/" CHANGELOG.md
commit "Have a section"
git tag --force "v$version" >/dev/null

sh cmake/release.sh "$work/first" >/dev/null
sh cmake/release.sh "$work/second" >/dev/null
diff -r "$work/first" "$work/second" || fail "two releases of one commit differ"
cd "$work/first"
[ "$(sha256sum --check --quiet SHA256SUMS && wc -l <SHA256SUMS)" -eq 3 ] || fail "not three checksums"
name=fathom-cpp-$version
grep -q '^### ' "$name.md" || fail "the notes have no headings"
! grep -q '^## ' "$name.md" || fail "the notes go on after their section"
tar -tzf "$name.tar.gz" | grep -qx "$name/include/fathom/fathom.hpp" || fail "no header in the archive"
python3 - "$name" <<'END_OF_PROGRAM'
import hashlib, json, pathlib, sys
name = sys.argv[1]
sbom = json.loads(pathlib.Path(name + ".spdx.json").read_text())
ids = {package["SPDXID"]: package for package in sbom["packages"]}
ours = ids["SPDXRef-fathom-cpp"]
assert sbom["spdxVersion"] == "SPDX-2.3" and ours["licenseDeclared"] == "MIT"
assert ours["checksums"][0]["checksumValue"] == hashlib.sha256(pathlib.Path(name + ".tar.gz").read_bytes()).hexdigest()
assert len(ids) == len(sbom["packages"]), "two packages with one id"
related = {(one["relationshipType"], one["spdxElementId"], one["relatedSpdxElement"]) for one in sbom["relationships"]}
assert ("DEPENDS_ON", "SPDXRef-fathom-cpp", "SPDXRef-curl") in related
assert ("OPTIONAL_DEPENDENCY_OF", "SPDXRef-hiredis", "SPDXRef-fathom-cpp") in related
assert all(end in {*ids, "SPDXRef-DOCUMENT"} for _, *ends in related for end in ends)
END_OF_PROGRAM
