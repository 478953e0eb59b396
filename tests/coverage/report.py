#!/usr/bin/env python3
"""Prints how much of each room of src the tests ran, and fails where it is less than was agreed.

    tests/coverage/report.py build/asan             a table of rooms
    tests/coverage/report.py build/asan --missing   also each file, and its lines that never ran

Files of which less than 90 % of lines ran stand below the table, each with its reason from not_covered.txt; without one
the report fails.

The build is one with clang and FATHOM_COVERAGE=ON whose tests ran with LLVM_PROFILE_FILE=<build>/profiles/%2m.profraw.
Branches are those of the source's conditions: what unwinds after an exception is none.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

LEAST_LINES = 95.0
LEAST_BRANCHES = 85.0
EXPLAINED_BELOW = 90.0  # of a file's lines: not_covered.txt says why
# Made-up visitors: a table of words and dice.
LEFT_OUT = re.compile(r"/src/testing/emulator/(sample_data|sample_vocabulary)\.[ch]pp$")


def merged_profile(build):
    raw = sorted((build / "profiles").glob("*.profraw"))
    if not raw:
        sys.exit(f"There are no profiles in {build}/profiles: run the tests of that build first.")
    profile = build / "profiles" / "all.profdata"
    # A process that a test kills while it writes leaves a file that cannot be read: the others are enough.
    subprocess.run(["llvm-profdata-19", "merge", "-sparse", "--failure-mode=all", "-o", profile, *raw], check=True)
    return profile


def programs(build):
    found = [p for p in build.rglob("fathom[_-]*") if p.is_file() and not p.suffix and os.access(p, os.X_OK)]
    return sorted(p for p in found if b"__llvm_covmap" in p.read_bytes())


def exported(build, *options):
    first, *others = programs(build)
    command = ["llvm-cov-19", "export", f"-instr-profile={merged_profile(build)}", *options, first]
    for program in others:
        command += ["-object", program]
    output = subprocess.run(command, check=True, capture_output=True).stdout
    return json.loads(output)["data"][0]["files"]


class Count:
    def __init__(self, covered=0, count=0):
        self.covered, self.count = covered, count

    def add(self, other):
        self.covered += other.covered
        self.count += other.count

    def percent(self):
        return 100.0 * self.covered / self.count if self.count else 100.0

    def __str__(self):
        return f"{self.covered:6d} of {self.count:6d} {self.percent():6.1f} %"


def reasons():
    """Why files are not covered, by their path in src."""
    lines = (pathlib.Path(__file__).parent / "not_covered.txt").read_text().splitlines()
    return dict(re.split(r"\s{2,}", line, maxsplit=1) for line in lines if line and not line.startswith("#"))


def missing_lines(file):
    """Lines on which a region starts that never ran."""
    lines = {line for line, _, count, counted, entry, gap in file["segments"] if counted and entry and not gap and count == 0}
    return " ".join(str(line) for line in sorted(lines))


def main():
    build = pathlib.Path(sys.argv[1])
    with_missing = "--missing" in sys.argv[2:]
    why = reasons()
    little, unexplained = [], []
    rooms = collections.defaultdict(lambda: {"lines": Count(), "branches": Count()})
    for file in exported(build, *([] if with_missing else ["-summary-only"])):
        name = file["filename"]
        if "/src/" not in name or LEFT_OUT.search(name):
            continue
        path = name.rsplit("/src/", 1)[1]
        lines, branches = (Count(file["summary"][k]["covered"], file["summary"][k]["count"]) for k in ("lines", "branches"))
        rooms[path.split("/")[0]]["lines"].add(lines)
        rooms[path.split("/")[0]]["branches"].add(branches)
        if lines.percent() < EXPLAINED_BELOW:
            little.append(f"{path:34} {lines}  {why.get(path, 'no reason is named')}")
            if path not in why:
                unexplained.append(path)
        if with_missing:
            print(f"{path:44} {lines}  {branches}  {missing_lines(file)}")

    total = {"lines": Count(), "branches": Count()}
    print(f"{'room':12} {'lines':>25}  {'branches':>25}")
    for room, counts in sorted(rooms.items()):
        print(f"{room:12} {counts['lines']}  {counts['branches']}")
        for kind, count in counts.items():
            total[kind].add(count)
    print(f"{'all':12} {total['lines']}  {total['branches']}")
    print(f"\nFiles with less than {EXPLAINED_BELOW:.0f} % of lines, and why:")
    print("\n".join(sorted(little)))
    lines, branches = total["lines"].percent(), total["branches"].percent()
    print(f"\nCoverage: {lines:.1f} % of lines, {branches:.1f} % of branches")
    if unexplained:
        sys.exit("Test more of these, or say in not_covered.txt why that cannot be: " + ", ".join(unexplained))
    if lines < LEAST_LINES or branches < LEAST_BRANCHES:
        sys.exit(f"That is less than {LEAST_LINES:.0f} % of lines and {LEAST_BRANCHES:.0f} % of branches.")


main()
