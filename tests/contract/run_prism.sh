#!/bin/sh
# Lets Prism, a mock server that this project did not write, judge every request of the SDK against contract.yaml, and
# lets the SDK read what Prism makes of the answers' schemas: first their examples, then random data.
#
#     run_prism.sh path/to/fathom_all_operations [directory for Prism]
#
# Prism is fetched by npm into that directory, by default beside the program, unless it is there already.
set -eu

program=$1
. "$(dirname "$0")/servers.sh"

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

install_prism "${2:-$(dirname "$program")/prism}"

start_prism mock "$contract"
check_that_prism_judges
judge_run 'answers from examples'
stop_prism

for seed in 1 2 3; do
    start_prism mock "$contract" --dynamic --seed "$seed"
    judge_run "random answers, seed $seed"
    stop_prism
done
