#!/bin/sh
# Usage: language_test.sh ROOT CXX. Fails where the first error in a program of C++17 is another than that C++20 is needed.
set -eu
root=$1
cxx=$2

cd "$root/include"
faults=0
for header in $(find fathom -name '*.hpp' ! -path '*/detail/*' | sort); do
    output=$(printf '#include <%s>\n' "$header" | "$cxx" -std=c++17 -I. -fsyntax-only -Wfatal-errors -x c++ - 2>&1 || true)
    first=$(printf '%s\n' "$output" | grep -E 'error: ' | head -n 1)
    case $first in
    *"needs C++20"*) ;;
    *)
        echo "<$header> says first: $first" >&2
        faults=1
        ;;
    esac
done
exit $faults
