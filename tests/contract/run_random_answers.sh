#!/bin/sh
# Lets the SDK read three hundred random answers that Prism makes of contract.yaml, each optional member left out in one of
# two: all must be read. Required are only the id of a site or milestone and the data of a list and a report.
#
#     run_random_answers.sh path/to/fathom_all_operations [directory for Prism]
set -eu

answers_wanted=300

program=$1
. "$(dirname "$0")/servers.sh"
install_prism "${2:-$(dirname "$program")/prism}"
answers=$scratch/answers
proxy=
trap 'stop_process "$proxy"; clean_up' EXIT

proxy_listens() {
    proxy_url=$(sed -n 's/^listening on //p' "$answers")
    [ -n "$proxy_url" ]
}

answers_so_far() {
    sed -n 's/^answers //p' "$answers" | tail -n 1
}

{
    cat "$contract"
    printf 'x-json-schema-faker:\n  alwaysFakeOptionals: false\n  optionalsProbability: 0.5\n'
} >"$scratch/random.yaml"
start_prism mock "$scratch/random.yaml" --dynamic
node "$here/add_prefer.mjs" "$base_url" >"$answers" &
proxy=$!
wait_until proxy_listens || fail "the proxy was not ready in time"

failed=0
runs=0
until [ "$(answers_so_far | grep . || echo 0)" -ge "$answers_wanted" ]; do
    runs=$((runs + 1))
    [ "$runs" -le 40 ] || fail "only $(answers_so_far) answers after $runs runs"
    FATHOM_BASE_URL=$proxy_url FATHOM_API_KEY=contract no_proxy=127.0.0.1 "$program" --canned-answers \
        >"$scratch/run" || true
    failures=$(grep -c ' FAILED ' "$scratch/run" || true)
    [ "$failures" -eq 0 ] || grep ' FAILED ' "$scratch/run"
    failed=$((failed + failures))
done
echo "$(answers_so_far) random answers in $runs runs, $failed of them not read"
[ "$failed" -eq 0 ] || fail "the SDK could not read all answers"
