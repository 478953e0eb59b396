#!/usr/bin/env python3
"""Fails where a value of the public API cannot be compared, printed and formatted, or is printed without one of its members.

    value_types.py TOP    reads docs/public-api.txt, the tables of <fathom/.../format.hpp> and those of printed members

What is a value is told by its `operator==` or `operator<<`; those that have one of them need the other.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1])
# What a call is told of lives only as long as its event.
WITHOUT_EQUALITY = {"AttemptEnded", "AttemptStarted", "CallEnded", "CallStarted", "DriftFound", "LimiterWaitStarted",
                    "LimiterWaited", "RetryScheduled", "testing::EmulatorOptions", "KnownField"}
NOT_PRINTED = {"ListIterator"}
MEMBERS_NOT_PRINTED = {("CallOptions", "response"), ("CallOptions", "limit_notice"), ("HistoryPiece", "report")}


def read(*names):
    return "".join((TOP / name).read_text() for name in names)


listing = re.sub(r"\bfathom::", "", read("docs/public-api.txt"))
# Templates that are printed for both kinds of report.
both = {f"{kind}{name}": (name if name != "Query" else "ReportQuery")
        for name in ("HistoryPiece", "HistoryQuery", "Query", "Report") for kind in ("Pageview", "Event")}

compared = set(re.findall(r"friend bool ([\w:]+)::operator==\(", listing))
members = set(re.findall(r"ostream& ([\w:]+)::operator<<\(", listing)) - {"redis", "testing"}
free = {(scope or "") + both.get(name, name)
        for scope, name in re.findall(r"^std::ostream& (\w+::)?operator<<\(std::ostream& out, (?:const )?([\w:]+)",
                                      listing, re.MULTILINE)}
enumerations = set(re.findall(r"^enum class ([\w:]+)", listing, re.MULTILINE))
printed = {name for name in members | free} - {"Enum"}
tables = read("include/fathom/format.hpp", "include/fathom/redis/format.hpp", "include/fathom/testing/format.hpp")
formatted = set(re.findall(r"struct std::formatter<fathom::([\w:]+)", tables))

faults = [f"{name} prints but does not compare" for name in printed - compared - enumerations - WITHOUT_EQUALITY - free]
faults += [f"{name} compares but does not print" for name in compared - printed - NOT_PRINTED]
faults += [f"{name} prints but has no std::formatter" for name in (printed | enumerations) - formatted]

member_tables = read("src/printing/members.hpp", "src/json/fields.hpp")
in_tables = {(owner.rpartition("::")[2], name)
             for owner, name in re.findall(r"Field<&([\w:]+)(?:<Metric>)?::(\w+)>", member_tables)}
owners = {owner for owner, _ in in_tables}
for owner, name in re.findall(r"^[^(\n]* ([\w:]+)::(\w+)(?: =.*| \{.*)?$", listing, re.MULTILINE):
    short = owner.rpartition("::")[2]
    if short in owners and owner in printed and (short, name) not in in_tables | MEMBERS_NOT_PRINTED:
        faults.append(f"{owner} is printed without its member {name}")

for fault in sorted(faults):
    print(fault)
sys.exit(1 if faults else 0)
