"""What tells whether a provision answers a question: one number a way of looking, each 0 to 1."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.encoder import Vectors
from ingest.index import Index
from ingest.passages import Kind
from retriever.question import ParsedQuestion

FEATURES = ("text", "questions", "concepts", "dense_text", "dense_questions", "best_question")
"""Columns, in order: BM25 over the provision's text, over its heading and questions, over its concepts; the best cosine of the question
with its text and with one of its questions; the best share of words in common with one of its questions."""

CANDIDATES = 400
"""Passages of each kind that Chroma is asked for."""


def features(question: ParsedQuestion, index: Index) -> NDArray[np.float32]:
    """One row a searched provision, in the order of `index.searched`; one column a feature."""
    table = np.zeros((len(index.searched), len(FEATURES)), dtype=np.float32)
    for column, name, weighted in (
        (0, "text", question.english),
        (1, "questions", question.terms),
        (2, "concepts", question.concepts),
    ):
        field = index.fields.get(name)  # type: ignore[call-overload]
        if field is not None and weighted:
            table[:, column] = field.scores(weighted)
    vectors = index.encoder.encode(asked_as(question, index), index.encoder.question_prompt)
    table[:, 3] = _best(vectors, "text", index)
    table[:, 4] = _best(vectors, "question", index)
    table[:, 5] = _overlap(question, index)
    return table


def asked_as(question: ParsedQuestion, index: Index) -> list[str]:
    """The texts to embed for a question: itself and, in a language that the encoder may not know, its concepts in English."""
    if question.language == "en" or not question.named:
        return [question.rest]
    return [question.rest, "; ".join(index.thesaurus.concepts[one].preferred["en"] for one in question.named)]


def _best(vectors: Vectors, kind: Kind, index: Index) -> NDArray[np.float32]:
    """The best cosine of any vector with any passage of each provision; those that Chroma did not return get the lowest it did."""
    best = np.full(len(index.searched), -1.0, dtype=np.float32)
    for vector in vectors:
        found = index.vectors.nearest(vector, CANDIDATES, kind)
        floor = found[-1][1] if found else 0.0
        own = np.full(len(index.searched), floor if len(found) == CANDIDATES else 0.0, dtype=np.float32)
        for row, cosine in found:
            place = index.row_of[index.passages[row].provision]
            own[place] = max(own[place], cosine)
        best = np.maximum(best, own)
    return np.clip(best, 0.0, 1.0)


def _overlap(question: ParsedQuestion, index: Index) -> NDArray[np.float32]:
    """Dice's coefficient of the question's stems with those of the provision's nearest own question, weighted by rarity."""
    best = np.zeros(len(index.searched), dtype=np.float32)
    for provision, share in overlaps(question, index, "question").items():
        best[index.row_of[provision]] = share
    return best


def overlaps(question: ParsedQuestion, index: Index, kind: Kind) -> dict[str, float]:
    """The best such coefficient with a passage of a kind, by what the passages belong to; those with nothing in common are left out."""
    field = index.fields.get("questions")
    best: dict[str, float] = {}
    if field is None or not question.terms:
        return best
    weight = {stem: field.idf(stem) for stem in question.terms}
    mine = sum(weight.values())
    for owner, stems, total in passage_stems(index, question.language, kind):
        common = weight.keys() & stems
        if common:
            best[owner] = max(best.get(owner, 0.0), 2 * sum(weight[stem] for stem in common) / (mine + total))
    return best


@lru_cache(maxsize=32)
def passage_stems(index: Index, language: str, kind: Kind) -> tuple[tuple[str, frozenset[str], float], ...]:
    """For each passage of a kind in a language: what it belongs to, its stems, and their weight by rarity."""
    field = index.fields.get("questions")
    found: list[tuple[str, frozenset[str], float]] = []
    if field is None:
        return ()
    for one in index.passages:
        if one.kind == kind and one.language == language:
            stems = frozenset(term.stem for term in terms(one.text, language))
            found.append((one.provision, stems, sum(field.idf(stem) for stem in sorted(stems))))
    return tuple(found)
