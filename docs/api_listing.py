#!/usr/bin/env python3
"""Lists the public API in docs/public-api.txt, a line for each name, so that each change of it shows in a review.

    api_listing.py write             lists it anew; refuses where the version must change first
    api_listing.py check             fails where the listing in the tree is not the API, or where write would refuse
    api_listing.py judge OLD NEW     says whether the listing NEW may follow on OLD (for the test of this program)

The names come from Doxygen, which reads the headers as docs/Doxyfile says. docs/public-api.md tells what the lists are for.
"""
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTING = ROOT / "docs/public-api.txt"
HEADING = "# The public API, listed by docs/api_listing.py; see docs/public-api.md."
KINDS = ("class", "struct", "namespace", "concept")


def text_of(element):
    """The text of an element and all below, with single spaces, and without those that only some Doxygens write."""
    if element is None:
        return ""
    text = " ".join("".join(element.itertext()).split())
    text = re.sub(r"FATHOM_(\w+_)?EXPORT ", "", text).replace("< ", "<").replace(" >", ">")
    return re.sub(r" ?([&*]+) ?(?=\w)", r"\1 ", re.sub(r" ([&*]+)", r"\1", text))


def template_of(element):
    parameters = []
    for parameter in element.findall("templateparamlist/param"):
        name = text_of(parameter.find("declname"))
        default = text_of(parameter.find("defval"))
        kind = text_of(parameter.find("type"))
        spelled = kind if not name or kind.endswith(" " + name) else f"{kind} {name}"
        parameters.append(spelled + (f" = {default}" if default else ""))
    requires = text_of(element.find("requiresclause"))
    return (f"template <{', '.join(parameters)}> " if parameters else "") + (f"requires {requires} " if requires else "")


def lines_of_member(member, owner):
    """The name of a member and a line for it; for an enumeration, one more for each enumerator."""
    kind, name = member.get("kind"), member.findtext("name")
    full_name = f"{owner}::{name}"
    if kind == "enum":
        scoped = "enum class" if member.get("strong") == "yes" else "enum"
        base = text_of(member.find("type"))
        yield full_name, f"{scoped} {full_name}" + (f" : {base}" if base else "")
        for value in member.findall("enumvalue"):
            yield full_name, f"enumerator {full_name}::{value.findtext('name')}"
        return
    words = [word for word in ("static", "explicit") if member.get(word) == "yes"]
    words += ["virtual"] if member.get("virt") in ("virtual", "pure-virtual") else []
    words += ["friend"] if kind == "friend" else []
    words += ["using"] if kind == "typedef" else []
    result = re.sub(r"^(friend|static|constexpr|inline|virtual|explicit) ", "", text_of(member.find("type")))
    signature = " ".join([*words, f"{result} {full_name}".strip()]) + text_of(member.find("argsstring"))
    initializer = text_of(member.find("initializer")) if kind == "variable" else ""
    yield full_name, template_of(member) + signature + (f" {initializer}" if initializer else "")


def lines_of_compound(compound):
    kind, name = compound.get("kind"), compound.findtext("compoundname")
    if kind != "namespace":
        bases = [text_of(base) for base in compound.findall("basecompoundref")]
        yield name, f"{template_of(compound)}{kind} {name}" + (f" : {', '.join(bases)}" if bases else "")
    for member in compound.iter("memberdef"):
        is_public = member.get("prot") == "public" or member.get("kind") == "friend"
        is_class = member.get("kind") == "friend" and text_of(member.find("type")).endswith(("class", "struct"))
        if is_public and not is_class and name != "std":
            yield from lines_of_member(member, name)


def version():
    """The version, and whether the change log has its release."""
    header = (ROOT / "include/fathom/version.hpp").read_text()
    number = re.search(r'version = "([0-9.]+)"', header).group(1)
    return number, f"## [{number}]" in (ROOT / "CHANGELOG.md").read_text()


def listing():
    with tempfile.TemporaryDirectory() as folder:
        settings = (ROOT / "docs/Doxyfile").read_text()
        settings += f"\nOUTPUT_DIRECTORY = {folder}\nGENERATE_HTML = NO\nGENERATE_XML = YES\nXML_OUTPUT = xml\n"
        subprocess.run(["doxygen", "-"], input=settings, text=True, cwd=ROOT, check=True)
        lines = set()
        for file in pathlib.Path(folder, "xml").glob("*.xml"):
            for compound in xml.parse(file).getroot().findall("compounddef"):
                name = compound.findtext("compoundname")
                if compound.get("kind") in KINDS and "detail" not in name.split("::"):
                    lines.update(lines_of_compound(compound))
    number, is_released = version()
    stamp = f"# version {number}, {'released' if is_released else 'unreleased'}"
    return "\n".join([HEADING, stamp, "", *(line for _, line in sorted(lines)), ""])


def stamp_of(text):
    """The version that a listing was made for, and whether that was released."""
    found = re.search(r"^# version (\S+), (released|unreleased)$", text, re.MULTILINE)
    if not found:
        sys.exit("api_listing: the listing does not tell its version")
    return found.group(1), found.group(2) == "released"


def names_in(text):
    return {line for line in text.splitlines() if line and not line.startswith("#")}


def breaking_part(number):
    """What of a version must change when names go: before 1.0 the minor version, later the major one."""
    major, minor = number.split(".")[:2]
    return (major, minor) if major == "0" else (major,)


def refusal(old, new):
    """Why the one listing may not follow on the other."""
    old_version, was_released = stamp_of(old)
    gone = sorted(names_in(old) - names_in(new))
    has_new_version = breaking_part(stamp_of(new)[0]) != breaking_part(old_version)
    if not gone or has_new_version or not was_released:
        return ""
    return "\n".join([f"These were released with {old_version}, and are gone or changed:", *("  " + line for line in gone),
                      "Change the version in include/fathom/version.hpp first; docs/public-api.md says how."])


def main(arguments):
    if arguments[:1] == ["judge"] and len(arguments) == 3:
        return refusal(*(pathlib.Path(name).read_text() for name in arguments[1:]))
    if arguments not in (["write"], ["check"]):
        return __doc__
    new = listing()
    old = LISTING.read_text() if LISTING.exists() else new
    problem = refusal(old, new)
    if not problem and arguments == ["write"]:
        LISTING.write_text(new)
    elif not problem and old != new:
        changes = difflib.unified_diff(old.splitlines(), new.splitlines(), "docs/public-api.txt", "the headers", "", "", 0, "")
        problem = "\n".join([*changes, "The public API has changed: run docs/api_listing.py write, and look at what it writes."])
    return problem


sys.exit(main(sys.argv[1:]) or 0)
