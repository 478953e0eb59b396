"""Drives `fathom mcp` by the official SDK of the Model Context Protocol, which checks each message by its own schemas,
and each structured result by the schema that the tool gave.

Usage: mcp_client.py FATHOM BASE_URL API_KEY HOME
"""

import asyncio
import sys

from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

fathom, base_url, api_key, home = sys.argv[1:]


def server(*options):
    environment = {"FATHOM_API_KEY": api_key, "FATHOM_BASE_URL": base_url, "HOME": home}
    return StdioServerParameters(command=fathom, args=["mcp", *options], env=environment)


async def read(client, revision):
    assert client.session.protocol_version == revision, client.session.protocol_version
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert all(tool.annotations.read_only_hint for tool in tools.values()), tools
    sites = (await client.call_tool("list_sites", {"limit": 3})).structured_content["sites"]
    assert len(sites) == 3, sites
    site = sites[0]["id"]
    for tool in ("list_events", "list_milestones", "current_visitors"):
        result = await client.call_tool(tool, {"site_id": site})
        assert not result.is_error, result
    report = await client.call_tool("report_pageviews", {"site_id": site, "last": "7d", "by": "day"})
    # A day that has only just begun in the site's zone has no visits yet, and no row.
    assert not report.is_error and len(report.structured_content["rows"]) in (6, 7), report
    assert (await client.call_tool("quota", {})).structured_content["limits"][0]["free"] < 10
    wrong = await client.call_tool("report_pageviews", {"site_id": site, "by": "fortnight"})
    assert wrong.is_error, wrong
    try:
        await client.call_tool("delete_site", {"site_id": site, "name": "x"})
        raise AssertionError("delete_site is there without --allow-write")
    except MCPError as error:
        assert error.code == -32602, error


async def write(client):
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert tools["delete_site"].annotations.destructive_hint
    site = (await client.call_tool("create_site", {"name": "By an assistant"})).structured_content["id"]
    kept = await client.call_tool("delete_site", {"site_id": site, "name": "Another"})
    assert kept.is_error, kept
    gone = await client.call_tool("delete_site", {"site_id": site, "name": "By an assistant"})
    assert gone.structured_content == {"done": True}, gone


async def main():
    async with Client(server(), mode="auto") as client:
        await read(client, "2026-07-28")
    async with Client(server(), mode="legacy") as client:
        await read(client, "2025-11-25")
    async with Client(server("--allow-write")) as client:
        await write(client)


asyncio.run(main())
print("The SDK of the Model Context Protocol found nothing wrong.")
