#!/bin/sh
# Starts the emulator on a free port, and runs a program against it.
#
#     run_emulator.sh path/to/program path/to/fathom-emulator [options of the emulator]
set -eu

program=$1
emulator_program=$2
shift 2

announcement=$(mktemp)
"$emulator_program" --port 0 "$@" >"$announcement" &
emulator=$!

stop_emulator() {
    kill "$emulator" 2>/dev/null || true
    wait "$emulator" 2>/dev/null || true
    rm -f "$announcement"
}
trap stop_emulator EXIT
trap 'exit 1' HUP INT TERM

tries=150
until grep -q '^FATHOM_API_KEY=' "$announcement"; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ] || ! kill -0 "$emulator" 2>/dev/null; then
        echo "run_emulator.sh: the emulator did not start" >&2
        exit 1
    fi
    sleep 0.2
done

announced() {
    sed -n "s/^$1=//p" "$announcement"
}
FATHOM_BASE_URL=$(announced FATHOM_BASE_URL) FATHOM_API_KEY=$(announced FATHOM_API_KEY) no_proxy=127.0.0.1 "$program"
