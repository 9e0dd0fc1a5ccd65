"""The interface as its callers see it, over a real socket."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from service.answer import Question
from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, PARA_9, PARA_23, SmallAssistant


@pytest.fixture(scope="module")
def assistant() -> SmallAssistant:
    return SmallAssistant()


@pytest.fixture(scope="module")
def client(assistant: SmallAssistant) -> Iterator[httpx.Client]:
    with served(create_app(lambda: assistant)) as address, httpx.Client(base_url=address, trust_env=False) as client:
        wait_until_ready(address)
        yield client


def test_answer_has_the_whole_interface(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": "human rights?"})
    body = reply.json()
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert body.pop("took_ms") >= 0
    assert re.fullmatch("[0-9a-f]{32}", body.pop("conversation_id"))
    start = PARA_23.index("human rights")
    assert body == {
        "status": "answered",
        "answer": 'In para. 23 the ministers speak of "human rights" [1].',
        "language": "en",
        "mode": "extractive",
        "citations": [
            {
                "marker": 1,
                "id": f"{DECLARATION}/para-23",
                "instrument": DECLARATION,
                "title": "Cairo Ministerial Declaration",
                "label": "para-23",
                "pinpoint": "para. 23",
                "part": "operative",
                "tier": "authentic",
                "quote": "human rights",
                "start": start,
                "end": start + 12,
                "score": 0.93,
                "url": f"/read/{DECLARATION}#para-23",
            }
        ],
        "nearest": [],
        "interpreted_question": "",
        "verified": {"quotes": 1, "checked": 1},
        "index_version": "one",
    }


def test_refusal_has_no_citation_but_what_comes_nearest(client: httpx.Client) -> None:
    body = client.post("/v1/ask", json={"question": "a carbon tax?"}).json()
    assert (body["status"], body["citations"], [near["label"] for near in body["nearest"]]) == ("not_addressed", [], ["para-22"])
    assert body["verified"] == {"quotes": 0, "checked": 0}
    outside = client.post("/v1/ask", json={"question": "how to cook?"}).json()
    assert (outside["status"], outside["citations"], outside["nearest"]) == ("out_of_scope", [], [])


def test_question_reaches_the_assistant_as_it_was_asked(client: httpx.Client, assistant: SmallAssistant) -> None:
    asked = {"question": "  rights\nof all? ", "instruments": [DECLARATION], "language": "fr", "mode": "extractive", "stream": False}
    body = client.post("/v1/ask", json=asked).json()
    assert assistant.questions[-1] == Question("  rights\nof all? ", (DECLARATION,), "fr", "extractive")
    assert body["citations"][0]["title"] == "Cairo Ministerial Declaration (fr)"


def test_given_conversation_is_kept_and_a_new_one_is_new(client: httpx.Client) -> None:
    def conversation(**extra: str) -> str:
        return str(client.post("/v1/ask", json={"question": "rights", **extra}).json()["conversation_id"])

    assert conversation(conversation_id="my-talk_1") == "my-talk_1"
    assert conversation() != conversation()


def test_same_question_gives_the_same_answer(client: httpx.Client) -> None:
    first, second = (client.post("/v1/ask", json={"question": "rights", "conversation_id": "c"}).json() for _ in range(2))
    assert first | {"took_ms": 0} == second | {"took_ms": 0}


def test_search_ranks_and_filters_by_instrument(client: httpx.Client) -> None:
    hits = client.get("/v1/search", params={"q": "of", "k": 2}).json()["hits"]
    assert [(hit["marker"], hit["label"], hit["score"]) for hit in hits] == [(1, "para-9", 1.0), (2, "para-9.fn-1", 0.5)]
    hits = client.get("/v1/search", params={"q": "benefit", "instrument": ["refugee-convention-1951", "agenda-2063"]}).json()["hits"]
    assert [hit["id"] for hit in hits] == ["refugee-convention-1951/art-33", "refugee-convention-1951/art-33.2"]


@pytest.mark.parametrize(
    ("params", "ids"),
    [
        ({}, [DECLARATION, "refugee-convention-1951", "agenda-2063"]),
        ({"tier": "digest"}, ["agenda-2063"]),
        ({"status": "treaty"}, ["refugee-convention-1951"]),
        ({"q": "DECLARATION DU CAIRE"}, [DECLARATION]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_instruments_are_listed_and_filtered(client: httpx.Client, params: dict[str, str], ids: list[str]) -> None:
    assert [entry["id"] for entry in client.get("/v1/instruments", params=params).json()["instruments"]] == ids


def test_instrument_has_its_facts_and_contents(client: httpx.Client) -> None:
    body = client.get(f"/v1/instruments/{DECLARATION}", params={"language": "fr"}).json()
    assert (body["date"], body["place"], body["tier"], body["provisions"]) == ("2025-04-09", "Cairo", "authentic", 3)
    assert [entry["label"] for entry in body["contents"]] == ["para-9", "para-9.fn-1", "para-22", "para-23"]
    assert body["contents"][0]["pinpoint"] == "paragraphe 9"


def test_provision_has_text_notes_and_neighbours(client: httpx.Client) -> None:
    body = client.get(f"/v1/instruments/{DECLARATION}/provisions/para-9").json()
    assert (body["text"], body["part"], body["verb"], body["strength"]) == (PARA_9, "preamble", "take", "consider")
    assert [note["label"] for note in body["notes"]] == ["para-9.fn-1"]
    assert (body["before"], body["after"]["label"]) == (None, "para-22")
    nested = client.get("/v1/instruments/refugee-convention-1951/provisions/art-33.2").json()
    assert (nested["parent"], nested["before"]["label"], nested["after"]) == ("art-33", "art-33.1", None)
    assert nested["before"]["text"]


def test_health_and_readiness(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "index_version": "one"}


def test_docs_work_without_any_other_host(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert re.findall(r'(?:src|href)="(https?:[^"]*)"', page.text) == []
    for address in re.findall(r'(?:src|href)="(/[^"]*)"', page.text):
        assert client.get(address).status_code == 200, address
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "<script>" not in page.text


def test_every_answer_carries_the_security_headers(client: httpx.Client) -> None:
    for address in ("/healthz", "/nope", f"/read/{DECLARATION}", "/openapi.json"):
        headers = client.get(address).headers
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
        assert "default-src 'none'" in headers["content-security-policy"]


def test_other_origins_are_let_in_only_when_they_are_named(client: httpx.Client) -> None:
    asked = {"Origin": "https://portal.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in client.options("/v1/ask", headers=asked).headers
    with served(create_app(SmallAssistant, cors_origins=["https://portal.example"])) as address:
        reply = httpx.options(f"{address}/v1/ask", headers=asked, trust_env=False)
        assert reply.headers["access-control-allow-origin"] == "https://portal.example"
