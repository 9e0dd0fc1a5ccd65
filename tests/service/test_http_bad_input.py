"""Bad input is refused once, at the edge, with a problem that says what and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, SmallAssistant

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(create_app(SmallAssistant)) as address, httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        wait_until_ready(address)
        yield client


def assert_problem(reply: httpx.Response, status: int, **places: str) -> None:
    """`places` is `pointer=…` or `parameter=…` of one of its errors."""
    body = reply.json()
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
    assert (body["status"], bool(body["title"]), bool(body["detail"])) == (status, True, True)
    assert "Traceback" not in reply.text
    for name, value in places.items():
        assert value in [error.get(name) for error in body["errors"]], reply.text


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/question"),
        ({"question": ""}, "/question"),
        ({"question": " \n\t\u00a0"}, "/question"),
        ({"question": "\u200b\u2060"}, "/question"),
        ({"question": "x" * 2001}, "/question"),
        ({"question": "a\u0000b"}, "/question"),
        ({"question": "a\u001b[31m"}, "/question"),
        ({"question": "a\u0085b"}, "/question"),
        ({"question": None}, "/question"),
        ({"question": 12}, "/question"),
        ({"question": ["a"]}, "/question"),
        ({"question": {"a": "b"}}, "/question"),
        ({"question": "a", "instruments": "all"}, "/instruments"),
        ({"question": "a", "instruments": [DECLARATION, "no-such-text"]}, "/instruments/1"),
        ({"question": "a", "instruments": [DECLARATION, 3]}, "/instruments/1"),
        ({"question": "a", "instruments": [DECLARATION] * 51}, "/instruments"),
        ({"question": "a", "language": "de"}, "/language"),
        ({"question": "a", "mode": "fast"}, "/mode"),
        ({"question": "a", "mode": "generative"}, "/mode"),
        ({"question": "a", "stream": "yes"}, "/stream"),
        ({"question": "a", "stream": 1}, "/stream"),
        ({"question": "a", "conversation_id": "a b"}, "/conversation_id"),
        ({"question": "a", "conversation_id": "a" * 65}, "/conversation_id"),
        ({"question": "a", "Question": "b"}, "/Question"),
        ({"question": "a", "x/y~z": 1}, "/x~1y~0z"),
    ],
)
def test_field_that_cannot_be_is_named_by_a_json_pointer(client: httpx.Client, body: dict[str, Any], pointer: str) -> None:
    assert_problem(client.post("/v1/ask", json=body), 422, pointer=pointer)


@pytest.mark.parametrize(
    ("content", "status", "pointer"),
    [
        (b'{"question": "\\ud800"}', 422, "/question"),
        (b'{"question": "a", "language": "\\udfff"}', 422, "/language"),
        (b'{"question": "a", "\\ud800": 1}', 422, ""),
        (b'{"question": "a", "stream": NaN}', 422, "/stream"),
        (b'{"question": Infinity}', 422, "/question"),
        (b"", 422, ""),
        (b"null", 422, ""),
        (b'"a"', 422, ""),
        (b"[1, 2]", 422, ""),
        (b"{", 400, ""),
        (b"{'question': 'a'}", 400, ""),
        (b'{"question": "a"} trailing', 400, ""),
        (b'{"question": "a\x01"}', 400, ""),
    ],
)
def test_body_that_is_no_request_is_refused(client: httpx.Client, content: bytes, status: int, pointer: str) -> None:
    assert_problem(client.post("/v1/ask", content=content, headers=JSON), status, pointer=pointer)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b'{"question": "\xc3"}', b"[" * 30_000, b'{"a":' * 10_000, b'{"question": ' + b"1" * 5000 + b"}"],
    ids=["no UTF-8", "half a character", "nested lists", "nested objects", "number of 5,000 digits"],
)
def test_body_that_json_cannot_read_is_refused(client: httpx.Client, content: bytes) -> None:
    assert_problem(client.post("/v1/ask", content=content, headers=JSON), 400)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"])
def test_body_that_is_not_declared_as_json_is_refused(client: httpx.Client, content_type: str) -> None:
    reply = client.post("/v1/ask", content=b'{"question": "rights"}', headers={"content-type": content_type})
    assert_problem(reply, 415, pointer="")


def test_json_with_a_charset_or_a_suffix_is_json(client: httpx.Client) -> None:
    for content_type in ("application/json; charset=utf-8", "Application/JSON", "application/problem+json"):
        assert client.post("/v1/ask", content=b'{"question": "rights"}', headers={"content-type": content_type}).status_code == 200


def padded(size: int) -> bytes:
    start = b'{"question": "rights"'
    return start + b" " * (size - len(start) - 1) + b"}"


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1_000_000])
def test_body_over_64_kib_is_refused_however_it_is_sent(client: httpx.Client, size: int) -> None:
    def in_chunks() -> Iterator[bytes]:
        content = padded(size)
        for start in range(0, len(content), 5000):
            yield content[start : start + 5000]

    assert_problem(client.post("/v1/ask", content=padded(size), headers=JSON), 413)
    assert_problem(client.post("/v1/ask", content=in_chunks(), headers=JSON), 413)


def test_body_of_64_kib_is_read(client: httpx.Client) -> None:
    assert client.post("/v1/ask", content=padded(64 * 1024), headers=JSON).status_code == 200


@pytest.mark.parametrize("question", ["x" * 2000, "حقوق الإنسان؟", "rights\u200f\u200d", "👩‍👩‍👧 rights", "a\tb\r\nc"])
def test_question_that_a_person_can_mean_is_answered(client: httpx.Client, question: str) -> None:
    assert client.post("/v1/ask", json={"question": question}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/v1/search", 422, "q"),
        ("/v1/search?q=", 422, "q"),
        ("/v1/search?q=%00", 422, "q"),
        ("/v1/search?q=a&k=0", 422, "k"),
        ("/v1/search?q=a&k=51", 422, "k"),
        ("/v1/search?q=a&k=-1", 422, "k"),
        ("/v1/search?q=a&k=NaN", 422, "k"),
        ("/v1/search?q=a&k=1.5", 422, "k"),
        ("/v1/search?q=a&k=" + "9" * 5000, 422, "k"),
        ("/v1/search?q=a&limit=3", 422, "limit"),
        ("/v1/search?q=a&instrument=nope", 422, "instrument"),
        ("/v1/search?q=a&instrument=../../etc", 422, "instrument.0"),
        ("/v1/instruments?tier=gold", 422, "tier"),
        ("/v1/instruments?page=2", 422, "page"),
        ("/v1/instruments/nope", 404, "id"),
        ("/v1/instruments/%00", 404, "id"),
        (f"/v1/instruments/{DECLARATION}?language=de", 422, "language"),
        (f"/v1/instruments/{DECLARATION}/provisions/para-99", 404, "label"),
        (f"/v1/instruments/{DECLARATION}/provisions/%ED%A0%80", 404, "label"),
        ("/v1/instruments/nope/provisions/para-1", 404, "id"),
        ("/read/nope", 404, "id"),
        (f"/read/{DECLARATION}?at=para-99", 404, "at"),
        (f"/read/{DECLARATION}?at=<script>", 422, "at"),
        (f"/read/{DECLARATION}?at=para-9&start=-1&end=3", 422, "start"),
        (f"/read/{DECLARATION}?quote=" + "x" * 5001, 422, "quote"),
    ],
)
def test_parameter_that_cannot_be_is_named(client: httpx.Client, address: str, status: int, parameter: str) -> None:
    assert_problem(client.get(address), status, parameter=parameter)


@pytest.mark.parametrize(
    "address",
    ["/", "/nope", "/v1/instruments/", "/v1/instruments/a%2Fb", "/static/../http.py", "/static/%2e%2e/http.py", "/docs/files/nope", "/%00"],
)
def test_address_that_is_not_there_is_a_problem(client: httpx.Client, address: str) -> None:
    assert_problem(client.get(address), 404)


@pytest.mark.parametrize(("method", "address"), [("GET", "/v1/ask"), ("PUT", "/v1/ask"), ("POST", "/v1/search"), ("DELETE", "/healthz")])
def test_method_that_is_not_possible_is_a_problem(client: httpx.Client, method: str, address: str) -> None:
    reply = client.request(method, address)
    assert_problem(reply, 405)
    assert reply.headers["allow"]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=())), inner, max_size=3),
    max_leaves=8,
)
requests = st.fixed_dictionaries(
    {"question": st.text(st.characters(exclude_categories=()), max_size=60) | json_values},
    optional=dict.fromkeys(("instruments", "language", "mode", "conversation_id", "stream", "other"), json_values),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=requests | json_values)
def test_no_json_makes_the_service_fail(client: httpx.Client, body: object) -> None:
    reply = client.post("/v1/ask", content=json.dumps(body).encode(), headers=JSON)
    assert reply.status_code in (200, 400, 422), reply.text
    if reply.status_code != 200:
        assert_problem(reply, reply.status_code)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_no_bytes_make_the_service_fail(client: httpx.Client, content: bytes) -> None:
    assert client.post("/v1/ask", content=content, headers=JSON).status_code in (400, 422)
