#!/usr/bin/env python3
"""What programs get from `fathom exporter` and `fathom mcp`, in lines for a picture:

    answers.py scrape URL         the figures of sites, once there are some
    answers.py tools COMMAND...   the tools, and what each is for
"""
import json
import subprocess
import sys
import time
import urllib.request


def scraped(url):
    """Without the time of the last success, which is another in each picture."""
    while True:
        lines = urllib.request.urlopen(url).read().decode().splitlines()
        figures = [line for line in lines if '{site="' in line and "timestamp" not in line]
        count = {name: sum(line.startswith(name) for line in figures) for name in ("fathom_site_info", "fathom_visits_today")}
        if 0 < count["fathom_site_info"] == count["fathom_visits_today"]:
            return figures
        time.sleep(0.1)


def tools(command):
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "picture", "version": "1"}}
    questions = [{"id": 1, "method": "initialize", "params": hello}, {"id": 2, "method": "tools/list"}]
    asked = "".join(json.dumps({"jsonrpc": "2.0", **question}) + "\n" for question in questions)
    answers = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout.splitlines()
    listed = next(answer for answer in map(json.loads, answers) if answer["id"] == 2)["result"]["tools"]
    width = max(len(tool["name"]) for tool in listed)
    return [f"{tool['name']:{width}}  {tool['description'].split('. ')[0]}" for tool in listed]


what, *rest = sys.argv[1:]
print("\n".join(scraped(*rest) if what == "scrape" else tools(rest)))
