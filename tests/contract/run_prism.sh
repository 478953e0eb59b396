#!/bin/sh
# Lets Prism, a mock server that this project did not write, judge every request of the SDK against contract.yaml, and
# lets the SDK read what Prism makes of the answers' schemas: first their examples, then random data.
#
#     run_prism.sh path/to/fathom_all_operations [directory for Prism]
#
# Prism is fetched by npm into that directory, by default beside the program, unless it is there already.
set -eu

prism_package=@stoplight/prism-cli
prism_version=5.14.2

program=$1
prism_directory=${2:-$(dirname "$program")/prism}
contract=$(cd "$(dirname "$0")" && pwd)/contract.yaml
scratch=$(mktemp -d)
log=$scratch/log
prism=

fail() {
    echo "run_prism.sh: $*" >&2
    exit 1
}

stop_prism() {
    if [ -n "$prism" ]; then
        kill "$prism" 2>/dev/null || true
        wait "$prism" 2>/dev/null || true
        prism=
    fi
}

clean_up() {
    stop_prism
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

install_prism() {
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

start_prism() {
    # Appending, since the log is emptied while Prism holds it.
    : >"$log"
    FORCE_COLOR=0 node "$prism_directory/node_modules/.bin/prism" mock --host 127.0.0.1 --port 0 "$@" "$contract" \
        >>"$log" 2>&1 &
    prism=$!
    wait_until prism_listens || { cat "$log" >&2; fail "Prism was not ready in time"; }
    : >"$log"
}

violations() {
    grep -E 'Violation:|Request terminated with error|did not pass the validation rules|sl-violations' "$1"
}

# The operations that were asked for, once each, with a star in place of each id.
requested_operations() {
    sed -n 's/.*\[HTTP SERVER\] \([a-z]*\) \([^ ]*\) .*Request received.*/\1 \2/p' "$1" |
        sed -E 's#/(sites|events|milestones)/[^/]+#/\1/*#g' | sort -u
}

log_shows_violation() {
    violations "$log" >/dev/null
}

# Sends a request that breaks the contract, and fails if Prism doesn't see it.
check_that_prism_objects() {
    : >"$log"
    node -e '
        const [url, method, authorization, body] = process.argv.slice(1);
        const headers = {Accept: "application/json"};
        if (authorization) headers.Authorization = authorization;
        if (body) headers["Content-Type"] = "application/json";
        fetch(url, {method, headers, body: body || undefined}).then(answer => answer.text());
    ' "$base_url$2" "$1" "$3" "$4"
    wait_until log_shows_violation || fail "Prism did not object to $1 $2 $4"
}

check_that_prism_judges() {
    check_that_prism_objects GET /sites/no-such-form 'Bearer key' ''
    check_that_prism_objects GET '/current_visitors?site_id=CDBUGS&detailed=maybe' 'Bearer key' ''
    check_that_prism_objects GET '/aggregations?entity=event&site_id=CDBUGS&aggregates=value' 'Bearer key' ''
    check_that_prism_objects POST /sites 'Bearer key' '{"name":"Shop","colour":"red"}'
    check_that_prism_objects GET /account '' ''
}

log_is_complete() {
    grep -q '/end-of-run .*error' "$log"
}

# Prism writes its log a little later than its answers, but in order: a last request tells when it is all there.
let_log_catch_up() {
    node -e 'fetch(process.argv[1] + "/end-of-run").then(answer => answer.text())' "$base_url"
    wait_until log_is_complete || fail "Prism's log does not go on"
    sed '/\/end-of-run/,$d' "$log" >"$scratch/run"
}

# What was asked and what Prism had against it.
show_run() {
    grep -E 'Request received|error' "$scratch/run" >&2
}

judge_run() {
    : >"$log"
    failed=
    FATHOM_BASE_URL=$base_url FATHOM_API_KEY=contract no_proxy=127.0.0.1 "$program" --canned-answers ||
        failed="the program failed ($1)"
    let_log_catch_up
    if [ -n "$failed" ]; then
        show_run
        fail "$failed"
    fi
    if violations "$scratch/run" >/dev/null; then
        show_run
        fail "Prism found requests that break the contract ($1)"
    fi
    specified=$(grep -c '^ *operationId:' "$contract")
    requested=$(requested_operations "$scratch/run" | wc -l)
    if [ "$requested" -ne "$specified" ]; then
        requested_operations "$scratch/run" >&2
        fail "$requested of $specified operations were requested ($1)"
    fi
    echo "Prism agrees with all requests to $requested operations ($1)"
}

install_prism

start_prism
check_that_prism_judges
judge_run 'answers from examples'
stop_prism

for seed in 1 2 3; do
    start_prism --dynamic --seed "$seed"
    judge_run "random answers, seed $seed"
    stop_prism
done
