"""POST /v1/verify over a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, SmallAssistant


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(create_app(SmallAssistant)) as address, httpx.Client(base_url=address, trust_env=False) as client:
        wait_until_ready(address)
        yield client


def test_text_is_checked_claim_by_claim(client: httpx.Client) -> None:
    text = 'Para. 23 says "in full respect of human rights". Para. 9 says "the principle of non-refoulement". Para. 50 is silent. It rains.'
    body = client.post("/v1/verify", json={"text": text}).json()
    assert [(one["id"], one["verdict"], one["found_in"]) for one in body["claims"]] == [
        (f"{DECLARATION}/para-23", "verbatim", []),
        (f"{DECLARATION}/para-9", "misattributed", [f"{DECLARATION}/para-23"]),
        (f"{DECLARATION}/para-50", "no_such_provision", []),
    ]
    assert body["verified"] == {"claims": 3, "held": 1, "quotes": 2, "checked": 1, "uncited": 1}


def test_claims_are_checked_by_id(client: httpx.Client) -> None:
    claims = [{"text": "human rights", "id": f"{DECLARATION}/para-23"}, {"text": "“visa fees”", "id": "agenda-2063/target-9"}]
    body = client.post("/v1/verify", json={"claims": claims}).json()
    assert [set(one) for one in body["claims"]] == [{"text", "id", "ids", "verdict", "found_in", "why"}] * 2
    assert body["claims"][1]["verdict"] == "no_such_provision"


def test_answer_of_ours_is_verified(client: httpx.Client) -> None:
    answer = client.post("/v1/ask", json={"question": "rights"}).json()["answer"]
    assert [one["verdict"] for one in client.post("/v1/verify", json={"text": answer}).json()["claims"]] == ["verbatim"]


@pytest.mark.parametrize("body", [{}, {"text": "a", "claims": [{"text": "a", "id": "b"}]}, {"text": "  "}, {"claims": []}, {"text": "a", "more": 1}])
def test_bad_request_is_a_problem(client: httpx.Client, body: dict[str, object]) -> None:
    reply = client.post("/v1/verify", json=body)
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")
