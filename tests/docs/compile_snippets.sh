#!/bin/sh
# Checks that the C++ in the documentation compiles: each ```cpp block of README.md and docs/*.md.
#
#     compile_snippets.sh PROJECT_FOLDER WORK_FOLDER COMPILER [FLAG...]
set -eu

project=$1
work=$2
shift 2
here=$(dirname "$0")

rm -rf "$work"
mkdir -p "$work"
awk -v out="$work" -f "$here/snippets.awk" "$project"/README.md "$project"/docs/*.md

# Snippets show one thing each and leave out what they would do with it. g++ takes them for headers, since they come from
# another file, and warns of lambdas there; clang does not know that warning.
failed=0
for source in "$work"/*.cpp; do
    "$@" -std=c++20 -I"$project/include" -I"$here" -Wall -Wextra -Werror -Wno-missing-field-initializers \
        -Wno-unused-variable -Wno-unused-but-set-variable -Wno-unused-function -Wno-unknown-warning-option \
        -Wno-subobject-linkage -fsyntax-only "$source" || failed=1
done
exit $failed
