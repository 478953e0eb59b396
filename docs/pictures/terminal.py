#!/usr/bin/env python3
"""Draws what a program shows in a terminal, as SVG:

    terminal.py COLUMNS COMMAND...        what it has shown when it ends
    terminal.py COLUMNS - COMMAND...      what is read from the standard input, under that command
"""
import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios

CELL, LINE, MARGIN = 8.4, 19, 16  # of a font of 14 pixels
BOLD, QUIET, CYAN, RED = ('font-weight="700"', 'fill-opacity="0.6"', 'fill="#8be0d8"', 'fill="#ff9d9d"')
# What each code of a terminal's styles adds, and which of these it takes away.
ADDED = {"1": BOLD, "2": QUIET, "31": RED, "36": CYAN}
ENDED = {"": [BOLD, QUIET, CYAN, RED], "0": [BOLD, QUIET, CYAN, RED], "22": [BOLD, QUIET], "39": [CYAN, RED]}


def output_of(columns, command):
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 500, columns, 0, 0))
    shown = b""
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:  # the program has ended
        pass
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(shown.decode())
    return shown.decode().replace("\r\n", "\n")


def left_of(line):
    """What stays of a line that was written again and again, each time from its start."""
    return re.split(r"\r(?:\x1b\[K)?", line)[-1]


def drawn(lines):
    """The lines with their styles as elements; a style goes on from line to line."""
    styles = []
    for line in lines:
        parts = re.split(r"\x1b\[([0-9;]*)m", line)
        spans = html.escape(parts[0]) if not styles else f"<tspan {' '.join(styles)}>{html.escape(parts[0])}</tspan>"
        for codes, text in zip(parts[1::2], parts[2::2]):
            for code in codes.split(";"):
                styles = [style for style in styles if style not in ENDED.get(code, [])]
                styles += [ADDED[code]] if code in ADDED else []
            if text:
                spans += f"<tspan {' '.join(styles)}>{html.escape(text)}</tspan>" if styles else html.escape(text)
        yield spans


def main():
    columns, command = int(sys.argv[1]), sys.argv[2:]
    os.environ["COLUMNS"] = str(columns)
    if command[0] == "-":
        shown = sys.stdin.read()
    else:
        shown = output_of(columns, command)
    prompt = html.escape("$ fathom " + " ".join(command[1:]))
    lines = [prompt] + list(drawn(left_of(line) for line in shown.rstrip("\n").split("\n")))
    width, height = round(columns * CELL) + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">')
    print(f"<title>{prompt}</title>")
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#161a22"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#dfe3ea">')
    for number, line in enumerate(lines):
        y = MARGIN + LINE * number + 14
        print(f'<text x="{MARGIN}" y="{y}" xml:space="preserve">{line}</text>')
    print("</g>\n</svg>")


main()
