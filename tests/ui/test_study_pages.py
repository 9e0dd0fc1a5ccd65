"""Learn, Compare, Briefing note and About by Streamlit's AppTest, against the real index and against a service that fails."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from service.assistant import Assistant
from service.conversations import Conversations
from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.ui.study_pages import a_quiz, opened, texts
from ui.deck import Deck
from ui.quiz_sheet import to_sheet
from ui.wording import LANGUAGES, words_in

NASTY = "<script>alert(1)</script> [x](javascript:alert(1)) **bold**"
SECTIONS = ("path", "timeline", "states", "glossary", "cards", "quiz")


class Lent:
    """The session's assistant, which a test's service must not close."""

    def __init__(self, inner: Assistant) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def close(self) -> None:
        """Stays open."""


@pytest.fixture(scope="module")
def address(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kept = Conversations.in_folder(tmp_path_factory.mktemp("kept"), retention_days=12)
    with served(create_app(lambda: Lent(assistant), conversations=kept)) as address:  # type: ignore[arg-type,return-value]
        wait_until_ready(address)
        yield address


@pytest.mark.parametrize(("language", "section"), [*itertools.product(LANGUAGES, SECTIONS)])
def test_every_section_draws_in_every_language(language: str, section: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, language, section=section)
    assert page.header[0].value == words_in(language)[f"learn_{section}"]
    assert not page.error


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["compare_page", "note_page", "about_page"])
def test_other_pages_draw_in_every_language(page: str, language: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not opened(page, address, monkeypatch, language).error


@pytest.mark.parametrize("page", ["learn_page", "compare_page", "note_page", "about_page"])
def test_service_that_is_down_is_told_and_nothing_breaks(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    down = opened(page, "http://127.0.0.1:9", monkeypatch)
    told = texts(down) + "".join(one.value for one in (*down.error, *down.caption))
    assert "cannot be reached" in told
    assert not down.exception


def test_path_goes_stop_by_stop_with_paragraphs_at_each_and_ends_at_the_quiz(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, section="path")
    seen = []
    for _ in range(7):
        seen.append(page.subheader[0].value)
        assert len([one for one in page.button if one.key.startswith("note-path-")]) >= 3
        page.button(key="path-next").click().run()
    assert len(set(seen)) == 7
    page.button(key="path-back").click().run()
    assert page.subheader[0].value == seen[-1]
    page.button(key="path-next").click().run()
    page.button(key="path-quiz").click().run()
    assert page.header[0].value == "Quiz"


@pytest.mark.parametrize(("stop", "shown"), [("3", "3"), ("0", "1"), ("99", "1"), ("x", "1"), ("²", "1")])
def test_address_names_the_stop(stop: str, shown: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, section="path", stop=stop)
    assert page.subheader[0].value.startswith(f"{shown}. ")


def test_states_are_counted_and_the_other_count_is_explained(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, section="states")
    assert "names 39 participating States" in texts(page)
    assert "the difference being Hungary" in page.info[0].value
    assert [one.value for one in page.subheader][:3] == ["Africa (11)", "Europe (28)", "Not on the list"]
    page.selectbox(key="state-en").set_value("HU").run()
    assert "**Hungary**: not on the list." in texts(page)
    page.selectbox(key="state-en").set_value("NO").run()
    assert "Norway&#44; Switzerland and Uganda joined later" in texts(page)


def test_glossary_finds_abbreviations_and_leads_to_paragraphs(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, section="glossary")
    page.text_input(key="glossary-search").set_value("jvap").run()
    first = next(one.value for one in page.markdown if one.value.startswith("**"))
    assert "JVAP" in first
    assert "read?text=cairo-declaration-2025&at=para-15&language=en" in first


def test_card_is_turned_rated_and_does_not_come_back_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, section="cards")
    front = page.subheader[0].value
    page.button[0].click().run()
    assert any(one.value.startswith("**para&#46; ") for one in page.markdown)
    page.button(key="rate-good").click().run()
    assert page.subheader[0].value != front
    assert len(page.session_state["deck"].cards) == 1


def test_quiz_is_scored_and_choices_outlive_a_look_elsewhere(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("learn_page", address, monkeypatch, section="quiz")
    page.session_state["quiz"] = {"level": 2, "kind": ("place", "words"), "count": 5, "seed": 7}
    page.run()
    assert len(page.radio) == 5
    items = httpx.get(f"{address}/v1/quiz?level=2&kind=place&kind=words&count=5&seed=7", trust_env=False).json()["items"]
    keys = [next(place for place, option in enumerate(item["options"]) if option["correct"]) for item in items]
    for place, key in enumerate(keys[:4]):
        page.radio[place].set_value(key).run()
    page.session_state["learn_section"] = "cards"
    page.run()
    page.session_state["learn_section"] = "quiz"
    page.run()
    assert any("Not yet answered: 1" in one.value for one in page.caption)
    page.button(key="quiz-finish").click().run()
    assert "4 of 5 right" in page.success[0].value
    page.checkbox(key="quiz_wrong_only").check().run()
    assert len([one for one in page.markdown if "red-badge" in one.value]) == 1
    assert not [one for one in page.markdown if "green-badge" in one.value]
    page.button(key="quiz-new").click().run()
    assert "quiz" not in page.session_state


def test_quiz_on_paper_escapes_every_word() -> None:
    sheet = to_sheet(a_quiz(NASTY), words_in("ar"), "https://k.example")
    assert "<script" not in sheet
    assert 'dir="rtl"' in sheet


def test_comparison_shows_force_and_strength_and_goes_into_the_note(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("compare_page", address, monkeypatch, subject="return")
    overview = page.table[0].value
    row = overview[overview["Text"] == "Cairo Declaration"].iloc[0]
    assert (row["Strongest verb"], row["Kind of text"]) == ("encourages", "political, not binding")
    assert "**highlight** (encourages)" in list(page.table[1].value["Verb and strength"])
    page.button(key="note-compare-cairo-declaration-2025").click().run()
    cited = [item["citations"] for item in page.session_state["note_items"]]
    assert cited == [[{"id": "cairo-declaration-2025/para-12"}], [{"id": "cairo-declaration-2025/para-23"}]]
    assert page.button(key="note-compare-cairo-declaration-2025").label == "In the note"
    page.button(key="note-compare-cairo-declaration-2025").click().run()
    assert page.session_state["note_items"] == []


def test_comparison_in_own_words_leaves_out_what_is_far_away(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("compare_page", address, monkeypatch)
    page.text_input(key="compare_words").set_value("detention of children <b>").run()
    assert page.header[0].value == "detention of children &#60;b&#62;"
    assert "Global Compact for Migration" in list(page.table[0].value["Text"])
    assert any("Texts with nothing close to it" in one.value for one in page.caption)


def an_item(name: str, number: int, **changes: object) -> dict[str, Any]:
    bare: dict[str, Any] = {"question": "", "answer": "", "citations": [{"id": "cairo-declaration-2025/para-23"}], "remark": ""}
    return {"name": name, "number": number} | bare | changes


def with_items(page: AppTest, *items: dict[str, Any]) -> AppTest:
    page.session_state["note_items"] = list(items)
    return page.run()


def test_note_is_ordered_made_and_emptied(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("note_page", address, monkeypatch)
    assert page.info
    with_items(page, an_item("first", 0), an_item("second", 1))
    page.button(key="rise-1").click().run()
    assert [item["name"] for item in page.session_state["note_items"]] == ["second", "first"]
    page.text_area(key="remark-1").set_value(NASTY).run()
    page.text_input(key="note_title").set_value(NASTY).run()
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        page.button(key=f"make-{kind}").click().run()
        body, made = page.session_state[f"note-made-{kind}"]
        assert made.startswith(begins)
        assert (body["title"], body["items"][0]["remark"]) == (NASTY, NASTY)
    assert "<script" not in texts(page)
    page.button(key="drop-0").click().run()
    assert [item["name"] for item in page.session_state["note_items"]] == ["second"]
    page.button(key="note-clear-yes").click().run()
    assert page.session_state["note_items"] == []


def test_altered_quote_is_refused_at_export_with_its_item_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = [{"id": "cairo-declaration-2025/para-23", "quote": "in full respect of <b>national</b> rights", "start": 0, "end": 10}]
    page = with_items(opened("note_page", address, monkeypatch), an_item("good", 0), an_item("bad", 1, citations=altered))
    page.button(key="make-docx").click().run()
    assert "The note was not made" in page.error[0].value
    assert "Item 2" in page.error[0].value
    assert "<b>" not in page.error[0].value
    assert "note-made-docx" not in page.session_state


def test_paragraphs_and_a_remark_are_added_on_the_page_itself(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("note_page", address, monkeypatch)
    page.multiselect[0].set_value(["cairo-declaration-2025/para-27", "cairo-declaration-2025/para-28"]).run()
    page.button(key="note-add-chosen").click().run()
    assert page.multiselect[0].value == []
    page.button(key="note-add-own").click().run()
    assert [item["name"] for item in page.session_state["note_items"]] == ["Cairo Declaration, para. 27", "Cairo Declaration, para. 28", "Own remark"]


def test_note_of_two_hundred_items_is_shown_in_pages_and_takes_no_more(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [an_item(str(number), number, citations=[], remark=f"remark {number}") for number in range(200)]
    page = with_items(opened("note_page", address, monkeypatch), *items)
    assert len(page.text_area) == 20
    page.selectbox(key="note_first").set_value(180).run()
    assert page.text_area[-1].value == "remark 199"
    assert page.button(key="note-add-own").disabled
    assert any("The note is full" in one.value for one in page.caption)
    page.button(key="make-docx").click().run()
    assert page.session_state["note-made-docx"][1].startswith(b"PK")


def test_about_says_how_long_things_are_kept_and_how_good_it_is(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("about_page", address, monkeypatch)
    assert "after 12 days" in texts(page)
    assert "22 texts with" in texts(page)
    assert "Quotes that stand word for word in the text" in list(page.table[1].value["Measure"])


def test_what_the_browser_kept_is_checked_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in ("", "[]", "{", '{"items": [{"name": 5}]}', '{"items": [{"name": "x", "citations": [{"id": 1}]}]}', "[" * 50_000):
        page = AppTest.from_string(f"from ui import note_basket\nnote_basket._restore({kept!r})").run()
        assert not page.exception
        assert not page.session_state["note_items"] if "note_items" in page.session_state else True
    good = '{"title": "T", "items": [{"name": "x", "citations": [{"id": "a/b"}], "remark": "r"}]}'
    page = AppTest.from_string(f"from ui import note_basket\nnote_basket._restore({good!r})").run()
    assert [one["remark"] for one in page.session_state["note_items"]] == ["r"]
    assert Deck.from_json(Deck().to_json()).cards == {}
