#!/bin/sh
# Usage: set_version.sh MAJOR.MINOR.PATCH
# Sets the version in all places that hold it: the header that the build reads it from, the inline namespace that public
# names stand in, and what documents, recipes and tests write. docs/public-api.md says when it moves.
set -eu
cd "$(dirname "$0")/.."

case ${1:-} in
[0-9]*.[0-9]*.[0-9]*) ;;
*)
    echo "Usage: set_version.sh MAJOR.MINOR.PATCH" >&2
    exit 2
    ;;
esac
major=${1%%.*}
patch=${1##*.}
minor=${1#*.}
minor=${minor%.*}

header=include/fathom/version.hpp
sed -e "s/\(version_major = \)[0-9]*/\1$major/" -e "s/\(version_minor = \)[0-9]*/\1$minor/" \
    -e "s/\(version_patch = \)[0-9]*/\1$patch/" -e "s/\(version = \"\)[0-9.]*/\1$1/" "$header" >"$header.new"
mv "$header.new" "$header"

replace() { # SCRIPT FILE...
    script=$1
    shift
    for file in "$@"; do
        sed "$script" "$file" >"$file.new"
        if cmp -s "$file" "$file.new"; then rm "$file.new"; else cat "$file.new" >"$file" && rm "$file.new"; fi
    done
}

# shellcheck disable=SC2046 # names of our own files, without spaces
replace "s/fathom::inline v[0-9]*_[0-9]*/fathom::inline v${major}_$minor/" \
    $(grep -rlE 'fathom::inline v[0-9]+_[0-9]+' include src)
replace "s/\"version\": \"[0-9.]*/\"version\": \"$1/" cmake/vcpkg/vcpkg.json
replace "s/fathom-analytics-cpp\/[0-9.]*/fathom-analytics-cpp\/$1/" README.md
replace "s/libfathom\(-testing\)\{0,1\}[0-9]\{1,\}\.[0-9]*/libfathom\1$major.$minor/g" README.md
replace "s/fathom::v[0-9]*_[0-9]*/fathom::v${major}_$minor/" docs/public-api.md
replace "s/^\(PROJECT_NUMBER  *= \).*/\1$1/" docs/Doxyfile
replace "s/^fathom [0-9][0-9.]*\$/fathom $1/" tests/cli/golden/program.txt
# shellcheck disable=SC2046
replace "s/find_package(fathom [0-9]*\.[0-9]*/find_package(fathom $major.$minor/" \
    $(grep -rl 'find_package(fathom ' README.md docs tests)
