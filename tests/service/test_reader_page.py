"""The reader's page: anchors that last, words marked where they stand, nothing from a text ever run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import get_args

import httpx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.answer import Language
from service.http import create_app
from service.reader_layout import Line, Run, anchors_in, lay_out
from service.reader_mark import find_words
from service.reader_page import TEMPLATES
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import DECLARATION, PARA_23, PROVISIONS, SmallAssistant


class Page(HTMLParser):
    """Ids, links, marked words and the text of the elements with an id."""

    VOID = frozenset({"meta", "link", "br", "img", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.marked = ""
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes.extend(facts.items())
        self.ids.extend([facts["id"]] if "id" in facts else [])
        self.links.extend([facts["href"]] if tag == "a" else [])
        if tag not in self.VOID:
            self._open.append((tag, facts.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        assert [name for name, _ in self._open[-1:]] == [tag]
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag, id in self._open:
            if tag == "mark":
                self.marked += data
            if id:
                self.texts[id] = self.texts.get(id, "") + data


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(create_app(SmallAssistant)) as address, httpx.Client(base_url=address, trust_env=False) as client:
        wait_until_ready(address)
        yield client


def page(client: httpx.Client, address: str = f"/read/{DECLARATION}") -> Page:
    reply = client.get(address)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/html; charset=utf-8"), reply.text
    return Page(reply.text)


def test_every_provision_and_note_has_its_anchor_once(client: httpx.Client) -> None:
    for instrument in {provision.instrument for provision in PROVISIONS}:
        ids = page(client, f"/read/{instrument}").ids
        assert len(ids) == len(set(ids))
        for provision in PROVISIONS:
            if provision.instrument == instrument:
                assert provision.label in ids


def test_every_link_on_the_page_leads_somewhere_on_it(client: httpx.Client) -> None:
    read = page(client, f"/read/{DECLARATION}?quote=human+rights")
    inner = [link.removeprefix("#") for link in read.links if link.startswith("#")]
    assert inner[0] == "text"
    assert set(inner) <= set(read.ids)
    assert {"para-9.fn-1", "to-para-9.fn-1", "cited"} <= set(inner)


@pytest.mark.parametrize(
    "query",
    [
        f"at=para-23&start={PARA_23.index('safe')}&end={PARA_23.index('safe') + 27}",
        "at=para-23&quote=safe, timely, and dignified",
        "quote=Safe,  TIMELY,+and%0Adignified",
        "text=safe, timely, and dignified",
    ],
)
def test_cited_words_are_marked_where_they_stand(client: httpx.Client, query: str) -> None:
    read = page(client, f"/read/{DECLARATION}?{query}")
    assert read.marked == "safe, timely, and dignified"
    assert "cited" in read.ids
    assert read.texts["para-23"].split() == ["para.", "23", *PARA_23.split()]


def test_words_of_a_nested_provision_are_marked_in_the_one_that_holds_it(client: httpx.Client) -> None:
    read = page(client, "/read/refugee-convention-1951?at=art-33.2&start=4&end=11")
    assert read.marked == "benefit"
    assert read.texts["art-33.2"].strip() == "2. The benefit may not be claimed."


@pytest.mark.parametrize("query", ["quote=no+such+words", "at=para-9&quote=human+rights", "at=para-23&start=0&end=99999", "at=para-9&start=3&end=3"])
def test_words_that_are_not_there_are_not_marked_and_the_page_says_so(client: httpx.Client, query: str) -> None:
    read = page(client, f"/read/{DECLARATION}?{query}")
    assert (read.marked, ("role", "status") in read.attributes) == ("", True)


def test_text_and_query_are_never_markup(client: httpx.Client) -> None:
    reply = client.get(f"/read/{DECLARATION}", params={"quote": "<b>undertaken</b>", "x": "<script>"})
    read = Page(reply.text)
    assert not {"b", "script"} & set(read.tags)
    assert read.marked == "<b>undertaken</b>"
    assert "&amp; more" in reply.text


def test_address_that_is_no_web_address_is_no_link(client: httpx.Client) -> None:
    assert not any(link.startswith("javascript") for link in page(client, "/read/agenda-2063").links)
    assert "https://example.org/library" in page(client).links


def test_digest_says_that_it_is_a_summary_and_looks_like_one(client: httpx.Client) -> None:
    digest, official = client.get("/read/agenda-2063").text, client.get(f"/read/{DECLARATION}").text
    for sign in ("not the official text", 'class="provision digest"'):
        assert (sign in digest, sign in official) == (True, False)


def test_no_script_and_no_style_but_our_sheet(client: httpx.Client) -> None:
    reply = client.get(f"/read/{DECLARATION}")
    assert not {"script", "style"} & set(Page(reply.text).tags)
    assert not [name for name, _ in Page(reply.text).attributes if name.startswith("on") or name == "style"]
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert client.get("/static/reader.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_page_speaks_three_languages_and_the_text_keeps_its_own(client: httpx.Client, language: str, direction: str) -> None:
    read = client.get(f"/read/{DECLARATION}?language={language}").text
    assert f'<html lang="{language}" dir="{direction}">' in read
    assert '<div class="words" lang="en" dir="auto">' in read


def test_every_word_of_the_page_is_there_in_three_languages() -> None:
    def keys(words: dict[str, object]) -> set[str]:
        return {f"{key}.{inner}" for key, value in words.items() for inner in (value if isinstance(value, dict) else [""])}

    words = yaml.safe_load((TEMPLATES / "reader.yaml").read_text("utf-8"))
    assert set(words) == set(get_args(Language))
    assert keys(words["en"]) == keys(words["fr"]) == keys(words["ar"])
    template = (TEMPLATES / "reader.html").read_text("utf-8")
    assert set(re.findall(r"words\.(\w+)", template)) <= set(words["en"])


def test_error_is_a_page_for_a_browser_and_a_problem_for_a_program(client: httpx.Client) -> None:
    browser = client.get("/read/nope", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (browser.status_code, browser.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Not held: &#39;nope&#39;." in browser.text
    assert client.get("/read/nope").headers["content-type"] == "application/problem+json"


def test_lines_and_marks_are_cut_as_worked_out_by_hand() -> None:
    assert lay_out("ab\ncdef\ng", [(3, "x")], (1, 5)) == [
        Line((), (Run("a"), Run("b", True, True))),
        Line(("x",), (Run("cd", True), Run("ef"))),
        Line((), (Run("g"),)),
    ]


def test_points_stand_further_in_than_what_they_belong_to() -> None:
    lines = ["States shall:", "(a) one;", "(b) two:", "(i) first;", "(ii) second;", "(c)three;", "• bullet", "To this end:", "(i) roman", "2. Next"]
    text = "\n".join(lines)
    assert [line.depth for line in lay_out(text, [(text.index("2. Next"), "art-1.2")], None)] == [0, 1, 1, 2, 2, 1, 2, 0, 1, 0]
    letters = "\n".join(f"({letter}) point" for letter in "abcdefghij")
    assert {line.depth for line in lay_out(letters, [], None)} == {1}


def test_nested_anchors_are_found_at_any_depth() -> None:
    article = PROVISIONS[4]
    children = {"art-33": PROVISIONS[5:7]}
    assert anchors_in(article, children) == [(3, "art-33.1"), (50, "art-33.2")]


@given(text=st.text(alphabet="ab \n", max_size=40), edges=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_layout_loses_no_character_and_marks_exactly_what_was_asked(text: str, edges: tuple[int, int]) -> None:
    low, high = sorted(min(edge, len(text)) for edge in edges)
    lines = lay_out(text, [], (low, high) if low < high else None)
    assert "".join(run.text for line in lines for run in line.runs) == text.replace("\n", "")
    assert "".join(run.text for line in lines for run in line.runs if run.marked) == text[low:high].replace("\n", "")
    assert sum(run.first for line in lines for run in line.runs) <= 1


@given(
    before=st.text(max_size=20),
    words=st.lists(st.text("abc(.*", min_size=1, max_size=4), min_size=1, max_size=4),
    after=st.text(max_size=20),
)
def test_words_are_found_whatever_white_space_lies_between(before: str, words: list[str], after: str) -> None:
    span = find_words(f"{before} {'  '.join(words)} {after}", "\n".join(words))
    assert span is not None
