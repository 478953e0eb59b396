#!/bin/sh
# Usage: run_all.sh BUILD_FOLDER
# Runs everything that docs/performance.md has figures of for such a build, on a machine that should have nothing else to do.
# BUILD_FOLDER is of a Release build with FATHOM_BUILD_BENCHMARKS=ON, and with FATHOM_BUILD_CLI=ON for the start of the command
# line; what a module costs needs clang++-19.
set -eu
build=$1
here=$(dirname "$0")
for program in call tls_call tls_first_call report memory threads in_flight many_calls paging; do
    [ ! -x "$build/tests/benchmark/fathom_benchmark_$program" ] || "$build/tests/benchmark/fathom_benchmark_$program"
done
"$here/instructions.sh" "$build" || true
"$here/compile_cost.sh"
! command -v clang++-19 >/dev/null || "$here/module_cost.sh"
[ ! -x "$build/src/cli/fathom" ] || python3 "$here/start_time.py" "$build"
"$here/program_size.sh" "$build"
