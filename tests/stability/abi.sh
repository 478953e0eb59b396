#!/bin/sh
# Usage: abi.sh ROOT BASE WORK [LIBRARY…]. Compares the shared libraries of the tree ROOT, or those that are named, with those of
# the commit BASE of it; both are built below WORK. Exit code 1 where programs that were linked with BASE's would break though
# the soname is the same; what is new breaks nobody. Needs abidiff, of abigail-tools.
set -eu
root=$(cd "$1" && pwd)
base=$2
mkdir -p "$3"
work=$(cd "$3" && pwd)
shift 3
[ $# -gt 0 ] || set -- fathom fathom_redis fathom_testing fathom_zones

# Sources together, which changes nothing of what is compared.
build() { # SOURCES BUILD LIBRARY…
    sources=$1
    build=$2
    shift 2
    cmake -S "$sources" -B "$build" -DBUILD_SHARED_LIBS=ON -DCMAKE_BUILD_TYPE=Debug -DCMAKE_UNITY_BUILD=ON \
        -DFATHOM_BUILD_REDIS=ON -DFATHOM_BUILD_ZONES=ON -DFATHOM_BUILD_TESTS=OFF -DFATHOM_BUILD_EXAMPLES=OFF >"$work/log" 2>&1 &&
        cmake --build "$build" --parallel "$(nproc)" --target "$@" >>"$work/log" 2>&1 || {
        cat "$work/log" >&2
        exit 2
    }
}
built() { find "$work/build-$1" -name "lib$2.so"; } # base|now LIBRARY
soname() { objdump -p "$1" | awk '$1 == "SONAME" { print $2 }'; }

rm -rf "$work/base"
mkdir "$work/base"
git -C "$root" archive "$base" | tar -x -C "$work/base"
build "$work/base" "$work/build-base" "$@"
build "$root" "$work/build-now" "$@"

status=0
for library; do
    before=$(soname "$(built base "$library")")
    now=$(soname "$(built now "$library")")
    if [ "$before" != "$now" ]; then
        echo "$now replaces $before: programs that use that keep it"
        continue
    fi
    echo "$now against $base"
    abidiff --no-added-syms --drop-private-types --headers-dir1 "$work/base/include" --headers-dir2 "$root/include" \
        "$(built base "$library")" "$(built now "$library")" || status=1
done
[ $status -eq 0 ] || echo "The interface of compiled programs has changed: a new minor version is due, which has another soname." >&2
exit $status
