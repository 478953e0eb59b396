#!/bin/sh
# Usage: rooms_test.sh ROOT. Proves that rooms.sh and guide.sh find what they are there for: each fault is put into a copy of the
# sources.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fresh_copy() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/docs"
    cp -R "$root/src" "$root/include" "$work/tree"
    cp "$root/docs/design.md" "$work/tree/docs"
}

expect_fault() { # WHAT WORDS [SCRIPT]
    script=${3:-rooms.sh}
    if sh "$here/$script" "$work/tree" >"$work/said" 2>&1; then
        echo "$script did not notice: $1" >&2
        exit 1
    fi
    if ! grep -q "$2" "$work/said"; then
        echo "$script failed for $1, but did not say \"$2\":" >&2
        cat "$work/said" >&2
        exit 1
    fi
}

fresh_copy
sh "$here/rooms.sh" "$work/tree"

fresh_copy
echo '#include "../loop/loop.hpp"' >>"$work/tree/src/core/call.hpp"
expect_fault "an include across a wall" "src/core must not include src/loop"

fresh_copy
echo '#include <nlohmann/json.hpp>' >>"$work/tree/src/core/call.hpp"
expect_fault "a library outside its room" "src/core must not see <nlohmann/json.hpp>"

fresh_copy
echo '#include <unistd.h>' >>"$work/tree/src/client/client.cpp"
expect_fault "a system header outside its room" "src/client must not see <unistd.h>"

fresh_copy
echo '#include <curl/curl.h>' >>"$work/tree/include/fathom/http.hpp"
expect_fault "a library in a public header" "include/fathom must not see <curl/curl.h>"

fresh_copy
echo '#include "../../src/core/call.hpp"' >>"$work/tree/include/fathom/http.hpp"
expect_fault "a private header in a public one" "include/fathom must not include src/core"

fresh_copy
echo '#include "scheduler.hpp"' >>"$work/tree/src/core/call.hpp"
expect_fault "files in a circle" "in a circle"

fresh_copy
sed 's/^| `src\/core` |\([^|]*\)|[^|]*|/| `src\/core` |\1| `client` `text` |/' "$root/docs/design.md" >"$work/tree/docs/design.md"
expect_fault "rooms in a circle" "in a circle"

fresh_copy
mkdir "$work/tree/src/attic"
echo 'int x;' >"$work/tree/src/attic/x.cpp"
expect_fault "a room without a row" "no row for src/attic"

fresh_copy
rm -r "$work/tree/src/lists"
expect_fault "a row without a room" "row for src/lists"

fresh_copy
printf '#if defined(_WIN32)\n#endif\n' >>"$work/tree/src/core/call.hpp"
expect_fault "a question for the system outside its room" "which operating system"

fresh_copy
mkdir -p "$work/tree/tests"
cp "$root/CONTRIBUTING.md" "$work/tree"
(cd "$root" && find tests -mindepth 1 -maxdepth 1 -type d) | (cd "$work/tree" && xargs mkdir)
sh "$here/guide.sh" "$work/tree"
mkdir "$work/tree/src/attic"
expect_fault "a folder that the guide does not name" "says nothing of src/attic" guide.sh
rmdir "$work/tree/src/attic" "$work/tree/tests/soak"
expect_fault "a folder that is named and not there" "tells of tests/soak" guide.sh
