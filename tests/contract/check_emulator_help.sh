#!/bin/sh
# Fails where an option of the emulator does not say in --help what holds without it.
#
#     check_emulator_help.sh path/to/fathom-emulator
set -eu

help=$("$1" --help)
# An option and its description, which may begin on the line after, as one line.
options=$(printf '%s\n' "$help" | sed -n '/^ *-/,$p' | awk '/^ +-/ { if (line) print line; line = $0; next } { line = line $0 } END { print line }')
count=$(printf '%s\n' "$options" | wc -l)
if [ "$count" -lt 20 ]; then
    echo "check_emulator_help.sh: only $count options found" >&2
    exit 1
fi
# CLI11 writes a default as "=0", or as "[0]" since 2.4.
silent=$(printf '%s\n' "$options" | sed 's/ in \[[^]]*\]//' |
    grep -vE '^ +(-h,--help|--[a-z-]+ .*(=[^ ]|\[[^]]+\])|--[a-z-]+ .*(by default|The same as))' || true)
if [ -n "$silent" ]; then
    printf 'check_emulator_help.sh: no default for\n%s\n' "$silent" >&2
    exit 1
fi
