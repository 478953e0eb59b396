#!/bin/sh
# Usage: rooms_test.sh ROOT. Fails where a library is seen outside the room that hides it.
set -eu
cd "$1"

seen_outside() { # WHAT ROOMS
    if grep -rn "$1" src | grep -v "$2"; then
        echo "\"$1\" must not be seen in src outside its room ($2)." >&2
        exit 1
    fi
}

seen_outside nlohmann '^src/json\|^src/testing'
seen_outside curl_ '^src/curl'
seen_outside curl/curl.h '^src/curl'
seen_outside httplib.h '^src/testing'
seen_outside sqlite3.h '^src/testing'
seen_outside hiredis '^src/redis'
