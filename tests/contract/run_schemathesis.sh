#!/bin/sh
# Lets Schemathesis, which this project did not write, judge the emulator by a description of the API: with examples,
# boundary values, random data and sequences of calls, good and bad. No answer may be a 5xx or one that the description
# does not have, and HTTP must be right. schemathesis.toml names the exceptions with their reasons.
#
#     run_schemathesis.sh path/to/fathom-emulator [directory for Schemathesis [description [seconds]]]
#
# Schemathesis is fetched by pip into that directory, by default beside the emulator, unless it is there already. The run
# is seeded; its answers depend on nothing else but how many calls fit into the time.
set -eu

version=4.32.5
seed=1

emulator_program=$1
. "$(dirname "$0")/servers.sh"
environment=${2:-$(dirname "$emulator_program")/schemathesis}
mkdir -p "$environment"
environment=$(cd "$environment" && pwd) # since the run has a folder of its own
description=${3:-$(service_description)}
seconds=${4:-60}

install_schemathesis() {
    command -v python3 >/dev/null || fail "python3 is missing"
    "$environment/bin/st" --version 2>/dev/null | grep -q "version $version" && return
    python3 -m venv "$environment" && "$environment/bin/pip" install --quiet "schemathesis==$version" \
        >"$scratch/pip" 2>&1 || { cat "$scratch/pip" >&2; fail "pip could not install schemathesis"; }
}

install_schemathesis
start_emulator "$emulator_program" --dialect specification --sample-data small --no-rate-limits
cd "$scratch" # where Schemathesis keeps what it remembers of a run
no_proxy=127.0.0.1 "$environment/bin/st" --config-file "$here/schemathesis.toml" --no-color run "$description" \
    --url "$emulator_url" --header "Authorization: Bearer $emulator_key" \
    --phases examples,coverage,fuzzing,stateful --max-examples 20 --seed "$seed" --max-time "$seconds" \
    --continue-on-failure --warnings off ||
    fail "Schemathesis found answers that are not right"
kill -0 "$emulator" 2>/dev/null || fail "the emulator ended"
