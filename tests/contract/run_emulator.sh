#!/bin/sh
# Starts the emulator on a free port, and runs a program against it.
#
#     run_emulator.sh path/to/program path/to/fathom-emulator [options of the emulator]
set -eu

program=$1
shift
. "$(dirname "$0")/servers.sh"

start_emulator "$@"
FATHOM_BASE_URL=$emulator_url FATHOM_API_KEY=$emulator_key no_proxy=127.0.0.1 "$program"
