#!/bin/sh
# Fails where a document names a test that does not exist. Usage: test_names.sh SOURCE_FOLDER DOCUMENT…
# Names look like `Suite.Test`, `Suite.Begin…` or `Suite.*`.
set -eu
cd "$1"
shift
status=0
for name in $(grep -ohE '`[A-Z][A-Za-z0-9]+\.([A-Z][A-Za-z0-9]*)?(…|\*)?([A-Z][A-Za-z]*)?`' "$@" | tr -d '`' | sort -u); do
    suite=${name%%.*}
    # What is left out, … or *, may be anything.
    test=$(printf '%s' "${name#*.}" | sed -e 's/…/[A-Za-z0-9]*/g' -e 's/^\*$/[A-Za-z0-9]*/')
    grep -rqE "^TEST(_F|_P)?\($suite, $test[,)]" tests && continue
    echo "There is no test $name"
    status=1
done
exit $status
