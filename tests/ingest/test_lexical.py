"""BM25 over the fields, worked out by hand where it can be."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from ingest.lexical import FIELDS, Field, open_fields, save_fields

ROWS = [["return", "readmit", "return"], ["right", "return"], [], ["smuggl"]]


@pytest.fixture(params=["made", "opened"])
def field(request: pytest.FixtureRequest, tmp_path: Path) -> Field:
    if request.param == "made":
        return Field.from_terms(ROWS)
    save_fields({**{name: [[], [], [], []] for name in FIELDS}, "text": ROWS, "concepts": [["a"], [], [], []]}, tmp_path)
    fields = open_fields(tmp_path)
    assert fields.keys() == {"text", "concepts"}
    return fields["text"]


def test_idf_is_that_of_lucene(field: Field) -> None:
    assert field.idf("return") == pytest.approx(math.log(1 + (4 - 2 + 0.5) / (2 + 0.5)))
    assert field.idf("smuggl") == pytest.approx(math.log(1 + (4 - 1 + 0.5) / (1 + 0.5)))
    assert field.idf("unknown") == pytest.approx(math.log(1 + 4.5 / 0.5))


def test_scores_are_shares_of_the_most_there_could_be(field: Field) -> None:
    scores = field.scores({"return": 1.0})
    # BM25 of "return" twice in a row of 3, k1 1.5, b 0.75, mean length 1.5, over the idf: what a row full of it comes to is 1.
    expected = 2 / (2 + 1.5 * (1 - 0.75 + 0.75 * 3 / 1.5))
    assert scores[0] == pytest.approx(expected, rel=1e-4)
    assert list(scores[2:]) == [0, 0]
    assert scores.max() < 1


def test_word_that_nothing_has_lowers_every_score(field: Field) -> None:
    assert (field.scores({"return": 1.0, "unknown": 1.0})[:2] < field.scores({"return": 1.0})[:2]).all()
    np.testing.assert_array_equal(field.scores({"unknown": 1.0}), 0)
    np.testing.assert_array_equal(field.scores({}), 0)


def test_weight_counts(field: Field) -> None:
    heavy = field.scores({"return": 0.1, "smuggl": 1.0})
    assert heavy[3] > heavy[0]


def test_score_does_not_depend_on_the_order_of_terms(field: Field) -> None:
    np.testing.assert_array_equal(field.scores({"return": 1.0, "right": 0.5}), field.scores({"right": 0.5, "return": 1.0}))


def test_has_knows_the_terms(field: Field) -> None:
    assert field.has("readmit")
    assert not field.has("unknown")
    assert not field.has("")


def test_field_without_any_term_is_not_written(tmp_path: Path) -> None:
    save_fields({**{name: [[], []] for name in FIELDS}, "questions": [["a"], []]}, tmp_path)
    assert open_fields(tmp_path).keys() == {"questions"}
