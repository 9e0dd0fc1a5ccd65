"""Conversations: kept, read again, deleted, forgotten in time, and never worth an answer."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from retriever.turns import Turn
from service import conversations, database
from service.conversations import Conversations, ConversationsDown
from service.http import create_app
from service.settings import DatabaseUrlInvalid
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, SmallAssistant

ANSWER: dict[str, Any] = {
    "status": "answered",
    "answer": "Para. 23 [1].",
    "language": "fr",
    "interpreted_question": "Que dit le paragraphe 23 ?",
    "citations": [{"id": f"{DECLARATION}/para-23"}, {"id": f"{DECLARATION}/para-12"}],
}
ID = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    opened = Conversations.in_folder(tmp_path)
    yield opened
    opened.close()


@contextmanager
def serving(kept: Conversations | None, assistant: SmallAssistant | None = None) -> Iterator[httpx.Client]:
    given = assistant or SmallAssistant()
    with served(create_app(lambda: given, conversations=kept)) as address, httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        wait_until_ready(address)
        yield client


def ask(client: httpx.Client, question: str, conversation: str | None = None, **more: Any) -> httpx.Response:
    return client.post("/v1/ask", json={"question": question, "conversation_id": conversation, **more})


def test_turn_is_remembered_with_what_it_was_read_as_and_what_was_cited(kept: Conversations) -> None:
    kept.keep(ID, "et le suivant ?", ANSWER)
    assert kept.history(ID) == (Turn("et le suivant ?", "Que dit le paragraphe 23 ?", (f"{DECLARATION}/para-23", f"{DECLARATION}/para-12")),)
    assert kept.history("another") == ()


def test_history_is_the_last_turns_oldest_first(kept: Conversations) -> None:
    for number in range(12):
        kept.keep(ID, f"question {number}", ANSWER)
    assert [turn.question for turn in kept.history(ID)] == [f"question {number}" for number in range(4, 12)]


def test_what_is_kept_is_read_again_as_it_was(kept: Conversations) -> None:
    kept.keep(ID, "et le suivant ?", ANSWER)
    (turn,) = kept.read(ID)
    assert (turn.number, turn.question, turn.language, turn.status, turn.answer) == (1, "et le suivant ?", "fr", "answered", ANSWER)
    assert abs(dt.datetime.now(dt.UTC) - turn.created) < dt.timedelta(minutes=1)


def test_conversations_outlive_the_service(tmp_path: Path) -> None:
    for _ in range(2):
        opened = Conversations.in_folder(tmp_path)
        opened.keep(ID, "rights?", ANSWER)
        opened.close()
    assert [turn.number for turn in Conversations.in_folder(tmp_path).read(ID)] == [1, 2]


def test_writers_at_the_same_time_lose_no_turn(tmp_path: Path) -> None:
    stores = [Conversations.in_folder(tmp_path) for _ in range(3)]  # as three processes would
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda number: stores[number % 3].keep(ID if number % 2 else "other", f"{number}", ANSWER), range(60)))
    assert [turn.number for turn in stores[0].read(ID)] == list(range(1, 31))
    assert len(stores[1].read("other")) == 30
    for store in stores:
        store.close()


def test_sqlite_file_is_in_wal_mode(kept: Conversations, tmp_path: Path) -> None:
    kept.keep(ID, "rights?", ANSWER)
    assert sqlite3.connect(tmp_path / "conversations.db").execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_old_turns_are_pruned_and_newer_ones_stay(tmp_path: Path) -> None:
    kept = Conversations.in_folder(tmp_path, retention_days=7)
    kept.keep(ID, "rights?", ANSWER)
    now = dt.datetime.now(dt.UTC)
    assert kept.prune(now + dt.timedelta(days=6)) == 0
    assert kept.prune(now + dt.timedelta(days=8)) == 1
    assert kept.read(ID) == []


def test_old_turns_are_pruned_when_the_service_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = dt.datetime.now(dt.UTC).replace(tzinfo=None) - dt.timedelta(days=40)
    with monkeypatch.context() as past:
        past.setattr(conversations, "_now", lambda: long_ago)
        Conversations.in_folder(tmp_path).keep(ID, "rights?", ANSWER)
    kept = Conversations.in_folder(tmp_path)
    with serving(kept) as client:
        for _ in range(50):
            if client.get(f"/v1/conversations/{ID}").status_code == 404:
                return
    pytest.fail("the old turn is still there")


def test_unwritable_database_costs_no_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept = Conversations(f"sqlite:///{tmp_path}/no/such/folder/conversations.db")
    with caplog.at_level(logging.WARNING, "service.conversations"), serving(kept) as client:
        first = ask(client, "rights?")
        again = ask(client, "rights?", first.json()["conversation_id"])
        assert [first.status_code, again.status_code, again.json()["status"]] == [200, 200, "answered"]
        problem = client.get(f"/v1/conversations/{ID}")
        assert (problem.status_code, problem.json()["type"]) == (503, "urn:khartoum:problem:conversations-unavailable")
    assert "unable to open database file" in caplog.text


def test_locked_database_costs_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    kept = Conversations.in_folder(tmp_path)
    kept.keep(ID, "rights?", ANSWER)
    holder = sqlite3.connect(tmp_path / "conversations.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with serving(kept) as client:
        assert ask(client, "rights?", ID).json()["status"] == "answered"
    holder.execute("ROLLBACK")
    assert [turn.number for turn in kept.read(ID)] == [1]


def test_database_that_cannot_be_opened_is_told_to_those_who_read(tmp_path: Path) -> None:
    with pytest.raises(ConversationsDown, match="unable to open database file"):
        Conversations(f"sqlite:///{tmp_path}").read(ID)


@pytest.mark.parametrize("url", ["not a url", "nosuch://host/db", "postgresql+nosuchdriver://u:secret@host/db"])
def test_url_that_names_no_usable_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUrlInvalid) as refused:
        Conversations(url)
    assert "KHARTOUM_DATABASE_URL" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_conversation_is_read_and_deleted_by_its_id(kept: Conversations) -> None:
    with serving(kept) as client:
        first = ask(client, "rights?").json()
        second = ask(client, "cooking?", first["conversation_id"]).json()
        address = f"/v1/conversations/{first['conversation_id']}"
        shown = client.get(address).json()
        assert shown["id"] == second["conversation_id"] == first["conversation_id"]
        assert [(turn["number"], turn["question"], turn["status"]) for turn in shown["turns"]] == [
            (1, "rights?", "answered"),
            (2, "cooking?", "out_of_scope"),
        ]
        assert shown["turns"][0]["answer"] == first
        assert shown["turns"][0]["cited"] == [f"{DECLARATION}/para-23"]
        assert shown["turns"][0]["created_at"].endswith("Z")
        assert shown["kept_days"] == 30
        assert client.delete(address).status_code == 204
        assert client.get(address).json()["type"] == "urn:khartoum:problem:unknown-conversation"
        assert client.delete(address).status_code == 204


def test_there_is_no_list_of_conversations(kept: Conversations) -> None:
    with serving(kept) as client:
        ask(client, "rights?")
        assert client.get("/v1/conversations").status_code == 404


def test_id_that_can_be_guessed_serves_follow_ups_but_is_not_read_out(kept: Conversations) -> None:
    assistant = SmallAssistant()
    with serving(kept, assistant) as client:
        ask(client, "rights?", "test-1")
        ask(client, "why?", "test-1")
        assert assistant.questions[-1].history == (Turn("rights?", "", (f"{DECLARATION}/para-23",)),)
        assert client.get("/v1/conversations/test-1").status_code == 404
        assert client.delete("/v1/conversations/test-1").status_code == 204
    assert kept.read("test-1") == []


def test_streamed_answer_is_kept_too(kept: Conversations) -> None:
    with serving(kept) as client:
        ask(client, "rights?", ID, stream=True)
    assert [turn.question for turn in kept.read(ID)] == ["rights?"]


def test_without_keeping_every_question_is_read_alone() -> None:
    assistant = SmallAssistant()
    with serving(None, assistant) as client:
        ask(client, "rights?", ID)
        ask(client, "why?", ID)
        assert [question.history for question in assistant.questions] == [(), ()]
        assert client.get(f"/v1/conversations/{ID}").status_code == 404
        assert client.delete(f"/v1/conversations/{ID}").status_code == 204
