#!/bin/sh
# Usage: guide.sh ROOT. Fails where CONTRIBUTING.md does not say what a folder of src or tests holds, or tells of one that is not
# there.
set -eu
cd "$1"
named=$(sed -n '/^## Where things are/,/^## House rules/s/^| \([^|]*\)|.*/\1/p' CONTRIBUTING.md | grep -oE '(src|tests)/[a-z0-9_]+' | sort)
there=$(find src tests -mindepth 1 -maxdepth 1 -type d | sort)
[ "$named" != "$there" ] || exit 0
for folder in $there; do
    printf '%s\n' "$named" | grep -qxF "$folder" || echo "CONTRIBUTING.md says nothing of $folder" >&2
done
for folder in $named; do
    [ -d "$folder" ] || echo "CONTRIBUTING.md tells of $folder, which is not there" >&2
done
exit 1
