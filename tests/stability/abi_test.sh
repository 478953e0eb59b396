#!/bin/sh
# Usage: abi_test.sh ROOT WORK. Holds abi.sh against a clone of the project: it lets an added function pass, refuses a class that
# has become larger and a function that has gone, and says nothing of either where the version, and so the soname, is another.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)
rm -rf "$work/clone"
git clone --quiet --no-hardlinks "$1" "$work/clone"
cd "$work/clone"

fail() {
    echo "abi_test: $*" >&2
    cat "$work/abi.log" >&2
    exit 1
}
compared() { sh "$here/abi.sh" . HEAD "$work/abi" fathom >"$work/abi.log" 2>&1; }
passes() { compared || fail "refused: $1"; }
refused() { # WHAT WORDS
    if compared; then fail "let pass: $1"; fi
    grep -q "$2" "$work/abi.log" || fail "nothing of \"$2\" about: $1"
}

header=include/fathom/limit_notice.hpp
source=src/loop/limit_notice.cpp
passes "nothing"

sed -i 's/^    \[\[nodiscard\]\] Future<std::optional<LimitWait>> wait();/&\n    int addition();/' "$header"
cp "$source" "$work/source"
printf 'int fathom::LimitNotice::addition() { return 1; }\n' >>"$source"
grep -q addition "$header" || fail "nothing was added"
passes "an added function"

sed -i 's/^    std::shared_ptr<detail::LimitNoticeState> state_;/&\n    long more_ = 0;/' "$header"
refused "a larger class" "LimitNotice"

git checkout --quiet "$header" "$source"
sed -i 's/wait();/wait_for_the_limit();/' "$header"
sed -i 's/LimitNotice::wait()/LimitNotice::wait_for_the_limit()/' "$source"
refused "a function that is gone" "LimitNotice::wait()"

sh cmake/set_version.sh 0.99.0
passes "another soname"
grep -q 'libfathom.so.0.99 replaces' "$work/abi.log" || fail "no word of another soname"
