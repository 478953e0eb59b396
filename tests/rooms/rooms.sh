#!/bin/sh
# Usage: rooms.sh ROOT. Compares what the sources include with the table of rooms in docs/design.md, and fails where
# - a room includes another one, or a library, that its row does not name;
# - a room has no row, or a row no room;
# - the rows, or the files, include each other in a circle;
# - a room that may not see the operating system asks which one it is.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# From the table: "allow FROM TO", "sees ROOM PATTERN" and "room NAME", of rows such as
# | `src/json` | reads and writes JSON | `core` `reports` | `nlohmann/` |
awk -F'|' '
    $2 ~ /^ `(src|include)\/[a-z_]+` $/ {
        gsub(/[` ]/, "", $2)
        print "room", $2
        count = split($4, rooms, "`")
        for (i = 2; i <= count; i += 2) print "allow", $2, "src/" rooms[i]
        count = split($5, patterns, "`")
        for (i = 2; i <= count; i += 2) print "sees", $2, patterns[i]
    }' docs/design.md >"$work/table"
[ -s "$work/table" ] || { echo "docs/design.md has no table of rooms." >&2; exit 1; }

find src include \( -name '*.hpp' -o -name '*.cpp' \) | sort >"$work/files"

# What each file includes: "FILE:LINE FILE HEADER" for files of the project, with the path as it is below the root;
# "FILE:LINE <HEADER>" for all else that is not the standard library's, whose headers have neither a dot nor a slash.
xargs grep -nE '^[[:space:]]*#[[:space:]]*include' <"$work/files" | awk '
    function normal(path,    parts, count, kept, i, text) {
        count = split(path, parts, "/")
        kept = 0
        for (i = 1; i <= count; ++i) {
            if (parts[i] == ".." && kept > 0) --kept
            else if (parts[i] != ".") stack[++kept] = parts[i]
        }
        text = stack[1]
        for (i = 2; i <= kept; ++i) text = text "/" stack[i]
        return text
    }
    {
        split($0, place, ":")
        at = place[1] ":" place[2]
        if (match($0, /"[^"]*"/)) {
            folder = place[1]
            sub(/\/[^\/]*$/, "", folder)
            print at, place[1], normal(folder "/" substr($0, RSTART + 1, RLENGTH - 2))
        } else if (match($0, /<[^>]*>/)) {
            header = substr($0, RSTART + 1, RLENGTH - 2)
            if (header ~ /^fathom\//) print at, place[1], "include/" header
            else if (header ~ /[.\/]/) print at, "<" header ">"
        }
    }' >"$work/includes"

awk '
    function room_of(path,    parts) { split(path, parts, "/"); return parts[1] "/" parts[2] }
    function fault(text) { print text; ++faults }
    function may_see(room, header,    pattern) {
        for (pattern in patterns) {
            if (!((room, pattern) in sees)) continue
            if (pattern == "*.h" ? header ~ /\.h$/ : index(header, pattern) == 1) return 1
        }
        return 0
    }
    FILENAME == ARGV[1] {
        if ($1 == "room") rooms[$2] = 1
        if ($1 == "allow") allowed[$2, $3] = 1
        if ($1 == "sees") { sees[$2, $3] = 1; patterns[$3] = 1 }
        next
    }
    FILENAME == ARGV[2] {
        room = room_of($1)
        if (!(room in rooms)) fault($1 ": the table of rooms has no row for " room)
        lives[room] = 1
        next
    }
    {
        split($1, place, ":")
        from = room_of(place[1])
        if (NF == 3) {
            to = room_of($3)
            if (from == to) next
            if (to == "include/fathom" && from != "include/fathom") next
            if (!((from, to) in allowed)) fault($1 ": " from " must not include " to " (" $3 ")")
        } else {
            header = substr($2, 2, length($2) - 2)
            if (!may_see(from, header)) fault($1 ": " from " must not see " $2)
        }
    }
    END {
        for (room in rooms) if (!(room in lives)) fault("docs/design.md: the table has a row for " room ", which is not there")
        exit faults > 0
    }' "$work/table" "$work/files" "$work/includes" >&2 || {
    echo "The table of rooms in docs/design.md says what each room may include." >&2
    exit 1
}

# tsort names the members of a circle on standard error.
no_circle() { # WHAT
    if ! tsort >/dev/null 2>"$work/circle"; then
        echo "$1 include each other in a circle:" >&2
        sed 's/^tsort: //' "$work/circle" >&2
        exit 1
    fi
}
awk '$1 == "allow" { print $2, $3 }' "$work/table" | no_circle "Rooms"
awk 'NF == 3 { print $2, $3 }' "$work/includes" | no_circle "Files"

knowing=$(awk '$1 == "sees" && $3 == "*.h" { print $2 }' "$work/table")
without_knowing=$(find src -mindepth 1 -maxdepth 1 -type d | sort | grep -vxF "$knowing")
# shellcheck disable=SC2086 # a list of folders
if grep -rnE '(_WIN32|__linux__|__APPLE__|__unix__|__ANDROID__|_POSIX_[A-Z_]+)\>' $without_knowing >&2; then
    echo "Only these rooms may ask which operating system this is:" $knowing >&2
    exit 1
fi
