#!/bin/sh
# Puts Prism between the SDK and the emulator, where it judges requests and answers against contract.yaml: a violation on
# either side becomes an error, which the program reports.
#
#     run_proxy.sh path/to/fathom_all_operations path/to/fathom-emulator [directory for Prism]
set -eu

program=$1
emulator_program=$2
. "$(dirname "$0")/servers.sh"
install_prism "${3:-$(dirname "$program")/prism}"
description=$(service_description)

status_of() { # METHOD TARGET
    node -e '
        const [method, url, key] = process.argv.slice(1);
        const headers = {Accept: "application/json", Authorization: "Bearer " + key};
        fetch(url, {method, headers}).then(answer => console.log(answer.status));
    ' "$1" "$base_url$2" "$emulator_key"
}

# A judge that never objects would prove nothing.
check_that_the_proxy_judges() {
    start_emulator "$emulator_program" --dialect live --sample-data small
    start_prism proxy "$description" "$emulator_url" --errors
    report='/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits'
    [ "$(status_of GET "$report&limit=x")" -eq 422 ] || fail "the proxy let a wrong request pass"
    [ "$(status_of GET "$report")" -ge 500 ] || fail "the proxy let an answer in another dialect pass"
    stop_prism
    stop_emulator
}

check_that_the_proxy_judges
start_emulator "$emulator_program" --dialect specification --sample-data small
start_prism proxy "$description" "$emulator_url" --errors
FATHOM_BASE_URL=$base_url FATHOM_API_KEY=$emulator_key no_proxy=127.0.0.1 "$program" ||
    { violations "$log" >&2 || cat "$log" >&2; fail "not all operations went well through the proxy"; }
! violations "$log" >&2 || fail "Prism found violations"
echo "Prism agrees with all requests of the SDK and all answers of the emulator"
