#!/usr/bin/env python3
"""Fails where a page of the site links to a page or shows a picture that is not there, or where the site has no landing page;
and where a document of the sources links to a file or a heading that is not there, since the site's links have no headings.

    check_links.py FOLDER
"""
import collections
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
missing = set()
for page in folder.glob("*.html"):
    for target in re.findall(r'(?:href|src)="([^"#:]+)(?:#[^"]*)?"', page.read_text(encoding="utf-8")):
        if not (folder / target).exists():
            missing.add(f"{page.name}: {target}")


def without_code(document):
    """The text of a document, but for its blocks of code."""
    return re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(document):
    """The anchors that GitHub gives to the headings of a document; a heading that comes again gets a number."""
    found, times = [], collections.Counter()
    for heading in re.findall(r"^#+ (.*)$", without_code(document), re.MULTILINE):
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        found.append(f"{anchor}-{times[anchor]}" if times[anchor] else anchor)
        times[anchor] += 1
    return found


root = pathlib.Path(__file__).parent.parent
for document in [found for places in ("*.md", "docs/**/*.md", ".github/**/*.md", "tests/**/*.md") for found in root.glob(places)]:
    text = re.sub(r"`[^`\n]*`", "", without_code(document))
    for path, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)", text):
        target = document.parent / path if path else document
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            missing.add(f"{document.relative_to(root)}: {path}{'#' if anchor else ''}{anchor}")
if missing:
    sys.exit("Links to nowhere:\n" + "\n".join(sorted(missing)))
if "A typed C++20 client" not in (folder / "index.html").read_text(encoding="utf-8"):
    sys.exit("index.html does not say what the library is")
