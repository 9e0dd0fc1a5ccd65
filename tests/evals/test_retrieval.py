"""Ranked lists, each measure worked by hand."""

from __future__ import annotations

from math import log2

import pytest

from evals.retrieval import retrieval
from tests.evals.outcomes import a_refusal_row, a_row, answered, refused


def test_measures_of_one_ranked_list():
    # Needed: 1 and 2 (gain 2 each), acceptable: 3 (gain 1). Found: 9, 3, 1, 8, 7, 6, 2.
    row = a_row(relevant=("d/para-1", "d/para-2"), acceptable=("d/para-3",))
    found = retrieval([answered(row, ranked=tuple(f"d/para-{n}" for n in (9, 3, 1, 8, 7, 6, 2)))])
    assert (found["recall@1"], found["recall@3"], found["recall@5"], found["recall@10"]) == ([0.0], [0.5], [0.5], [1.0])
    assert found["mrr"] == [0.5]  # the first that counts, an acceptable one, stands second
    gained = 1 / log2(3) + 2 / log2(4) + 2 / log2(8)
    ideal = 2 / log2(2) + 2 / log2(3) + 1 / log2(4)
    assert found["ndcg@10"] == [pytest.approx(gained / ideal)]


def test_a_question_for_which_nothing_is_found_scores_nothing():
    found = retrieval([refused(a_row("empty")), answered(a_row("full"), "d/para-1")])
    assert found["recall@10"] == [0.0, 1.0]
    assert found["mrr"] == [0.0, 1.0]


def test_questions_without_an_answer_are_left_out():
    assert retrieval([refused(a_refusal_row())]) == {}
    assert len(retrieval([refused(a_refusal_row()), answered(a_row(), "d/para-1")])["mrr"]) == 1
