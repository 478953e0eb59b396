#!/bin/sh
# Usage: module_names_test.sh ROOT. Fails where the module exports not exactly the names of the library's public API, as
# docs/public-api.txt lists it. The components are no part of the module, and
# neither are the adaptors for Asio and OpenTelemetry, which need their headers.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The first name of a line that begins with fathom:: is what it declares: types are written as within the namespace.
sed -nE '/^#/d; s/(^|[^A-Za-z_0-9:])fathom::/\n/; s/^[^\n]*\n(operator[^ (a-z]+|[A-Za-z_0-9]+).*/\1/p' docs/public-api.txt |
    grep -vxE 'detail|redis|testing|zones|AsioClient|BoostAsioClient|use_asio|use_boost_asio|opentelemetry_observer|opentelemetry_parent' | sort -u >"$work/public"
sed -nE 's/^ *using fathom::(.+);$/\1/p' src/module/fathom.cppm | sort >"$work/exported"

[ "$(wc -l <"$work/public")" -gt 100 ] || { echo "docs/public-api.txt was not understood" >&2; exit 1; }
missing=$(comm -23 "$work/public" "$work/exported" | sed 's/.*/    using fathom::&;/')
unknown=$(comm -13 "$work/public" "$work/exported" | sed 's/.*/    using fathom::&;/')
[ -z "$missing" ] || printf 'src/module/fathom.cppm lacks\n%s\n' "$missing" >&2
[ -z "$unknown" ] || printf 'src/module/fathom.cppm exports what docs/public-api.txt does not list:\n%s\n' "$unknown" >&2
[ -z "$missing$unknown" ]
