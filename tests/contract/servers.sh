# Sourced by the scripts here: starts the servers that judge, and those that are judged, and ends them with the script.
#
# Whoever sources it has set -eu, and `program` to the path of fathom_all_operations where it runs that.

here=$(cd "$(dirname "$0")" && pwd)
contract=$here/contract.yaml
prism_package=@stoplight/prism-cli
prism_version=5.14.2 # newer ones want a newer Node.js, and hang on malformed bodies
scratch=$(mktemp -d)
log=$scratch/log
prism=
emulator=

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

stop_process() {
    if [ -n "$1" ]; then
        kill "$1" 2>/dev/null || true
        wait "$1" 2>/dev/null || true
    fi
}

stop_prism() {
    stop_process "$prism"
    prism=
}

stop_emulator() {
    stop_process "$emulator"
    emulator=
}

clean_up() {
    stop_prism
    stop_emulator
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# Tries a command five times a second for at most thirty seconds.
wait_until() {
    tries=150
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.2
    done
}

# The description without what contract.yaml demands of the SDK and of mocks beyond the service: that bodies hold nothing
# but what is described, and that lists are never empty.
service_description() {
    grep -vE '^ *(additionalProperties: false|minItems: 1)( |$)' "$contract" >"$scratch/service.yaml"
    echo "$scratch/service.yaml"
}

# Fetches Prism by npm into the directory, unless it is there already.
install_prism() { # DIRECTORY
    prism_directory=$1
    for tool in node npm; do
        command -v "$tool" >/dev/null || fail "$tool is missing: install Node.js 18 or newer with npm"
    done
    manifest=$prism_directory/node_modules/$prism_package/package.json
    if ! grep -q "\"version\": \"$prism_version\"" "$manifest" 2>/dev/null; then
        mkdir -p "$prism_directory"
        npm install --prefix "$prism_directory" --no-audit --no-fund --save-exact "$prism_package@$prism_version" \
            >"$scratch/npm" 2>&1 || { cat "$scratch/npm" >&2; fail "npm could not install $prism_package"; }
    fi
}

prism_listens() {
    kill -0 "$prism" 2>/dev/null || { cat "$log" >&2; fail "Prism ended at once"; }
    base_url=$(sed -n 's/.*Prism is listening on //p' "$log")
    [ -n "$base_url" ]
}

# Sets base_url to Prism's address, and writes what it says to the log.
start_prism() { # mock|proxy DESCRIPTION [more of its arguments]
    mode=$1
    shift
    # Appending, since the log is emptied while Prism holds it.
    : >"$log"
    FORCE_COLOR=0 node "$prism_directory/node_modules/.bin/prism" "$mode" --host 127.0.0.1 --port 0 "$@" >>"$log" 2>&1 &
    prism=$!
    wait_until prism_listens || { cat "$log" >&2; fail "Prism was not ready in time"; }
    : >"$log"
}

emulator_is_announced() {
    kill -0 "$emulator" 2>/dev/null || fail "the emulator ended at once"
    grep -q '^FATHOM_API_KEY=' "$scratch/announcement"
}

announced() { # NAME
    sed -n "s/^$1=//p" "$scratch/announcement"
}

# Sets emulator_url and emulator_key.
start_emulator() { # PROGRAM [its options]
    : >"$scratch/announcement" # now, since the emulator opens it in its own time
    "$@" --port 0 >>"$scratch/announcement" &
    emulator=$!
    wait_until emulator_is_announced || fail "the emulator did not start"
    emulator_url=$(announced FATHOM_BASE_URL)
    emulator_key=$(announced FATHOM_API_KEY)
}

# What Prism has said against requests and answers.
violations() { # FILE
    grep -E 'Violation:|Request terminated with error|did not pass the validation rules|sl-violations' "$1"
}
