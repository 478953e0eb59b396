#!/usr/bin/env bash
# Builds the fuzz targets and runs each for so many seconds: tests/fuzz/run.sh SECONDS [TARGET...]
# Twenty for a change, some minutes for a release. As many targets run at a time as there are processors, or JOBS.
# Inputs that break a promise are left in build/fuzz/findings; new ones that are worth keeping go to build/fuzz/corpus.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: tests/fuzz/run.sh SECONDS [TARGET...]}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(decode error_body headers limiter_file page_walk redaction report_query rows times zone_file)
jobs=${JOBS:-$(nproc)}

build=build/fuzz
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" \
    -DFATHOM_BUILD_FUZZERS=ON -DCMAKE_UNITY_BUILD=ON -DFATHOM_BUILD_TESTS=OFF -DFATHOM_BUILD_EXAMPLES=OFF -DFATHOM_INSTALL=OFF \
    -DFATHOM_SANITIZE=fuzzer-no-link,address,undefined -DFATHOM_WARNINGS_AS_ERRORS=ON \
    -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19
cmake --build "$build" --parallel "$jobs" --target "${targets[@]/#/fathom_fuzz_}"

export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
mkdir -p "$build/findings"

run_target() { # TARGET
    local corpus=$build/corpus/$1
    mkdir -p "$corpus"
    "$build/tests/fuzz/fathom_fuzz_$1" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$build/findings/$1-" "$corpus" "tests/fuzz/corpus/$1" \
        >"$build/$1.log" 2>&1 && return
    tail -n 60 "$build/$1.log"
    echo "fuzz target $1: FAILED; the input is in $build/findings"
    return 1
}
export -f run_target
export build seconds
printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I {} bash -c 'run_target {}'

with_commas() { sed -E ':again; s/([0-9])([0-9]{3})($|,)/\1,\2\3/; t again' <<<"$1"; }

# Of all lines that libFuzzer prints, the last one with "cov:" tells how many edges were reached.
total=0
printf '\n%-14s %12s %10s %8s\n' target inputs edges seconds
for target in "${targets[@]}"; do
    log=$build/$target.log
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(sed -nE 's/.* cov: ([0-9]+) .*/\1/p' "$log" | tail -n 1)
    took=$(sed -nE 's/^Done [0-9]+ runs in ([0-9]+) second.*/\1/p' "$log")
    total=$((total + inputs))
    printf '%-14s %12s %10d %8d\n' "$target" "$(with_commas "$inputs")" "$edges" "$took"
done
printf '\nFuzzing: %d targets, %s inputs, no finding\n' ${#targets[@]} "$(with_commas "$total")"
