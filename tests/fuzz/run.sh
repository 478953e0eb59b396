#!/usr/bin/env bash
# Builds the fuzz targets and runs each for so many seconds: tests/fuzz/run.sh SECONDS [TARGET...]
# Twenty for a change, some minutes for a release. Inputs that break a promise are left in build/fuzz/findings.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: tests/fuzz/run.sh SECONDS [TARGET...]}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(decode error_body headers limiter_file page_walk report_query rows times)

build=build/fuzz
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DFATHOM_BUILD_FUZZERS=ON -DFATHOM_BUILD_TESTS=OFF \
    -DFATHOM_BUILD_EXAMPLES=OFF -DFATHOM_SANITIZE=fuzzer-no-link,address,undefined -DFATHOM_WARNINGS_AS_ERRORS=ON \
    -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 >/dev/null
cmake --build "$build" --parallel "$(nproc)" --target "${targets[@]/#/fathom_fuzz_}" >/dev/null

export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
mkdir -p "$build/findings"
total=0
for target in "${targets[@]}"; do
    log=$build/$target.log
    corpus=$build/corpus/$target
    mkdir -p "$corpus"
    if ! "$(find "$build" -name "fathom_fuzz_$target" -type f)" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$build/findings/$target-" \
        "$corpus" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
        tail -n 60 "$log"
        echo "fuzz target $target: FAILED; the input is in $build/findings"
        exit 1
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    total=$((total + runs))
    printf '%-14s %10d inputs in %d s\n' "$target" "$runs" "$seconds"
done
printf '%-14s %10d inputs, no finding\n' all "$total"
