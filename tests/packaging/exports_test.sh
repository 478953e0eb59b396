#!/bin/sh
# Usage: exports_test.sh LIBRARY… Fails where a shared library shows names that are not fathom's, or one that is unique in
# the process, which keeps the library from being unloaded.
set -eu
faults=0
for library in "$@"; do
    shown=$(nm --dynamic --defined-only --demangle "$library" | cut -d ' ' -f 3-)
    [ -n "$shown" ] || { echo "$library shows nothing" >&2; exit 1; }
    # Functions of templates start with their result.
    foreign=$(printf '%s\n' "$shown" | grep -vE '^((typeinfo|typeinfo name|vtable|VTT|guard variable) for |.*thunk to |.* )?fathom::' || true)
    if [ -n "$foreign" ]; then
        printf '%s shows:\n%s\n' "$library" "$foreign" >&2
        faults=1
    fi
    unique=$(readelf --wide --dyn-syms "$library" | grep ' UNIQUE ' || true)
    if [ -n "$unique" ]; then
        printf '%s cannot be unloaded because of:\n%s\n' "$library" "$unique" >&2
        faults=1
    fi
done
exit $faults
