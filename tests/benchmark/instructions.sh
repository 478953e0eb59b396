#!/usr/bin/env bash
# Usage: instructions.sh BUILD_FOLDER [--write]
# Counts with callgrind how many instructions each kind of work takes, and compares with instructions.txt: more than 5 %
# above is a slow-down that must be meant, more than 5 % below a gain to be noted. A count hardly changes from run to run,
# so that it shows on a noisy machine what a clock does not. It does change with the compiler and the libraries: the file is
# for a Release build by g++ 12 with the libraries of Debian 12. --write notes the counts of now in the file.
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

declare -A counts
for work in call_unread call_unread_by_hand call_sites call_sites_by_hand decode_sites decode_report; do
    counts[$work]=$(instructions $work)
done
ratio() { # OURS THEIRS GOAL
    awk -v ours="${counts[$1]}" -v theirs="${counts[$2]}" -v goal="$3" -v work="$1" \
        'BEGIN { printf "%-20s %.3f of what it takes by hand (goal <= %s)\n", work, ours / theirs, goal }'
}
ratio call_unread call_unread_by_hand 1.20
ratio call_sites call_sites_by_hand 0.68

ours="call_unread call_sites decode_sites decode_report"
if [ "${2-}" = --write ]; then
    sed -i '/^[^#]/d' $noted
    for work in $ours; do echo "$work ${counts[$work]}" >>$noted; done
    exit 0
fi
failed=0
for work in $ours; do
    before=$(sed -n "s/^$work //p" $noted)
    now=${counts[$work]}
    awk -v work="$work" -v now="$now" -v before="$before" -v tolerance=$tolerance 'BEGIN {
        off = (now / before - 1) * 100
        printf "%-20s %7d instructions, noted are %7d (%+.1f %%)\n", work, now, before, off
        exit off > tolerance || off < -tolerance }' || failed=1
done
if [ $failed = 1 ]; then
    echo "A count is off by more than $tolerance %. Where that is meant, run: tests/benchmark/instructions.sh BUILD_FOLDER --write"
    exit 1
fi
