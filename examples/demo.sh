#!/bin/sh
# Shows a report in your terminal: top pages, a table by day, a chart. Installs what is missing (on Debian and Ubuntu),
# builds into build/demo, and asks an emulator of the service that runs inside the demo program.
#
#     sh examples/demo.sh [site id]
#
# With FATHOM_API_KEY set, the same is shown of your own site, the first one if none is named; that costs three requests.
set -eu
cd "$(dirname "$0")/.."
build=build/demo
log=build/demo.log

# run COMMAND...: its output goes to the log, which is shown if it fails.
run() {
    "$@" >>"$log" 2>&1 && return
    cat "$log"
    echo "demo.sh: failed: $*" >&2
    exit 1
}

sh cmake/install_dependencies.sh build test

mkdir -p "$build"
: >"$log"
echo "Building into $build; that takes a minute or two the first time."
run cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DFATHOM_BUILD_TESTS=OFF -DFATHOM_INSTALL=OFF
run cmake --build "$build" --target demo --parallel "$(nproc 2>/dev/null || echo 2)"

printf '\n== Made-up visits, from an emulator of the service ==\n\n'
"$build/examples/demo" --emulator

if [ -n "${FATHOM_API_KEY:-}" ]; then
    printf '\n== Your visits, from %s ==\n\n' "${FATHOM_BASE_URL:-the live service}"
    "$build/examples/demo" "$@"
fi
