#!/usr/bin/env python3
"""Fails where a page of the site links to a page or shows a picture that is not there, or where the site has no landing page.

    check_links.py FOLDER
"""
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
missing = set()
for page in folder.glob("*.html"):
    for target in re.findall(r'(?:href|src)="([^"#:]+)(?:#[^"]*)?"', page.read_text(encoding="utf-8")):
        if not (folder / target).exists():
            missing.add(f"{page.name}: {target}")
if missing:
    sys.exit("Links to nowhere:\n" + "\n".join(sorted(missing)))
if "A typed C++20 client" not in (folder / "index.html").read_text(encoding="utf-8"):
    sys.exit("index.html does not say what the library is")
