#!/usr/bin/env bash
# Usage: compile_cost.sh [COMPILER]
# What a file costs that includes <fathom/fathom.hpp>, beside one that includes <nlohmann/json.hpp>: processor time with
# -std=c++20 -O2, the median of interleaved rounds, and the lines behind the preprocessor that are not blank.
set -euo pipefail
cd "$(dirname "$0")"
compiler=${1:-g++}
rounds=15
options=(-std=c++20 -I../../include)

median() { sort -n | sed -n "$((rounds / 2 + 1))p"; }
seconds() { # FILE: appends its processor time to the list of that name
    local TIMEFORMAT=%U
    { time "$compiler" "${options[@]}" -O2 -c "programs/$1.cpp" -o /dev/null; } 2>>"$times/$1"
}
lines() { "$compiler" "${options[@]}" -E -P "programs/$1.cpp" | grep -c '[^[:space:]]'; }

times=$(mktemp -d)
trap 'rm -r "$times"' EXIT
for ((round = 0; round < rounds; ++round)); do
    for program in $(shuf -e include_fathom include_json standard_members); do seconds "$program"; done
done
ours=$(median <"$times/include_fathom")
theirs=$(median <"$times/include_json")
standard=$(median <"$times/standard_members")
awk -v ours="$ours" -v theirs="$theirs" -v standard="$standard" 'BEGIN {
    printf "compile time: %.2f s beside %.2f s of nlohmann/json.hpp, ratio %.3f (goal <= 0.45)\n", ours, theirs, ours / theirs
    printf "  (what the public members are made of takes %.3f of nlohmann/json.hpp by itself)\n", standard / theirs }'
echo "lines behind the preprocessor: $(lines include_fathom) beside $(lines include_json) of nlohmann/json.hpp (goal <= 50000)"
echo "  (what the public members are made of has $(lines standard_members))"
