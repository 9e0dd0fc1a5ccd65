"""The other pages' logic, run by Streamlit's AppTest against a real service on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant
from ui import wording
from ui.api_client import Instrument
from ui.citing import cite
from ui.study_data import Paragraph
from ui.wording import words_in

APP = Path(wording.__file__).parent / "app.py"
PAGE = """
import os
from ui import {page}
from ui.api_client import ApiClient
from ui.wording import words_in
{page}.show(ApiClient(os.environ["KHARTOUM_API_URL"], "https://khartoum.example"), words_in({language!r}))
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(SmallAssistant)) as address:
        wait_until_ready(address)
        yield address


def opened(page: str, address: str, monkeypatch: pytest.MonkeyPatch, language: str = "en", **query: str) -> AppTest:
    monkeypatch.setenv("KHARTOUM_API_URL", address)
    test = AppTest.from_string(PAGE.format(page=page, language=language), default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("page", ["read_page", "learn_page", "compare_page", "note_page", "about_page"])
def test_page_draws_in_every_language(page: str, language: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(page, address, monkeypatch, language).title[0].value == words_in(language)[f"page_{page.removesuffix('_page')}"]


def test_summary_never_looks_like_an_official_text(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = opened("read_page", address, monkeypatch, text="agenda-2063")
    assert "orange-badge[Summary, not the official text]" in texts(digest)
    assert "A high standard of living&#46;" in digest.info[0].value
    official = opened("read_page", address, monkeypatch, text="cairo-declaration-2025")
    assert "blue-badge[Official text]" in texts(official)
    assert not official.info


def test_search_inside_a_text_leaves_what_it_finds_and_marks_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("read_page", address, monkeypatch, text="cairo-declaration-2025")
    page.text_input(key="search-a").set_value("non-refoulement").run()
    assert [one.value for one in page.subheader] == ["para&#46; 23"]
    assert ":yellow-background[non" in texts(page)


def test_markup_in_a_text_stays_text(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("read_page", address, monkeypatch, text="cairo-declaration-2025")
    assert "<b>" not in texts(page)
    assert "&#60;b&#62;undertaken" in texts(page)


def test_shared_link_asks_again_and_says_whether_its_citations_still_stand(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARTOUM_API_URL", address)
    for cited, said in (("cairo-declaration-2025/para-23", "shared_same"), ("cairo-declaration-2025/para-9", "shared_changed")):
        page = AppTest.from_file(str(APP), default_timeout=30)
        page.query_params["q"] = "human rights?"
        page.query_params["cite"] = cited
        page.run()
        assert any(words_in("en")[said] in caption.value for caption in page.caption)
        assert "q" not in page.query_params


def a_paragraph(**changes: object) -> Paragraph:
    facts = dict.fromkeys(("heading", "part", "text", "source", "verb", "verb_words", "strength"), "")
    lists = {name: [] for name in ("path", "notes", "links", "links_here")}
    held = {
        "id": "i/para-23",
        "instrument": "i",
        "title": "I",
        "label": "para-23",
        "pinpoint": "para. 23",
        "tier": "authentic",
        "url": "/read/i#para-23",
    }
    return Paragraph.model_validate(facts | lists | held | changes)


def test_citation_styles() -> None:
    instrument = Instrument(id="i", title={"en": "Protocol"}, short={}, date="2000-11-15", symbol="A/RES/55/25")
    words = words_in("en")
    assert [cite(style, instrument, a_paragraph(), words, "https://k.example") for style in ("un", "oscola", "plain")] == [
        "Protocol, 15 November 2000, A/RES/55/25, para. 23.",
        "Protocol (adopted 15 November 2000) A/RES/55/25, para 23",
        "Protocol, para. 23. https://k.example/read/i#para-23",
    ]
    assert "Summary, not the official text" in cite("un", instrument, a_paragraph(tier="digest"), words, "")
