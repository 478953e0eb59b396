#!/bin/sh
# Usage: static_cli.sh BUILD_FOLDER EMULATOR. Makes the static program fathom and runs it where there is nothing else: in a
# folder of its own as the root of all files. EMULATOR is the program fathom-emulator.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p "$1"
build=$(cd "$1" && pwd)
emulator=$2
sh cmake/static_cli.sh "$build"

room=$build/room
rm -rf "$room"
mkdir -p "$room/tmp"
cp "$build/fathom" "$room/"
"$emulator" --dialect live >"$build/address" &
server=$!
trap 'kill $server' EXIT
until grep -q FATHOM_API_KEY "$build/address"; do sleep 0.1; done
chroot=$(command -v chroot)
# shellcheck disable=SC2046 # words
run() { env -i HOME=/tmp $(cat "$build/address") "$chroot" "$room" /fathom "$@"; }
run sites list --fields id | grep -x CDBUGS
run report pageviews CDBUGS --last 7d --timezone UTC --count visits --json | grep '"visits"'
echo "The static program runs where nothing else is"
