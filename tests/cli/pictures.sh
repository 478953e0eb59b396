#!/bin/sh
# Makes the pictures of the guides anew and compares: tests/cli/pictures.sh BUILD_FOLDER
set -eu
root=$(dirname "$(realpath "$0")")/../..
made=$(mktemp -d)
trap 'rm -r "$made"' EXIT
sh "$root/docs/pictures/make.sh" "$1" "$made"
rm -f "$made/top.svg" # it counts seconds down
for picture in "$made"/*; do
    cmp "$picture" "$root/docs/pictures/$(basename "$picture")" || {
        echo "Make the pictures anew, and look at them: docs/pictures/make.sh $1"
        exit 1
    }
done
