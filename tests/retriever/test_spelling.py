"""Slips of the keyboard are mended, words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.spelling import mend, nearest

VOCABULARY = {"migration": 9, "readmission": 5, "trafficking": 4, "smuggling": 3, "return": 8, "refugee": 2, "refuge": 1}
STEMS = {"migrat", "readmiss", "traffick", "smuggl", "return", "refuge"}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("readmision", "readmission"),
        ("smugling and traficking", "smuggling and trafficking"),
        ("migartion", "migration"),
        ("banana", "banana"),
        ("retrun", "return"),
        ("Migration", "Migration"),
        ("cat", "cat"),
        ("xigration", "xigration"),
        ("l'migraton!", "l'migration!"),
    ],
)
def test_slip_is_mended_and_a_word_is_left(text: str, mended: str) -> None:
    assert mend(text, "en", VOCABULARY, STEMS)[0] == mended


def test_more_frequent_word_wins() -> None:
    assert nearest("refugeee", {"refugees": 1, "refugee": 9}) == "refugee"
    assert nearest("anything", {}) == ""


def test_what_was_mended_is_told() -> None:
    assert mend("readmision", "en", VOCABULARY, STEMS)[1] == {"readmision": "readmission"}


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar"]))
def test_any_text_can_be_mended(text: str, language: str) -> None:
    mended, replaced = mend(text, language, VOCABULARY, STEMS)
    assert replaced or mended == text
