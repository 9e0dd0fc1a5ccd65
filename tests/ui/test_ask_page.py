"""The chat's logic, run by Streamlit's own AppTest against a real service on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant
from ui import wording
from ui.answer_view import with_references
from ui.conversations import Turn
from ui.wording import words_in

APP = Path(wording.__file__).parent / "app.py"


@pytest.fixture(scope="module")
def assistant() -> SmallAssistant:
    return SmallAssistant()


@pytest.fixture(scope="module")
def address(assistant: SmallAssistant) -> Iterator[str]:
    with served(create_app(lambda: assistant)) as address:
        wait_until_ready(address)
        yield address


@pytest.fixture
def page(address: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(address, monkeypatch)


def opened(address: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KHARTOUM_API_URL", address)
    monkeypatch.setenv("KHARTOUM_PUBLIC_URL", "https://khartoum.example")
    page = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not page.exception
    return page


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def turns(page: AppTest) -> list[Turn]:
    held: list[Turn] = page.session_state["conversations"][page.session_state["conversation"]].turns
    return held


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_first_page_offers_questions_by_topic(page: AppTest) -> None:
    labels = [button.label for button in page.button]
    assert "Which paragraphs speak of human rights?" in labels
    page.pills[0].set_value("Who takes part").run()
    assert "Is Japan a participating State?" in [button.label for button in page.button]


def test_suggested_question_is_asked(page: AppTest, assistant: SmallAssistant) -> None:
    next(button for button in page.button if "human rights" in button.label).click().run()
    assert assistant.questions[-1].text == "Which paragraphs speak of human rights?"
    assert [message.name for message in page.chat_message] == ["user", "assistant"]
    assert [pills.label for pills in page.pills] == ["Sources"]


def test_answer_marks_its_source_which_opens_the_paragraph_in_place(page: AppTest) -> None:
    ask(page, "human rights?")
    key = f"{page.session_state['conversation'][:12]}-0"
    assert f"[:blue-badge[1]](#cite-{key}-0)" in texts(page)
    assert ":green[:material/verified: Verified: 1 of 1 quotes, word for word]" in texts(page)
    assert ":yellow-background[" not in texts(page)
    page.pills(key=f"source-{key}").set_value(0).run()
    shown = texts(page)
    assert "> Highlight the importance" in shown
    assert ":yellow-background[human rights]" in shown
    assert ":gray-badge[Operative part]" in shown
    assert "(./read?text=cairo-declaration-2025&at=para-23&start=212&end=224&language=en)" in shown


def test_copied_answer_has_its_references(page: AppTest) -> None:
    ask(page, "human rights?")
    reply = turns(page)[0].reply
    assert reply is not None
    assert with_references(reply, words_in("en"), "https://khartoum.example") == (
        'In para. 23 the ministers speak of "human rights" [1].\n\n'
        "[1] Cairo Ministerial Declaration, para. 23. https://khartoum.example/read/cairo-declaration-2025#para-23"
    )


def test_refusals_look_unlike_answers_and_unlike_each_other(page: AppTest) -> None:
    ask(page, "a carbon tax?")
    assert (len(page.info), len(page.warning)) == (1, 0)
    assert [pills.label for pills in page.pills] == ["Where the texts come closest"]
    ask(page, "how to cook?")
    assert (len(page.info), len(page.warning)) == (1, 1)


def test_conversation_stays_in_the_session_until_it_is_begun_anew(page: AppTest) -> None:
    ask(page, "human rights?")
    first = page.session_state["conversation"]
    ask(page, "and rights again?")
    assert [message.name for message in page.chat_message] == ["user", "assistant"] * 2
    assert page.session_state["conversation"] == first
    next(button for button in page.button if button.label == "New conversation").click().run()
    assert not page.chat_message
    assert [pills.label for pills in page.pills] == ["Topics"]
    page.button(key=f"open-{first}").click().run()
    assert [message.name for message in page.chat_message] == ["user", "assistant"] * 2


def test_conversation_is_named_and_deleted(page: AppTest) -> None:
    ask(page, "human rights?")
    id = page.session_state["conversation"]
    page.text_input(key=f"name-{id}").set_value(" Rights  *here* ").run()
    assert page.session_state["conversations"][id].name == "Rights *here*"
    page.button(key=f"delete-{id}").click().run()
    assert id not in page.session_state["conversations"]
    assert not page.chat_message


def test_markup_in_a_question_is_text(page: AppTest) -> None:
    ask(page, "<script>alert(1)</script> :red[x] ![](http://evil.example/i.png) rights")
    question = page.chat_message[0].markdown[0].value
    assert not set("<>[]:!(") & set(question)


def test_question_that_the_service_refuses_says_why_and_is_kept(page: AppTest) -> None:
    ask(page, "rights\x07")
    assert "control character" in page.warning[0].value
    assert page.session_state["pending"] is None


@pytest.mark.parametrize(("language", "word"), [("fr", "Nouvelle conversation"), ("ar", "محادثة جديدة")])
def test_language_changes_every_label(page: AppTest, language: str, word: str) -> None:
    page.segmented_control[0].set_value(language).run()
    assert not page.exception
    assert word in [button.label for button in page.button]
    ask(page, "human rights?")
    assert page.chat_message[1].markdown


def test_page_says_that_the_service_is_down_and_keeps_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = opened(f"http://127.0.0.1:{port}", monkeypatch)
    assert "make run" in page.error[0].value
    ask(page, "human rights?")
    assert "human rights" in "\n".join(caption.value for caption in page.caption)
    assert page.session_state["pending"] == "human rights?"


def test_page_waits_while_the_service_starts_and_then_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    may_open = threading.Event()

    def open_slowly() -> SmallAssistant:
        may_open.wait(20)
        return SmallAssistant()

    with served(create_app(open_slowly)) as address:
        try:
            page = opened(address, monkeypatch)
            assert "starting" in page.info[0].value
            ask(page, "human rights?")
            assert page.session_state["pending"] == "human rights?"
        finally:
            may_open.set()
        wait_until_ready(address)
        page.button(key="retry").click().run()
        assert "speak of &#34;human rights&#34;" in texts(page)
        assert page.session_state["pending"] is None


def test_failure_in_the_service_keeps_the_question_until_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = [True]

    def fail_once() -> None:
        if failing.pop() if failing else False:
            raise RuntimeError("secret")

    with served(create_app(lambda: SmallAssistant(before_answer=fail_once))) as address:
        wait_until_ready(address)
        page = opened(address, monkeypatch)
        ask(page, "human rights?")
        assert "error of its own" in page.error[0].value
        assert "secret" not in page.error[0].value
        page.button(key="retry").click().run()
        assert "speak of &#34;human rights&#34;" in texts(page)
