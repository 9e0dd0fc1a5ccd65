"""What speaks for the best provision, and what of the question it leaves open."""

from __future__ import annotations

import pytest

from ingest.index import Index
from retriever.question import parse
from retriever.retriever import rank


def evidence(index: Index, text: str) -> dict[str, float]:
    among = [one for one in index.searched if index.provisions[one].instrument == "cairo-declaration-2025"]
    ranked = rank(parse(text, index), index, among)
    assert ranked is not None
    return ranked.evidence


def test_amount_is_asked_for_where_the_paragraph_has_none(index: Index) -> None:
    assert evidence(index, "How much money is given for return and readmission?")["no_amount"] == 1
    assert evidence(index, "What is said of return and readmission?")["no_amount"] == 0


def test_date_is_asked_for_where_the_paragraph_has_none(index: Index) -> None:
    assert evidence(index, "When will brain drain be prevented?")["no_date"] == 1


def test_country_that_the_paragraph_does_not_name_is_foreign(index: Index) -> None:
    assert evidence(index, "What do the ministers say of the return of people to Japan?")["foreign"] == 1
    assert evidence(index, "return of people")["foreign"] == 0


def test_words_of_the_paragraph_cover_the_question(index: Index) -> None:
    assert evidence(index, "enhanced cooperation on return and readmission")["covered"] > 0.9
    assert evidence(index, "xylophone lessons for penguins")["covered"] < 0.5


@pytest.mark.parametrize("text", ["", "?", "the", "a" * 500, "العودة", "12"])
def test_evidence_is_finite_for_any_question(index: Index, text: str) -> None:
    assert all(-5 <= value <= 5 for value in evidence(index, text).values())


def test_nothing_among_nothing(index: Index) -> None:
    assert rank(parse("return", index), index, []) is None
