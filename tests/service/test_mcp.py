"""The tools of the Model Context Protocol, through the SDK's real client: over HTTP, and over a process's standard input and output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, PARA_23, SmallAssistant

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(SmallAssistant)) as address:
        wait_until_ready(address)
        yield f"{address}/mcp"


def through(server: Any, work: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await work(client)

    return anyio.run(run)


def call(server: Any, tool: str, **arguments: object) -> dict[str, Any]:
    reply = through(server, lambda client: client.call_tool(tool, arguments))
    assert not reply.is_error, reply.content[0].text
    found: dict[str, Any] = json.loads(reply.content[0].text)
    return found


def test_tools_are_listed(address: str) -> None:
    tools = through(address, lambda client: client.list_tools()).tools
    assert [one.name for one in tools] == ["ask", "search", "get_provision", "verify", "list_instruments"]
    assert all(one.description for one in tools)


def test_ask_answers_with_citations(address: str) -> None:
    found = call(address, "ask", question="human rights?")
    assert (found["status"], found["citations"][0]["id"]) == ("answered", f"{DECLARATION}/para-23")


def test_search_finds_provisions(address: str) -> None:
    assert call(address, "search", query="non-refoulement and human", k=1)["hits"][0]["id"].startswith(DECLARATION)


def test_provision_is_read_by_its_id(address: str) -> None:
    assert call(address, "get_provision", id=f"{DECLARATION}/para-23")["text"] == PARA_23


def test_text_is_verified(address: str) -> None:
    assert call(address, "verify", text="Para. 23 says “human rights”.")["claims"][0]["verdict"] == "verbatim"


def test_instruments_are_listed(address: str) -> None:
    assert len(call(address, "list_instruments")["instruments"]) == 3


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get_provision", {"id": f"{DECLARATION}/para-99"}),
        ("ask", {"question": " "}),
        ("ask", {"question": "rights", "instruments": ["nope"]}),
        ("ask", {"question": "rights", "mode": "generative"}),
        ("search", {"query": "a", "k": 1000}),
        ("verify", {}),
    ],
)
def test_bad_call_is_told_as_the_tools_error(address: str, tool: str, arguments: dict[str, object]) -> None:
    reply = through(address, lambda client: client.call_tool(tool, arguments))
    assert reply.is_error
    assert reply.content[0].text


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".khartoum" / "current").exists(), reason="needs an index: run `khartoum ingest`")
def test_command_speaks_over_standard_input_and_output() -> None:
    environment = {**os.environ, "KHARTOUM_HOME": str(ROOT / ".khartoum"), "KHARTOUM_LLM": ""}
    server = StdioServerParameters(command=sys.executable, args=["-m", "service", "mcp"], env=environment, cwd=str(ROOT))
    assert call(server, "get_provision", id=f"{DECLARATION}/para-28")["verb"] == "decide"
