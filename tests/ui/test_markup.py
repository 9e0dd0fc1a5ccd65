"""Text from the service is shown as it is: nothing of it acts as Markdown, markup, link, formula, icon or emoji."""

from __future__ import annotations

import html
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.markup import apart, escaped, on_one_line, with_mark, with_markers

text = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=80) | st.text(
    alphabet=string.punctuation + " ab1\n", max_size=60
)


def shown(markdown: str) -> str:
    """What a reader sees of escaped text: entities resolved, word joiners unseen, white space as one space."""
    return " ".join(html.unescape(markdown).replace("\u2060", "").split())


def as_seen(plain: str) -> str:
    return " ".join(plain.replace("\u2060", "").split())


@given(text)
def test_escaped_text_shows_every_character(plain: str) -> None:
    assert shown(escaped(plain)) == as_seen(plain)


@given(text)
def test_escaped_text_has_no_character_that_markdown_acts_on(plain: str) -> None:
    assert not set(re.sub(r"&#\d+;", "", escaped(plain))) & set(string.punctuation)


@given(text)
def test_label_stays_on_one_line(plain: str) -> None:
    assert "\n" not in on_one_line(plain)


@pytest.mark.parametrize(
    ("plain", "torn"),
    [
        ("a -> b", "-\u2060>"),
        ("a -- b", "-\u2060-"),
        ("a <= b", "<\u2060="),
        (":streamlit:", ":\u2060streamlit"),
        ("http://x.example", "http\u2060:"),
        ("www.x.example", "www\u2060."),
        ("a@x.example", "a\u2060@"),
    ],
)
def test_what_streamlit_would_change_after_markdown_is_kept_apart(plain: str, torn: str) -> None:
    assert torn in html.unescape(escaped(plain))


@given(text, st.integers(-2, 60), st.integers(-2, 60))
def test_mark_shows_the_same_text_and_marks_what_was_asked(plain: str, start: int, end: int) -> None:
    marked = with_mark(plain, start, end)
    assert shown(marked.replace(":yellow-background[", "").replace("]", "")) == as_seen(plain)
    if 0 <= start < end <= len(plain):
        runs = re.findall(r":yellow-background\[([^\]]*)\]", marked)
        assert shown(" ".join(runs)) == as_seen(plain[start:end])
    else:
        assert marked == escaped(plain)


def test_mark_over_two_lines_is_two_marks() -> None:
    assert with_mark("a b\nc d", 2, 5) == "a :yellow-background[b]  \n:yellow-background[c] d"


def test_english_after_arabic_words_keeps_its_order() -> None:
    assert apart("para. 1;\nsee (2)") == "\u2068para&#46; 1&#59; see &#40;2&#41;\u2069"


def test_marker_with_an_address_leads_there_and_any_other_is_text() -> None:
    assert with_markers("As said [1]. Not [9].", {1: "http://h/read/x#para-1"}) == (
        "As said [:blue-badge[1]](http://h/read/x#para-1)&#46; Not &#91;9&#93;&#46;"
    )


@given(text)
def test_text_cannot_forge_a_link(plain: str) -> None:
    assert "](" not in with_markers(plain, {})
    assert "[" not in with_mark(plain, -1, -1)
