#!/usr/bin/env python3
"""Draws what a program shows in a terminal, as SVG: docs/pictures/terminal.py COLUMNS COMMAND..."""
import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios

CELL, LINE, MARGIN = 8.4, 19, 16  # of a font of 14 pixels
STYLES = {"1": 'font-weight="700"', "36": 'fill="#8be0d8"'}


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


def spans(line):
    """The line with its colours as elements; each style ends where the next begins."""
    parts = re.split(r"\x1b\[([0-9;]*)m", line)
    drawn = html.escape(parts[0])
    for style, text in zip(parts[1::2], parts[2::2]):
        attributes = STYLES.get(style, "")
        drawn += f"<tspan {attributes}>{html.escape(text)}</tspan>" if attributes else html.escape(text)
    return drawn


def main():
    columns, command = int(sys.argv[1]), sys.argv[2:]
    os.environ["COLUMNS"] = str(columns)
    lines = ["$ fathom " + " ".join(command[1:])] + output_of(columns, command).rstrip("\n").split("\n")
    width, height = round(columns * CELL) + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">')
    print(f"<title>{html.escape(lines[0])}</title>")
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#161a22"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#dfe3ea">')
    for number, line in enumerate(lines):
        y = MARGIN + LINE * number + 14
        print(f'<text x="{MARGIN}" y="{y}" xml:space="preserve">{spans(line)}</text>')
    print("</g>\n</svg>")


main()
