#!/bin/sh
# Usage: blocking_headers_test.sh ROOT CXX [FLAG...]. Fails where <fathom/client.hpp> brings what only programs with an
# AsyncClient need: futures and coroutines.
set -eu
root=$1
shift

headers=$(printf '#include <fathom/client.hpp>\n' | "$@" -std=c++20 -I"$root/include" -x c++ -M - | tr ' \\' '\n\n')
printf '%s\n' "$headers" | grep -q 'fathom/client\.hpp' || {
    echo "blocking_headers_test: the compiler named no headers" >&2
    exit 1
}
if printf '%s\n' "$headers" | grep -E 'fathom/(async|future|executor)|/coroutine$'; then
    echo "<fathom/client.hpp> includes these, which blocking programs need not compile." >&2
    exit 1
fi
