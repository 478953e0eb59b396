#!/bin/sh
# Usage: run_all.sh BUILD_FOLDER
# Runs everything that docs/performance.md has figures of, on a machine that should have nothing else to do. BUILD_FOLDER is
# of a Release build with FATHOM_BUILD_BENCHMARKS=ON.
set -eu
build=$1
here=$(dirname "$0")
for program in call tls_call tls_first_call report memory threads in_flight many_calls paging; do
    [ ! -x "$build/tests/benchmark/fathom_benchmark_$program" ] || "$build/tests/benchmark/fathom_benchmark_$program"
done
"$here/instructions.sh" "$build" || true
"$here/compile_cost.sh"
"$here/program_size.sh" "$build"
