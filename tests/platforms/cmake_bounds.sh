#!/bin/sh
# Usage: cmake_bounds.sh WORK. Configures the project, and a consumer's project that has it in a folder, with the oldest CMake
# that it claims to work with and with the newest one. Neither may warn.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)

oldest=$(sed -nE 's/^cmake_minimum_required\(VERSION ([0-9.]+[0-9])\.\.\..*/\1/p' "$root/CMakeLists.txt")
[ -n "$oldest" ] || { echo "CMakeLists.txt does not say which CMake it needs" >&2; exit 1; }

try() { # NAME REQUIREMENT
    python3 -m venv "$work/$1"
    "$work/$1/bin/pip" install --quiet "$2"
    cmake=$work/$1/bin/cmake
    "$cmake" --version
    for source in "$root" "$root/tests/packaging/embedded"; do
        rm -rf "$work/build"
        "$cmake" --no-warn-unused-cli -S "$source" -B "$work/build" -DFATHOM_SOURCE="$root" \
            -DFATHOM_BUILD_CLI=ON -DFATHOM_BUILD_REDIS=ON -DFATHOM_BUILD_ZONES=ON >"$work/log" 2>&1 || {
            cat "$work/log" >&2
            exit 1
        }
        # What it found is printed too, and may hold the word.
        if grep -n -A 5 'CMake.*Warning' "$work/log" >&2; then exit 1; fi
    done
}
try oldest "cmake==$oldest.*"
try newest cmake
