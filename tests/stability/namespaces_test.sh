#!/bin/sh
# Usage: namespaces_test.sh ROOT. Proves that namespaces.sh finds what it is there for, and that cmake/set_version.sh forgets
# nothing: each is tried on a copy of the sources.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fresh_copy() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/cmake" "$work/tree/docs" "$work/tree/tests/cli"
    cp -R "$root/src" "$root/include" "$root/README.md" "$work/tree"
    cp "$root"/docs/*.md "$root/docs/Doxyfile" "$work/tree/docs"
    cp -R "$root/tests/cli/golden" "$work/tree/tests/cli"
    cp -R "$root/cmake/set_version.sh" "$root/cmake/vcpkg" "$work/tree/cmake"
    cp -R "$root/tests/packaging" "$work/tree/tests"
}

expect_fault() { # WHAT
    if sh "$here/namespaces.sh" "$work/tree" >"$work/said" 2>&1; then
        echo "namespaces.sh did not notice: $1" >&2
        exit 1
    fi
}

fresh_copy
sh "$here/namespaces.sh" "$work/tree"

fresh_copy
sed -i 's/version_minor = [0-9]*/version_minor = 77/; s/"[0-9]*\.[0-9]*\.\([0-9]*\)"/"0.77.\1"/' "$work/tree/include/fathom/version.hpp"
expect_fault "a new version without a new namespace"

fresh_copy
printf 'namespace fathom {\nstruct New {};\n} // namespace fathom\n' >"$work/tree/include/fathom/new.hpp"
expect_fault "a name without a version"

fresh_copy
old=$(sed -nE 's/.* version = "([0-9.]+)".*/\1/p' "$work/tree/include/fathom/version.hpp")
sh "$work/tree/cmake/set_version.sh" 0.78.1
sh "$here/namespaces.sh" "$work/tree"
grep -q 'version = "0.78.1"' "$work/tree/include/fathom/version.hpp"
grep -q 'find_package(fathom 0.78' "$work/tree/README.md"
grep -q '"version": "0.78.1"' "$work/tree/cmake/vcpkg/vcpkg.json"
grep -q 'find_package(fathom 0.78' "$work/tree/tests/packaging/consumer/CMakeLists.txt"
minor=${old%.*}
left=$(cd "$work/tree" && grep -rnwE "$old|fathom $minor|v${minor%.*}_${minor#*.}|libfathom(-testing)?$minor" include src README.md cmake docs tests || true)
[ -z "$left" ] || {
    printf 'set_version.sh leaves the old version in:\n%s\n' "$left" >&2
    exit 1
}
