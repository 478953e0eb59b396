#!/usr/bin/env python3
"""Runs clang-tidy on src, a room at a time: .ci/lint.py BUILD_FOLDER JOBS

Most of what clang-tidy takes for a file it takes for the headers of the standard library. So all files of a room are read at
once, as in a unity build, with the compile commands of BUILD_FOLDER; what is in their unnamed namespaces must not collide.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

MOST_FILES = 20  # at once, so that no room takes much longer than the others


def rooms(commands):
    """The files of each folder, with the command of one of them."""
    found = collections.defaultdict(dict)
    for entry in commands:
        file = pathlib.Path(entry["file"])
        if re.search(r"/src/.*\.cpp$", entry["file"]) and "CMakeFiles" not in file.parts:
            found[file.parent].setdefault(file, entry)
    return found


def write_units(build, folder):
    """Files that include those of a room, and a compilation database of these."""
    commands = json.loads((build / "compile_commands.json").read_text())
    entries = []
    for room, files in rooms(commands).items():
        names = sorted(files)
        for number, first in enumerate(range(0, len(names), MOST_FILES)):
            unit = folder / f"{'_'.join(room.parts[room.parts.index('src') + 1:])}_{number}.cpp"
            unit.write_text("".join(f'#include "{name}"\n' for name in names[first : first + MOST_FILES]))
            entry = files[names[first]]
            command = entry["command"].replace(str(names[first]), str(unit)) + f" -I{room} -Wno-shadow"
            entries.append({**entry, "file": str(unit), "command": command})
    (folder / "compile_commands.json").write_text(json.dumps(entries, indent=1))


def main():
    build, jobs = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    folder = build.parent / "lint"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.cpp"):
        old.unlink()
    write_units(build, folder)
    tidy = ["run-clang-tidy-19", "-quiet", "-j", jobs, "-p", str(folder), "-checks=-bugprone-suspicious-include"]
    sys.exit(subprocess.run(tidy).returncode)


main()
