"""The assistant's own sentences: the same in every language, and none that is not used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from service.wording import LANGUAGES, listed, opening, wording

SOURCES = "\n".join(path.read_text("utf-8") for path in (Path(__file__).resolve().parents[2] / "service").rglob("*.py"))


def fields(value: object) -> object:
    if isinstance(value, dict):
        return {key: fields(one) for key, one in value.items()}
    return {name for _, name, _, _ in string.Formatter().parse(str(value)) if name is not None}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_languages_have_the_same_sentences(language: str) -> None:
    # Only English says of which instrument after the pinpoint; the others do in the brackets.
    assert wording(language).keys() == wording("en").keys() - {"of"}
    for name, sentence in wording("en").items():
        if isinstance(sentence, dict):
            assert wording(language)[name].keys() == sentence.keys(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_with_a_quote_has_a_marker(language: str) -> None:
    for name, sentence in wording(language).items():
        if isinstance(sentence, str) and "{quote}" in sentence and name != "quote":
            assert "{marker}" in sentence, name


def test_no_sentence_is_left_over() -> None:
    built = {"stands_bare", "inside_bare", "stands", "inside", "mention_item_bare", "mention_one_other", "mention_many_other"}
    unused = [name for name in wording("en") if name not in built and not re.search(rf"[\"']{name}[\"']", SOURCES)]
    assert unused == []


@pytest.mark.parametrize(
    ("items", "language", "expected"),
    [
        ([], "en", ""),
        (["a"], "en", "a"),
        (["a", "b"], "en", "a and b"),
        (["a", "b", "c"], "fr", "a, b et c"),
        (["أ", "ب", "ج"], "ar", "أ، ب وج"),
    ],
)
def test_items_are_listed_as_the_language_lists_them(items: list[str], language: str, expected: str) -> None:
    assert listed(items, language) == expected


def test_first_letter_becomes_a_capital_and_no_other_changes() -> None:
    assert [opening(text) for text in ("para. 2 EU", "", "ép", "الفقرة")] == ["Para. 2 EU", "", "Ép", "الفقرة"]
