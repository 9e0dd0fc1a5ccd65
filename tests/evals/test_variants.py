"""Questions put less carefully."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from evals.variants import slip, unpunctuated, vary
from tests.evals.outcomes import a_row


def test_punctuation_becomes_space():
    assert unpunctuated("What's in § 7, please – the co-operation?") == "What s in § 7 please the co operation"


def test_a_variant_changes_the_question_alone():
    row = a_row()
    assert vary(row, "upper").question == "WHAT ABOUT IT?"
    assert vary(row, "unpunctuated").question == "What about it"
    assert vary(row, "slip").relevant == row.relevant


def test_a_slip_is_the_same_every_time():
    assert slip("What about readmission?", "a") == slip("What about readmission?", "a")
    assert slip("Is it so?", "a") == "Is it so?"


@given(st.text("abcdel ", min_size=0, max_size=40), st.text(max_size=5))
def test_a_slip_is_one_edit_that_spares_first_letters(text, seed):
    slipped = slip(text, seed)
    assert OSA.distance(text, slipped) == (1 if any(len(word) >= 5 for word in text.split()) else 0)
    assert [word[:1] for word in slipped.split()] == [word[:1] for word in text.split()]
