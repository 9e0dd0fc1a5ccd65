"""The study routes over the real index, and over an assistant that has none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.assistant import Assistant
from service.http import create_app
from tests.service.small_assistant import SmallAssistant


class Lent:
    """The session's assistant, which a test's service must not close."""

    def __init__(self, inner: Assistant) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def close(self) -> None:
        """Stays open."""


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: Lent(assistant))) as client:  # type: ignore[arg-type,return-value]
        while client.get("/readyz").status_code != 200:
            pass
        yield client


def get(client: TestClient, path: str) -> Any:
    reply = client.get(path)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_subjects_lead_to_words_that_name_them(client: TestClient) -> None:
    texts = {one["id"]: one["text"] for one in get(client, "/v1/instruments/cairo-declaration-2025/text")["provisions"]}
    subjects = {one["id"]: one for one in get(client, "/v1/subjects")["subjects"]}
    place = next(one for one in subjects["food-insecurity"]["places"] if one["id"] in texts)
    assert texts[place["id"]][place["start"] : place["end"]] == "food insecurity"
    assert [one["letter"] for one in subjects.values()] == sorted(one["letter"] for one in subjects.values())


def test_states_are_those_of_the_list_with_both_counts_explained(client: TestClient) -> None:
    found = get(client, "/v1/states")
    assert len(found["states"]) == 39
    assert sum(one["region"] == "africa" for one in found["states"]) == 11
    assert "39 or 40" in found["on_the_count"][0]["heading"]
    assert [one["code"] for one in found["beside"]] == ["HU", "GB"]
    texts = {one["id"]: one["text"] for one in get(client, "/v1/instruments/khartoum-process/text")["provisions"]}
    for one in (*found["states"], *found["beside"]):
        for mention in one["mentions"]:
            assert mention["words"] in texts.get(mention["id"], mention["words"])
            assert mention["words"]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_stop_and_every_chair_rests_on_a_held_provision(client: TestClient, language: str) -> None:
    path = get(client, f"/v1/path?language={language}")
    assert len(path["stops"]) == 8
    assert all(len(stop["provisions"]) > 2 for stop in path["stops"])
    chairs = [one for one in get(client, f"/v1/timeline?language={language}")["events"] if one["kind"] == "chair"]
    assert len(chairs) == 10
    assert chairs[-1]["end"] is None


def test_subject_leads_only_to_words_that_use_it(client: TestClient) -> None:
    found = {one["id"]: {place["id"] for place in one["places"]} for one in get(client, "/v1/subjects")["subjects"]}
    assert {"cairo-declaration-2025/para-12", "cairo-declaration-2025/para-23"} <= found["return"]
    assert "udhr-1948/art-12" not in found["return"]  # it protects a home, and speaks of no return
    assert "global-compact-migration-2018/obj-2" not in found.get("reservation", set())  # "Objective 2" objects to nothing


def test_comparison_in_own_words_leaves_out_what_is_far_away(client: TestClient) -> None:
    found = get(client, "/v1/compare?q=detention of children")
    assert "global-compact-migration-2018/obj-13" in [row["provision"]["id"] for row in found["rows"]]
    assert "rabat-process" in found["silent"]


def test_comparison_says_what_each_text_is_and_how_far_it_goes(client: TestClient) -> None:
    found = {one["id"]: one for one in get(client, "/v1/compare?subject=return")["texts"]}
    declaration, convention = found["cairo-declaration-2025"], found["kampala-convention-2009"]
    assert (declaration["binding"], declaration["strongest"], declaration["provisions"]) == (False, "encourage", 2)
    assert (convention["binding"], convention["strongest"], convention["tier"]) == (True, "", "digest")


def test_service_says_what_it_holds_and_keeps(client: TestClient) -> None:
    found = get(client, "/v1/about")
    assert found == {**found, "instruments": 22, "official": 1, "kept_days": 0, "language_model": ""}
    assert found["provisions"] > 300


def test_note_of_two_hundred_long_answers_is_taken_and_one_more_item_is_not(client: TestClient) -> None:
    remark = {"remark": "x" * 5000}
    made = client.post("/v1/notes", json={"items": [remark] * 200})
    assert (made.status_code, made.content[:2]) == (200, b"PK")
    refused = client.post("/v1/notes", json={"items": [{"remark": "x"}] * 201})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/items")
    assert client.post("/v1/notes", json={"items": [{"remark": "x" * 5000}] * 200, "title": "y" * 3_000_000}).status_code == 413


def test_comparison_takes_what_is_narrower_along_and_names_the_silent(client: TestClient) -> None:
    found = get(client, "/v1/compare?subject=return")
    assert "cairo-declaration-2025/para-23" in [row["provision"]["id"] for row in found["rows"]]
    assert "rabat-process" in found["silent"]
    assert client.get("/v1/compare").status_code == 422
    assert client.get("/v1/compare?subject=nowhere").status_code == 404


def test_quiz_note_and_evaluation_answer(client: TestClient) -> None:
    assert len(get(client, "/v1/quiz?count=5&seed=3")["items"]) == 5
    assert client.get("/v1/quiz?level=9").status_code == 422
    assert {"index_version", "figures"} == set(get(client, "/v1/evaluation"))
    item = {"citations": [{"id": "cairo-declaration-2025/para-23", "quote": "made up", "start": 0, "end": 7}]}
    refused = client.post("/v1/notes", json={"items": [item]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/items/0/citations/0/quote")
    made = client.post("/v1/notes", json={"format": "pdf", "items": [{"citations": [{"id": "cairo-declaration-2025/para-23"}]}]})
    assert made.content.startswith(b"%PDF")


def test_feedback_is_kept_beside_the_index_without_a_name(client: TestClient, home: Path) -> None:
    body = {"question": "Is Japan a State?", "thumb": "down", "reason": "other", "comment": "<b>no</b>"}
    assert client.post("/v1/feedback", json=body).json() == {"status": "kept"}
    kept = json.loads((home / "feedback.jsonl").read_text("utf-8").splitlines()[-1])
    assert {key: kept[key] for key in body} == body
    assert set(kept) == {"day", "question", "thumb", "reason", "comment", "status", "citations", "index_version"}
    assert client.post("/v1/feedback", json={"question": "x", "thumb": "sideways"}).status_code == 422


def test_service_without_an_index_has_texts_but_no_subjects_and_keeps_no_feedback() -> None:
    with TestClient(create_app(SmallAssistant)) as client:
        while client.get("/readyz").status_code != 200:
            pass
        assert get(client, "/v1/subjects")["subjects"] == []
        assert get(client, "/v1/states")["states"] == []
        assert len(get(client, "/v1/instruments/cairo-declaration-2025/text")["provisions"]) == 3
        assert client.post("/v1/feedback", json={"question": "x", "thumb": "up"}).status_code == 503
