#!/bin/sh
# Looks at the board as people do: in Chromium, by its driver. Its figures must be the emulator's; axe-core, the checker of
# accessibility that browsers' own tools use, must find nothing in light, in dark and on a small screen; the keyboard must
# reach everything.
#
#     run.sh path/to/board path/to/fathom-emulator DIRECTORY
#
# The driver's client and axe-core are fetched by pip and npm into the directory, unless they are there already; pictures
# of the board are put there.
set -eu

selenium_version=4.51.0
axe_version=4.14.1

board=$1
emulator_program=$2
directory=$3
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../contract/servers.sh"

for tool in chromium chromedriver python3 npm; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
done
mkdir -p "$directory"
if ! "$directory/python/bin/pip" show selenium 2>/dev/null | grep -q "^Version: $selenium_version$"; then
    python3 -m venv "$directory/python"
    "$directory/python/bin/pip" install --quiet "selenium==$selenium_version" >"$scratch/pip" 2>&1 ||
        { cat "$scratch/pip" >&2; fail "pip could not install selenium"; }
fi
axe=$directory/node_modules/axe-core
if ! grep -q "\"version\": \"$axe_version\"" "$axe/package.json" 2>/dev/null; then
    npm install --prefix "$directory" --no-audit --no-fund --save-exact "axe-core@$axe_version" >"$scratch/npm" 2>&1 ||
        { cat "$scratch/npm" >&2; fail "npm could not install axe-core"; }
fi

# The page is compared with reports of its own, for which the limit of one key leaves no room.
start_emulator "$emulator_program" --dialect live --sample-data small --no-rate-limits
FATHOM_BASE_URL=$emulator_url FATHOM_API_KEY=$emulator_key HOME=$scratch \
    "$directory/python/bin/python3" "$here/look.py" "$board" "$axe/axe.min.js" "$directory" ||
    fail "the board is not as it should be"
