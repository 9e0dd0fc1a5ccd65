"""What tells whether a provision answers a question: one number a way of looking, each 0 to about 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from retriever.look import Look, floor
from retriever.votes import Votes

FEATURES = ("text", "questions", "concepts", "dense_text", "dense_questions", "line", "votes")
"""Columns, in order: BM25 over the provision's text, over its heading and questions, over its concepts; the best cosine of the question
with its text and with one of its lines; likeness to the most alike of its lines; its share of the lines' votes, as a logarithm."""

FAINTEST = 1e-4
"""Share of the votes below which none is told from another."""


def features(look: Look, index: Index, votes: Votes) -> NDArray[np.float32]:
    """One row a searched provision, in the order of `index.searched`; one column a feature."""
    question = look.question
    table = np.zeros((len(index.searched), len(FEATURES)), dtype=np.float32)
    for column, name, weighted in (
        (0, "text", question.english),
        (1, "questions", question.terms),
        (2, "concepts", question.concepts),
    ):
        field = index.fields.get(name)  # type: ignore[call-overload]
        if field is not None and weighted:
            table[:, column] = field.scores(weighted)
    table[:, 3] = _best(look.near["text"], index)
    table[:, 4] = _best(look.near["question"], index)
    table[:, 5] = votes.lines
    table[:, 6] = 1.0 - np.log(np.maximum(votes.shares, FAINTEST)) / np.log(FAINTEST)
    return table


def _best(found: Sequence[tuple[int, float]], index: Index) -> NDArray[np.float32]:
    """The best cosine with any passage of each provision; those with none among the nearest get the lowest there is."""
    best = np.full(len(index.searched), floor(found), dtype=np.float32)
    for row, cosine in found:
        place = index.row_of[index.passages[row].provision]
        best[place] = max(best[place], cosine)
    return best
