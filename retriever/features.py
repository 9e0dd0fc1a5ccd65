"""What tells whether a provision answers a question: one number a way of looking, each 0 to about 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from ingest.lexical import FieldName
from retriever.look import Look, floor
from retriever.votes import Votes

FEATURES = ("text", "pairs", "questions", "concepts", "surroundings", "dense_text", "dense_questions", "line", "votes")
"""Columns, in order: BM25 over the provision's text, over pairs of its words, over its heading and questions, over its concepts, over the
text around it; the best cosine of the question with its text and with one of its lines; likeness to the most alike of its lines; its share
of the lines' votes, as a logarithm."""

FAINTEST = 1e-4
"""Share of the votes below which none is told from another."""


def features(look: Look, index: Index, votes: Votes) -> NDArray[np.float32]:
    """One row a searched provision, in the order of `index.searched`; one column a feature."""
    question = look.question
    table = np.zeros((len(index.searched), len(FEATURES)), dtype=np.float32)
    lexical: Mapping[FieldName, tuple[Mapping[str, float], Mapping[str, float]]] = {
        "text": (question.terms, question.english),
        "pairs": (question.pairs, question.english_pairs),
        "questions": (question.terms, question.terms),
        "concepts": (question.concepts, question.concepts),
        "surroundings": (question.terms, question.english),
    }
    for column, (name, (own, english)) in enumerate(lexical.items()):
        table[:, column] = _lexical(index, name, english)
        if own is not english:
            same = languages(index) == question.language
            if same.any():
                table[same, column] = _lexical(index, name, own)[same]
    table[:, 5] = _best(look.near["text"], index)
    table[:, 6] = _best(look.near["question"], index)
    table[:, 7] = votes.lines
    table[:, 8] = 1.0 - np.log(np.maximum(votes.shares, FAINTEST)) / np.log(FAINTEST)
    return table


@lru_cache(maxsize=4)
def languages(index: Index) -> NDArray[np.str_]:
    """The language of each searched provision."""
    return np.asarray([index.provisions[one].language for one in index.searched])


def _lexical(index: Index, name: FieldName, weighted: Mapping[str, float]) -> NDArray[np.float32]:
    field = index.fields.get(name)
    return field.scores(weighted) if field is not None and weighted else np.zeros(len(index.searched), dtype=np.float32)


def _best(found: Sequence[tuple[int, float]], index: Index) -> NDArray[np.float32]:
    """The best cosine with any passage of each provision; those with none among the nearest get the lowest there is."""
    best = np.full(len(index.searched), floor(found), dtype=np.float32)
    for row, cosine in found:
        place = index.row_of[index.passages[row].provision]
        best[place] = max(best[place], cosine)
    return best
