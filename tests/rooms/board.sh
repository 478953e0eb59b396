#!/bin/sh
# Usage: board.sh ROOT. Fails where the board, a program like any user's, includes more than the library's public headers,
# the standard library, cpp-httplib, its own files and the panels, which rooms.sh keeps to public headers in turn.
set -eu
cd "$1/examples/board"
others=$(grep -nE '^[[:space:]]*#[[:space:]]*include' ./*.?pp ./*.in | grep -vE '<[a-z_]+>|<httplib\.h>|<g(test|mock)/[a-z]+\.h>|<fathom/([a-z_]+|testing/[a-z_]+)\.hpp>|"cli/panels\.hpp"' |
    while IFS= read -r line; do
        header=$(printf '%s\n' "$line" | sed -nE 's/.*"([a-z_]+\.hpp)".*/\1/p')
        [ -n "$header" ] && [ -f "$header" ] || printf '%s\n' "$line"
    done)
[ -z "$others" ] || {
    printf '%s\n' "$others" "The board is to be built on public headers alone." >&2
    exit 1
}
