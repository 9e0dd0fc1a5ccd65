"""One row a provision, one column a way of looking, every number between 0 and 1."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.index import Index
from retriever.features import FEATURES, features, nearest
from retriever.question import parse

QUESTIONS = ["return and readmission", "Que dit-on du retour ?", "ماذا عن العودة؟", "", "zzzz", "para 3"]


@pytest.mark.parametrize("text", QUESTIONS)
def test_table_is_whole_and_between_0_and_1(index: Index, text: str) -> None:
    question = parse(text, index)
    table = features(question, index, nearest(question, index))
    assert table.shape == (len(index.searched), len(FEATURES))
    assert np.isfinite(table).all()
    assert table.min() >= 0
    assert table.max() <= 1 + 1e-5


def test_best_cosine_is_that_of_exact_search(index: Index) -> None:
    question = parse("return and readmission", index)
    column = features(question, index, nearest(question, index))[:, FEATURES.index("dense_text")]
    vector = index.encoder.encode([question.rest])[0]
    best: dict[str, float] = {}
    for row, passage in enumerate(index.passages):
        if passage.kind == "text":
            best[passage.provision] = max(best.get(passage.provision, -1.0), index.vectors.cosine(row, vector))
    top = sorted(best, key=lambda one: -best[one])[:5]
    for one in top:
        assert column[index.row_of[one]] == pytest.approx(best[one], abs=1e-4)


def test_editors_own_question_has_all_its_words_in_common(index: Index) -> None:
    passage = next(one for one in index.passages if one.kind == "question" and one.language == "en" and len(one.text.split()) > 5)
    question = parse(passage.text, index)
    table = features(question, index, nearest(question, index))
    assert table[index.row_of[passage.provision], FEATURES.index("best_question")] == pytest.approx(1, abs=0.05)
