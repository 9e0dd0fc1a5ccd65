"""Every provision that mentions something, all of them, in order."""

from __future__ import annotations

import pytest

from ingest.index import Index
from retriever.mentions import subjects
from retriever.question import parse
from retriever.retriever import Retriever


def found(index: Index, text: str) -> list[str]:
    hits = Retriever(index).search(text, instruments=["cairo-declaration-2025"])
    assert hits.kind == "mention", hits.kind
    return [hit.provision.partition("/para-")[2] for hit in hits.hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which paragraphs mention human rights?", "15 21 23"),
        ("which paragraphs mention diaspora or diasporas", "1 18 19"),
        ("Where is non-refoulement mentioned?", "23"),
        ("List all paragraphs that mention the Rome Declaration", "4 25"),
        ("Quels paragraphes mentionnent les droits de l'homme ?", "15 21 23"),
        ("ما الفقرات التي تذكر حقوق الإنسان؟", "15 21 23"),
        ("Which operative paragraphs mention national competences?", "13 14 20 26"),
        ("which preamble paragraphs mention national competences", "9"),
        ("Quels paragraphes du préambule mentionnent le Pacte mondial ?", "9 9.fn-1"),
        ("which paragraphs of the preamble mention the Global Compact", "9 9.fn-1"),
        ("Which paragraphs mention ICMPD?", "1 5"),
        ("which paragraphs mention JVAP", "4 15 26"),
    ],
)
def test_all_are_found_in_reading_order(index: Index, text: str, expected: str) -> None:
    assert found(index, text) == expected.split()


def test_what_the_words_say_is_checked_against_the_text(index: Index) -> None:
    """The same worked out with nothing of ours: a search for the letters."""
    for phrase in ("human rights", "trafficking in human beings", "Horn of Africa", "climate change", "Cairo Action Plan"):
        expected = [
            one.label.removeprefix("para-") for one in index.provisions.values()
            if one.instrument == "cairo-declaration-2025" and phrase.lower() in one.text.lower()
        ]  # fmt: skip
        assert found(index, f"Which paragraphs mention {phrase}?") == expected, phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which paragraphs mention youth or women?", ["youth", "women"]),
        ("Which paragraphs mention?", []),
        ("What does para 3 say?", []),
        ("Which paragraphs mention the?", []),
    ],
)
def test_subjects_of_a_question(index: Index, text: str, expected: list[str]) -> None:
    assert subjects(parse(text, index)) == expected
