#!/usr/bin/env python3
"""How long the command line takes to start, beside curl's: tests/benchmark/start_time.py BUILD_FOLDER

The build folder must be of a Release build with FATHOM_BUILD_CLI=ON. Both tell their versions, one after the other in each
of 101 rounds; the figure is the median of the rounds' ratios.
"""
import statistics
import subprocess
import sys
import time


def seconds(program):
    before = time.perf_counter()
    subprocess.run([program, "--version"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before


ours = f"{sys.argv[1]}/src/cli/fathom"
ratios = [seconds(ours) / seconds("curl") for _ in range(101)]
print(f"fathom --version beside curl --version: ratio {statistics.median(ratios):.2f} (goal <= 1.50)")
