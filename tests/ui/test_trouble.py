"""A service that fails in any way is told of in one clear line, and the question is kept; run by AppTest against a real server."""

from __future__ import annotations

import html
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response
from streamlit.testing.v1 import AppTest

from tests.service.http_server import served, wait_until_ready
from tests.ui.scripted_service import CITATION, done, event, scripted, stream_of
from ui import wording
from ui.answer_view import refusal
from ui.conversations import Turn
from ui.event_stream import Interpreted, Sentence, read_events
from ui.wording import words_in

APP = Path(wording.__file__).parent / "app.py"

SENTENCES = [event("citation", CITATION), event("sentence", {"text": 'They speak of "human rights" [1].'})]


def asked(answer: Callable[[], Response], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page after a question that was answered so."""
    with served(scripted(answer)) as address:
        wait_until_ready(address)
        monkeypatch.setenv("KHARTOUM_API_URL", address)
        page = AppTest.from_file(str(APP), default_timeout=30).run()
        page.chat_input[0].set_value("human rights?").run()
        assert not page.exception
        return page


FAILURES = {
    "a server error in HTML": lambda: HTMLResponse("<h1>502</h1>", 502),
    "a problem": lambda: JSONResponse({"type": "about:blank", "detail": "no disk"}, 500),
    "too many requests at a proxy": lambda: Response(status_code=429),
    "another program at this address": lambda: HTMLResponse("<html>hello</html>"),
    "an answer that breaks off": stream_of(SENTENCES),
    "an error in the middle": stream_of([*SENTENCES, event("error", {"detail": "it met an error of its own"})]),
    "an answer of another form": stream_of([event("done", {"status": "perhaps"})]),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failure_is_told_and_the_question_is_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = asked(FAILURES[name], monkeypatch)
    told = [*page.error, *page.warning]
    assert len(told) == 1
    assert "<" not in told[0].value
    assert page.session_state["pending"] == "human rights?"
    assert page.button(key="retry")


def test_question_that_is_not_accepted_says_why_and_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = asked(lambda: JSONResponse({"detail": "no <b>such</b> text"}, 422), monkeypatch)
    assert "no &#60;b&#62;such" in page.warning[0].value
    assert page.session_state["pending"] is None


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("The texts do not say. All 390 were looked through.", "**The texts do not say.**  \nAll 390 were looked through."),
        ("لا تذكر النصوص ذلك. فُحصت كلها.", "**لا تذكر النصوص ذلك.**  \nفُحصت كلها."),
        ("There is no para. 99 in the Declaration.", "**The texts do not say**  \nThere is no para. 99 in the Declaration."),
    ],
)
def test_refusal_says_once_that_the_texts_are_silent(answer: str, shown: str) -> None:
    assert html.unescape(refusal(words_in("en"), answer)) == shown


def test_interpreted_question_and_unknown_events_are_read() -> None:
    lines = f"{event('interpreted', {'interpreted_question': 'whole?'})}: a comment\n\n{event('new', {})}{event('sentence', {'text': 'a'})}"
    assert list(read_events(lines.split("\n"))) == [Interpreted("whole?"), Sentence("a")]


def test_very_long_answer_is_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = " ".join(f"Sentence {number} has <b>words</b>." for number in range(700))
    assert len(answer) > 20_000
    page = asked(stream_of([event("citation", CITATION), event("sentence", {"text": answer}), done(answer)]), monkeypatch)
    turns: list[Turn] = page.session_state["conversations"][page.session_state["conversation"]].turns
    assert turns[0].reply is not None
    assert turns[0].reply.answer == answer
    assert "Sentence 699 has &#60;b&#62;words" in "\n".join(one.value for one in page.markdown)


def test_page_of_texts_says_that_the_service_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("KHARTOUM_API_URL", f"http://127.0.0.1:{probe.getsockname()[1]}")
    script = """
import os
from ui import read_page
from ui.api_client import ApiClient
from ui.wording import words_in
read_page.show(ApiClient(os.environ["KHARTOUM_API_URL"]), words_in("en"))
"""
    page = AppTest.from_string(script, default_timeout=30).run()
    assert not page.exception
    assert "cannot be reached" in page.error[0].value
