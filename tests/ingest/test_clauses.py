"""Clauses cover the text, cut nothing in two, and read as words that belong together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.clauses import clauses
from ingest.index import Index


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text)]


def test_enumeration_is_not_cut() -> None:
    assert pieces("safe, timely, and dignified return, readmission, and sustainable reintegration") == [
        "safe, timely, and dignified return, readmission, and sustainable reintegration"
    ]


def test_clause_begins_after_a_comma_where_a_word_opens_one() -> None:
    assert pieces("Recognise the need, as an essential element, in line with the law; and reaffirm it") == [
        "Recognise the need,",
        "as an essential element,",
        "in line with the law;",
        "and reaffirm it",
    ]


def test_sentence_ends_a_clause_and_an_abbreviation_of_capitals_does_not() -> None:
    assert pieces("They met in the U.S. They agreed. Then they left.") == ["They met in the U.S. They agreed.", "Then they left."]


def test_point_on_a_line_of_its_own_is_a_clause() -> None:
    assert pieces("States shall\n(a) act;\n(b) report.") == ["States shall", "(a) act;", "(b) report."]


def test_no_text_has_no_clause() -> None:
    assert clauses("") == []
    assert clauses(" \n ") == []


@given(st.text(st.sampled_from("ab ,;:.\n(A)and in which that"), max_size=80) | st.text(max_size=80))
def test_clauses_are_in_order_and_lose_only_white_space(text: str) -> None:
    cuts = clauses(text)
    position = 0
    for start, end in cuts:
        assert position <= start < end <= len(text)
        assert text[position:start].strip() == ""
        position = end
    assert text[position:].strip() == ""


def test_clauses_of_every_provision_begin_and_end_at_words(index: Index) -> None:
    for provision in index.provisions.values():
        for start, end in clauses(provision.text):
            before, after = provision.text[start - 1 : start], provision.text[end : end + 1]
            assert before in {"", " ", "\n"}, (provision.id, start)
            assert after in {"", " ", "\n"}, (provision.id, end)
