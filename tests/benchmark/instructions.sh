#!/usr/bin/env bash
# Usage: instructions.sh BUILD_FOLDER [--write]
# Counts with callgrind how many instructions each kind of work takes, beside the same work done by hand, counted in the same
# run: a count by itself moves with the compiler, the libraries and the load of the machine, and so does its neighbour's.
# Fails where a ratio is more than 5 % above the one noted in instructions.txt: a slow-down that must be meant. --write notes
# the ratios of now. The build folder must be of a Release build.
set -euo pipefail
program=$(realpath "$1")/tests/benchmark/fathom_benchmark_work
cd "$(dirname "$0")"
noted=instructions.txt
tolerance=5 # per cent

collected() { # WORK COUNT
    local said
    if ! said=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1); then
        printf '%s\n' "$said" >&2
        exit 1
    fi
    sed -n 's/.*Collected : //p' <<<"$said"
}
# What one more costs: the difference of two lengths, so that starting and ending the program does not count.
instructions() { # WORK
    local few=200 many=1200
    echo $((($(collected "$1" $many) - $(collected "$1" $few)) / (many - few)))
}

[ "${2-}" != --write ] || sed -i '/^[^#]/d' $noted
failed=0
for work in call_unread call_sites decode_sites decode_report; do
    ours=$(instructions $work)
    by_hand=$(instructions ${work}_by_hand)
    ratio=$(awk -v ours="$ours" -v by_hand="$by_hand" 'BEGIN { printf "%.3f", ours / by_hand }')
    if [ "${2-}" = --write ]; then
        echo "$work $ratio" >>$noted
        continue
    fi
    before=$(sed -n "s/^$work //p" $noted)
    printf '%-14s %8d instructions, by hand %8d: ratio %s, noted is %s\n' $work "$ours" "$by_hand" "$ratio" "$before"
    awk -v now="$ratio" -v before="$before" -v tolerance=$tolerance \
        'BEGIN { exit now > before * (1 + tolerance / 100) }' || failed=1
done
if [ $failed = 1 ]; then
    echo "A ratio is more than $tolerance % above the noted one. Where that is meant, run instructions.sh BUILD_FOLDER --write"
    exit 1
fi
