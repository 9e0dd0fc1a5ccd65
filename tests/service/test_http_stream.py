"""An answer as server-sent events carries what the whole answer does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.http import create_app
from service.stream import event, sentences
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(create_app(SmallAssistant)) as address, httpx.Client(base_url=address, trust_env=False) as client:
        wait_until_ready(address)
        yield client


def streamed(client: httpx.Client, question: str) -> list[tuple[str, Any]]:
    reply = client.post("/v1/ask", json={"question": question, "stream": True, "conversation_id": "c"})
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    blocks = [block.split("\n") for block in reply.text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_stream_ends_with_the_whole_answer_and_its_pieces_make_it(client: httpx.Client) -> None:
    whole = client.post("/v1/ask", json={"question": "rights", "conversation_id": "c"}).json()
    found = streamed(client, "rights")
    assert [name for name, _ in found] == ["citation", "sentence", "done"]
    assert found[-1][1] | {"took_ms": 0} == whole | {"took_ms": 0}
    assert [data for name, data in found if name == "citation"] == whole["citations"]
    assert "".join(data["text"] for name, data in found if name == "sentence") == whole["answer"]


def test_refusal_streams_too(client: httpx.Client) -> None:
    assert [name for name, _ in streamed(client, "how to cook?")] == ["sentence", "done"]


def test_bad_request_is_a_problem_and_no_stream(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": "a", "instruments": ["nope"], "stream": True})
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")


def test_pinpoint_does_not_end_a_sentence() -> None:
    text = "In para. 23 the ministers say “x” [1]. Para. 12 does too [2]. « Fin » ?"
    assert sentences(text) == ["In para. 23 the ministers say “x” [1].", " Para. 12 does too [2].", " « Fin » ?"]


@given(st.text(alphabet="aB. ?!\n[1]“ا؟", max_size=60))
def test_sentences_leave_nothing_out(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(st.text())
def test_event_is_one_block_whatever_it_carries(text: str) -> None:
    name, data, end, rest = event("sentence", {"text": text}).split("\n")
    assert (name, end, rest) == ("event: sentence", "", "")
    assert json.loads(data.removeprefix("data: ")) == {"text": text}
