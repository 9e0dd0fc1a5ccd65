"""Starting, failing, exchanging the index and being asked too much: never a wrong "no match", never a lost request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from service import serving
from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant


def ask(address: str, question: str = "rights") -> httpx.Response:
    return httpx.post(f"{address}/v1/ask", json={"question": question}, trust_env=False, timeout=30)


def get(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False, timeout=30)


def test_service_lives_before_it_is_ready_and_says_that_it_is_starting() -> None:
    may_open = threading.Event()

    def open_slowly() -> SmallAssistant:
        may_open.wait(10)
        return SmallAssistant()

    with served(create_app(open_slowly)) as address:
        try:
            assert get(f"{address}/healthz").status_code == 200
            for reply in (get(f"{address}/readyz"), ask(address), get(f"{address}/v1/instruments")):
                assert (reply.status_code, reply.headers["retry-after"]) == (503, "1")
                assert reply.json()["type"] == "urn:khartoum:problem:starting"
        finally:
            may_open.set()
        wait_until_ready(address)
        assert ask(address).json()["status"] == "answered"


def test_index_that_cannot_be_opened_is_a_503_with_the_reason() -> None:
    def fail() -> SmallAssistant:
        raise RuntimeError("the index was made with another model;\n run: khartoum ingest")

    with served(create_app(fail)) as address:
        wait_for(lambda: "another model" in get(f"{address}/readyz").text)
        reply = ask(address)
        assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
        assert reply.json()["detail"] == "The index cannot be opened: the index was made with another model; run: khartoum ingest"
        assert "Traceback" not in reply.text
        assert get(f"{address}/healthz").status_code == 200


def test_index_that_can_be_opened_later_is_opened_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "RETRY_AFTER", 0.1)
    outcomes: list[SmallAssistant | None] = [None, SmallAssistant()]

    def open_next() -> SmallAssistant:
        outcome = outcomes.pop(0)
        if outcome is None:
            raise OSError("not there yet")
        return outcome

    with served(create_app(open_next)) as address:
        wait_for(lambda: ask(address).status_code == 200)


def test_unexpected_error_is_a_500_without_internals() -> None:
    def fail() -> None:
        raise ZeroDivisionError("secret path /root/x")

    with served(create_app(lambda: SmallAssistant(before_answer=fail))) as address:
        wait_until_ready(address)
        reply = ask(address)
        assert (reply.status_code, reply.headers["content-type"]) == (500, "application/problem+json")
        assert "secret" not in reply.text
        assert "ZeroDivision" not in reply.text
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert get(f"{address}/readyz").status_code == 200


def test_new_index_is_taken_into_service_and_the_old_one_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "CHECK_EVERY", 0.0)
    old, new = SmallAssistant("old"), SmallAssistant("new")
    queue = [old, new]
    with served(create_app(lambda: queue.pop(0))) as address:
        wait_until_ready(address)
        assert ask(address).json()["index_version"] == "old"
        old.current = False
        assert ask(address).json()["index_version"] == "new"
        assert (old.closed.is_set(), new.closed.is_set()) == (True, False)
    assert new.closed.is_set()


def test_request_in_flight_ends_with_the_index_that_it_began_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "CHECK_EVERY", 0.0)
    begun, may_end = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        may_end.wait(10)

    old, new = SmallAssistant("old", before_answer=wait), SmallAssistant("new")
    queue = [old, new]
    with served(create_app(lambda: queue.pop(0))) as address, ThreadPoolExecutor(1) as pool:
        wait_until_ready(address)
        slow = pool.submit(ask, address)
        assert begun.wait(10)
        old.current = False
        assert ask(address).json()["index_version"] == "new"
        assert not old.closed.is_set()
        may_end.set()
        assert slow.result().json()["index_version"] == "old"
        wait_for(old.closed.is_set)


def test_new_index_that_cannot_be_opened_leaves_the_old_one_in_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "CHECK_EVERY", 0.0)
    old = SmallAssistant("old")
    opened: list[SmallAssistant] = []

    def open_once() -> SmallAssistant:
        if opened:
            raise OSError("half-written")
        opened.append(old)
        return old

    with served(create_app(open_once)) as address:
        wait_until_ready(address)
        old.current = False
        assert [ask(address).json()["index_version"] for _ in range(2)] == ["old", "old"]


def test_requests_beyond_what_may_wait_are_told_to_come_back() -> None:
    may_end = threading.Event()
    app = create_app(lambda: SmallAssistant(before_answer=lambda: wait_until(may_end)), max_concurrency=1)
    with served(app) as address, ThreadPoolExecutor(6) as pool:
        wait_until_ready(address)
        replies = [pool.submit(ask, address) for _ in range(6)]
        wait_for(lambda: sum(reply.done() for reply in replies) >= 3)
        assert get(f"{address}/healthz").status_code == 200
        may_end.set()
        outcomes = sorted(reply.result().status_code for reply in replies)
        assert outcomes == [200, 200, 200, 503, 503, 503]
        refused = next(reply.result() for reply in replies if reply.result().status_code == 503)
        assert (refused.headers["retry-after"], refused.json()["type"]) == ("1", "urn:khartoum:problem:overloaded")


def test_no_place_at_all_is_refused_when_the_app_is_made() -> None:
    with pytest.raises(ValueError, match="max_concurrency must be 1 or more, not 0"):
        create_app(SmallAssistant, max_concurrency=0)


def wait_until(event: threading.Event) -> None:
    event.wait(10)


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> None:
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        pause.wait(0.05)
    raise TimeoutError
