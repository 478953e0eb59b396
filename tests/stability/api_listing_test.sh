#!/bin/sh
# Usage: api_listing_test.sh ROOT PYTHON. Proves that docs/api_listing.py lets a listing follow on another exactly where the
# version says what has happened.
set -eu
root=$1
python=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

listing() { # FILE STAMP LINE...
    file=$work/$1
    printf '# The public API\n# version %s\n\n' "$2" >"$file"
    shift 2
    printf '%s\n' "$@" >>"$file"
}
judge() { "$python" "$root/docs/api_listing.py" judge "$work/old" "$work/new" >"$work/said" 2>&1; }
expect_taken() {
    judge || {
        echo "refused: $1" >&2
        cat "$work/said" >&2
        exit 1
    }
}
expect_refused() { # WHAT WORDS
    if judge; then
        echo "taken: $1" >&2
        exit 1
    fi
    grep -qF "$2" "$work/said" || {
        echo "refused, but not for the right reason: $1" >&2
        cat "$work/said" >&2
        exit 1
    }
}

listing old "0.2.0, released" "int fathom::a()" "int fathom::b()"

listing new "0.2.0, released" "int fathom::a()" "int fathom::b()" "int fathom::c()"
expect_taken "a name that was added"

listing new "0.2.0, released" "int fathom::a()"
expect_refused "a name that went under the same version" "int fathom::b()"

listing new "0.2.1, unreleased" "int fathom::a()" "long fathom::b()"
expect_refused "a name that changed under a patch version" "int fathom::b()"

listing new "0.3.0, unreleased" "int fathom::a()"
expect_taken "a name that went with a new minor version before 1.0"

listing old "0.3.0, unreleased" "int fathom::a()" "int fathom::b()"
expect_taken "a name that went before anybody had it"

listing old "1.2.0, released" "int fathom::a()" "int fathom::b()"
listing new "1.3.0, unreleased" "int fathom::a()"
expect_refused "a name that went with a minor version after 1.0" "int fathom::b()"

listing new "2.0.0, unreleased" "int fathom::a()"
expect_taken "a name that went with a major version"

printf 'no stamp\n' >"$work/old"
expect_refused "a listing without a version" "does not tell its version"
