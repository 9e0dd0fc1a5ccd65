"""Numbers that do not exist, and no text that breaks the reading of pinpoints or makes it slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.index import Index
from ingest.provision import Provision
from retriever.frames import frames, plain
from retriever.pinpoints import Pinpoints, asked_part, find_pinpoints

LANGUAGES = ("en", "fr", "ar")


def declaration(index: Index) -> list[Provision]:
    return [one for one in index.provisions.values() if one.instrument == "cairo-declaration-2025"]


def pointed(index: Index, text: str, language: str = "en") -> Pinpoints:
    return find_pinpoints(plain(text), frames(language), declaration(index))


@pytest.mark.parametrize(
    ("text", "language", "missing"),
    [
        ("para 31", "en", ("31",)),
        ("paragraph 0", "en", ("0",)),
        ("paragraphe 99", "fr", ("99",)),
        ("الفقرة 40", "ar", ("40",)),
        ("paragraphs 1 to 100000", "en", ("100000",)),
        ("paragraphs 27-300", "en", ("300",)),
        ("the paragraph after 28", "en", ("29",)),
        ("the paragraph before 1", "en", ("0",)),
        ("para " + "9" * 30, "en", ("9" * 30,)),
    ],
)
def test_number_that_does_not_exist_is_missing(index: Index, text: str, language: str, missing: tuple[str, ...]) -> None:
    assert pointed(index, text, language).missing == missing


@pytest.mark.parametrize(
    "text",
    [
        "39 States", "in 2014", "What happened on 9 April 2025?", "the 2030 Agenda", "the first Ministerial Conference", "a paragraph on return", "",
        "which paragraphs mention youth", "two States", "at the last summit",
    ],
)  # fmt: skip
def test_number_of_something_else_is_no_pinpoint(index: Index, text: str) -> None:
    assert not pointed(index, text)


def test_footnote_is_found_by_its_word(index: Index) -> None:
    assert pointed(index, "What does the footnote say?").labels == ("para-9.fn-1",)
    assert pointed(index, "note de bas de page du paragraphe 9", "fr").labels == ("para-9.fn-1",)


@pytest.mark.parametrize(
    ("text", "language", "part"),
    [
        ("in the preamble", "en", "preamble"),
        ("the operative part", "en", "operative"),
        ("préambule et dispositif", "fr", None),
        ("الديباجة", "ar", "preamble"),
        ("all", "en", None),
    ],
)
def test_part_that_is_asked_for(text: str, language: str, part: str | None) -> None:
    assert asked_part(plain(text), frames(language)) == part


WORDS = st.sampled_from(
    [
        "para",
        "paragraph",
        "§",
        "§§",
        "art",
        "article",
        "the",
        "first",
        "last",
        "two",
        "penultimate",
        "after",
        "before",
        "between",
        "and",
        "to",
        "-",
        "–",
        ",",
        "(",
        ")",
        "3",
        "28",
        "31",
        "1000",
        "XII",
        "iv",
        "twenty-three",
        "paragraphe",
        "le",
        "dernier",
        "avant",
        "après",
        "et",
        "à",
        "vingt",
        "الفقرة",
        "الفقرات",
        "الثالثة",
        "والعشرون",
        "الأخيرة",
        "بعد",
        "و",
        "إلى",
        "١٢",
        "preamble",
        "operative",
        "note",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14), st.sampled_from(LANGUAGES), st.sampled_from(["", " "]))
def test_any_row_of_such_words_points_at_what_exists(index: Index, words: list[str], language: str, between: str) -> None:
    text = plain(between.join(words))
    found = find_pinpoints(text, frames(language), declaration(index))
    assert set(found.labels) <= {one.label for one in declaration(index)}
    assert len(set(found.labels)) == len(found.labels)
    for start, end in found.spans:
        assert 0 <= start <= end <= len(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(index: Index, text: str, language: str) -> None:
    find_pinpoints(plain(text), frames(language), declaration(index))
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["§", "para ", "para 1-", "paragraph and ", "the last ", "first ", "after para ", "9", "vingt-", "الفقرة ", "(", "note 9 ", "، و"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_long_hostile_text_is_read_in_time(index: Index, piece: str, language: str) -> None:
    started = time.process_time()
    find_pinpoints(plain((piece * 2000)[:2000]), frames(language), declaration(index))
    assert time.process_time() - started < 2
