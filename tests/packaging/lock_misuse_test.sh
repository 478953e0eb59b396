#!/bin/sh
# Whether clang refuses code that touches what a lock guards without that lock.
# usage: lock_misuse_test.sh <source directory>
set -eu
source=$1
for candidate in clang++ clang++-19 clang++-18 clang++-17 clang++-16 clang++-15 clang++-14; do
    if command -v "$candidate" >/dev/null; then clang=$candidate; break; fi
done
if [ -z "${clang:-}" ]; then
    echo "skipped: there is no clang, which alone checks locks"
    exit 77
fi
compile() {
    "$clang" -std=c++20 -fsyntax-only -Wthread-safety -Werror -I "$source/src" "$@"
}
compile "$source/tests/packaging/lock_misuse.cpp" || { echo "the right use of a lock does not compile"; exit 1; }
if output=$(compile -DWITHOUT_THE_LOCK "$source/tests/packaging/lock_misuse.cpp" 2>&1); then
    echo "clang takes code that forgets a lock"
    exit 1
fi
echo "$output" | grep -q 'thread-safety' || { echo "clang refuses it for another reason: $output"; exit 1; }
# The loop itself, whatever compiler builds the rest.
compile -I "$source/include" "$source/src/loop/loop.cpp" || { echo "the loop breaks its own rules"; exit 1; }
