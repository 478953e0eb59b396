#!/bin/sh
# Usage: namespaces.sh ROOT. Fails where a public name does not carry the version of include/fathom/version.hpp: it stands in
# an inline namespace of that name, which keeps objects of two versions from being linked.
set -eu
cd "$1"

number() { sed -n "s/.*version_$1 = \([0-9]*\);.*/\1/p" include/fathom/version.hpp; }
wanted="v$(number major)_$(number minor)"
text="$(number major).$(number minor).$(number patch)"

fault() {
    echo "$*" >&2
    exit 1
}

grep -q "version = \"$text\"" include/fathom/version.hpp || fault "version.hpp has two versions: $text and another one."

# Names of the library are opened as fathom::inline vX_Y, or as a namespace of their own below fathom.
if grep -rnE '^namespace fathom \{|^inline namespace ' include src --include='*.hpp' --include='*.cpp'; then
    fault "Write \"namespace fathom::inline $wanted {\" there, so that the names carry their version."
fi
if grep -rnE 'fathom::inline v[0-9]+_[0-9]+' include src --include='*.hpp' --include='*.cpp' | grep -v "fathom::inline $wanted\b"; then
    fault "These carry another version than $wanted; cmake/set_version.sh changes all of them."
fi
grep -rq "namespace fathom::inline $wanted {" include || fault "No public name carries its version, $wanted."
