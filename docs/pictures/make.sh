#!/bin/sh
# Makes the pictures of the guides by running the programs: docs/pictures/make.sh BUILD_FOLDER [OUTPUT_FOLDER]
# The emulator's time stands still and its visits are drawn by dice with a seed, so they come out the same each time: all but
# top.svg, which counts down to the next look. exporter.svg needs faketime, top.svg tmux too; they are left out without them.
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
out=$(realpath "${2:-$here}")
now='2026-11-20 12:00:00'
home=$(mktemp -d)
"$build/src/testing/fathom-emulator" --dialect live --now 2026-11-20T12:00:00Z --no-rate-limits >"$home/address" &
emulator=$!
trap 'kill $emulator; rm -r "$home"' EXIT
until grep -qs http "$home/address"; do sleep 0.1; done
FATHOM_BASE_URL=$(grep -o 'http://[^ ]*' "$home/address" | head -n 1)
export FATHOM_BASE_URL FATHOM_API_KEY=emulator-key HOME="$home" TZ=UTC
program=$build/src/cli/fathom
site=$("$program" sites list --jsonl --fields id | head -n 1 | sed 's/.*"id":"\([^"]*\)".*/\1/')

picture() { # NAME COMMAND...
    name=$1
    shift
    (cd "$home" && CLICOLOR_FORCE=1 python3 "$here/terminal.py" 100 "$program" "$@") >"$out/$name.svg"
}
picture report report pageviews "$site" --from 2026-10-22 --to 2026-11-20 --group pathname --top 10
picture export export "$site" --from 2026-10-15 --to 2026-11-18 --by hour --group pathname -o visits.sqlite

python3 "$here/answers.py" tools "$program" mcp | python3 "$here/terminal.py" 100 - mcp >"$out/mcp.svg"

faketime "$now" "$program" --version >/dev/null 2>&1 || exit 0
faketime "$now" "$program" exporter --listen 127.0.0.1:0 --site "$site" --site ACMESHOP >/dev/null 2>"$home/exporter" &
exporter=$!
trap 'pkill -KILL -P $exporter; kill $emulator; rm -r "$home"' EXIT # with its time set, it does not wake up for less
until grep -qs http "$home/exporter"; do sleep 0.1; done
python3 "$here/answers.py" scrape "$(grep -o 'http://[^ ]*metrics' "$home/exporter")" |
    python3 "$here/terminal.py" 100 - exporter --site "$site" --site ACMESHOP >"$out/exporter.svg"

if command -v tmux >/dev/null; then
    screen() { tmux -S "$home/tmux" -f /dev/null "$@"; }
    screen new-session -d -x 100 -y 34 "faketime '$now' '$program' top $site"
    until screen capture-pane -p | grep -q 'q quits' && screen capture-pane -p | grep -q Countries; do sleep 0.1; done
    screen capture-pane -p -e | python3 "$here/terminal.py" 100 - top "$site" >"$out/top.svg"
    screen kill-server
fi
