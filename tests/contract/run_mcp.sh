#!/bin/sh
# Lets the official SDK of the Model Context Protocol, as a client, judge `fathom mcp`: the handshake of the older revisions
# and the requests of the newest, the tools' schemas, and results that follow them.
#
#     run_mcp.sh path/to/fathom path/to/fathom-emulator [directory for the SDK]
#
# The SDK is fetched by pip into that directory, by default beside the program, unless it is there already.
set -eu

version=2.3.0

fathom=$1
emulator_program=$2
. "$(dirname "$0")/servers.sh"
environment=${3:-$(dirname "$fathom")/mcp}

command -v python3 >/dev/null || fail "python3 is missing"
if ! "$environment/bin/pip" show mcp 2>/dev/null | grep -q "^Version: $version$"; then
    python3 -m venv "$environment" && "$environment/bin/pip" install --quiet "mcp==$version" >"$scratch/pip" 2>&1 ||
        { cat "$scratch/pip" >&2; fail "pip could not install mcp"; }
fi
start_emulator "$emulator_program" --dialect live --sample-data small
"$environment/bin/python3" "$here/mcp_client.py" "$fathom" "$emulator_url" "$emulator_key" "$scratch" ||
    fail "the client found something wrong"
