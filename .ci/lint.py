#!/usr/bin/env python3
"""Runs clang-tidy on src, a room at a time: .ci/lint.py BUILD_FOLDER JOBS [CHECKS]

Most of what clang-tidy takes for a file it takes for the headers of the standard library. So all files of a room are read at
once, as in a unity build, with the compile commands of BUILD_FOLDER; what is in their unnamed namespaces must not collide.
CHECKS are added to those of .clang-tidy, or with a minus sign left out. What has passed is not looked at again until it
changes.
"""
import collections
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys
import time

MOST_FILES = 20  # at once, so that no room takes much longer than the others
MOST_DAYS = 30  # that it is remembered what has passed
TIDY = ["clang-tidy-19", "-quiet", ",".join(["-checks=-bugprone-suspicious-include", *sys.argv[3:]])]


def rooms(commands):
    """The files of each folder, with the command of one of them."""
    found = collections.defaultdict(dict)
    for entry in commands:
        file = pathlib.Path(entry["file"])
        if re.search(r"/src/.*\.cpp$", entry["file"]) and "CMakeFiles" not in file.parts:
            found[file.parent].setdefault(file, entry)
    return found


def write_units(build, folder):
    """Files that include those of a room, and a compilation database of these, which is returned too."""
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
    return entries


def passed_folder():
    """Where it is kept what has passed: with what was compiled, so that both are empty or neither is."""
    folder = subprocess.run(["ccache", "--get-config", "cache_dir"], capture_output=True, text=True, check=True).stdout
    return pathlib.Path(folder.strip()) / "clang-tidy"


def forget_old(passed):
    for stamp in passed.iterdir():
        if stamp.stat().st_mtime < time.time() - MOST_DAYS * 86_400:
            stamp.unlink()


def tool_and_configuration():
    version = subprocess.run([TIDY[0], "--version"], capture_output=True, check=True).stdout
    return b"\0".join([version, pathlib.Path(".clang-tidy").read_bytes(), " ".join(TIDY).encode()])


def key_of(entry, tool):
    """All that the findings depend on: the tool, its configuration and what the compiler reads, NOLINT comments included."""
    command = shlex.split(entry["command"])
    output = command.index("-o")
    del command[output : output + 2]
    if command[0].endswith("ccache"):
        del command[0]
    text = subprocess.run([*command, "-w", "-E", "-C", "-P"], cwd=entry["directory"], capture_output=True, check=True).stdout
    return hashlib.sha256(b"\0".join([tool, text])).hexdigest()


def has_passed(folder, passed, tool, entry):
    """Looks at a unit, unless what is in it has passed before. @return whether nothing was found"""
    stamp = passed / key_of(entry, tool)
    if stamp.exists():
        stamp.touch()
        return True
    done = subprocess.run([*TIDY, "-p", folder, entry["file"]], capture_output=True, text=True)
    print(entry["file"], done.stdout + done.stderr, sep="\n", flush=True)
    if done.returncode == 0:
        stamp.touch()
    return done.returncode == 0


def main():
    build, jobs = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    folder = build.parent / "lint"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.cpp"):
        old.unlink()
    passed = passed_folder()
    passed.mkdir(parents=True, exist_ok=True)
    forget_old(passed)
    entries = write_units(build, folder)
    tool = tool_and_configuration()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(lambda entry: has_passed(folder, passed, tool, entry), entries))
    sys.exit(0 if all(results) else 1)


main()
