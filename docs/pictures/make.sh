#!/bin/sh
# Makes the pictures of the guides by running the programs: docs/pictures/make.sh BUILD_FOLDER [OUTPUT_FOLDER]
# The emulator's time stands still and its visits are drawn by dice with a seed, so they come out the same each time.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
out=${2:-$here}
home=$(mktemp -d)
"$build/src/testing/fathom-emulator" --dialect live --now 2026-11-20T12:00:00Z --no-rate-limits >"$home/address" &
emulator=$!
trap 'kill $emulator; rm -r "$home"' EXIT
until grep -q http "$home/address"; do sleep 0.1; done
FATHOM_BASE_URL=$(grep -o 'http://[^ ]*' "$home/address" | head -n 1)
export FATHOM_BASE_URL FATHOM_API_KEY=emulator-key HOME="$home" CLICOLOR_FORCE=1

picture() { # NAME COMMAND...
    name=$1
    shift
    python3 "$here/terminal.py" 100 "$build/src/cli/fathom" "$@" >"$out/$name.svg"
}
site=$("$build/src/cli/fathom" sites list --jsonl --fields id | head -n 1 | sed 's/.*"id":"\([^"]*\)".*/\1/')
picture report report pageviews "$site" --from 2026-10-22 --to 2026-11-20 --group pathname --top 10
