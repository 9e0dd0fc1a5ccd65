"""What tells whether a provision answers a question: one number a way of looking, each 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.index import Index
from ingest.passages import KINDS, Kind
from retriever.question import ParsedQuestion

FEATURES = ("text", "questions", "concepts", "dense_text", "dense_questions", "best_question")
"""Columns, in order: BM25 over the provision's text, over its heading and questions, over its concepts; the best cosine of the question
with its text and with one of its questions; the best share of words in common with one of its questions."""

CANDIDATES = 400
"""Passages of each kind that Chroma is asked for."""


Near = Mapping[Kind, Sequence[tuple[int, float]]]
"""For each kind of passage the rows nearest to a question with their cosines, best first."""


def nearest(question: ParsedQuestion, index: Index) -> Near:
    """The passages of each kind that are nearest to a question, by the better of the texts that it is embedded as."""
    found: dict[Kind, Sequence[tuple[int, float]]] = {}
    vectors = index.encoder.encode(asked_as(question, index), index.encoder.question_prompt)
    for kind in KINDS:
        best: dict[int, float] = {}
        for vector in vectors:
            for row, cosine in index.vectors.nearest(vector, CANDIDATES, kind):
                best[row] = max(best.get(row, -1.0), cosine)
        found[kind] = sorted(best.items(), key=lambda one: (-one[1], one[0]))
    return found


def features(question: ParsedQuestion, index: Index, near: Near) -> NDArray[np.float32]:
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
    table[:, 3] = _best(near["text"], index)
    table[:, 4] = _best(near["question"], index)
    table[:, 5] = _overlap(question, index)
    return table


def asked_as(question: ParsedQuestion, index: Index) -> list[str]:
    """The texts to embed for a question: itself and, in a language that the encoder may not know, its concepts in English."""
    if question.language == "en" or not question.named:
        return [question.rest]
    return [question.rest, "; ".join(index.thesaurus.concepts[one].preferred["en"] for one in question.named)]


def _best(found: Sequence[tuple[int, float]], index: Index) -> NDArray[np.float32]:
    """The best cosine with any passage of each provision; those with none among the nearest get the lowest there is."""
    floor = max(0.0, found[-1][1]) if len(found) >= CANDIDATES else 0.0
    best = np.full(len(index.searched), floor, dtype=np.float32)
    for row, cosine in found:
        place = index.row_of[index.passages[row].provision]
        best[place] = max(best[place], cosine)
    return best


def _overlap(question: ParsedQuestion, index: Index) -> NDArray[np.float32]:
    """Dice's coefficient of the question's stems with those of the provision's nearest own question, weighted by rarity."""
    best = np.zeros(len(index.searched), dtype=np.float32)
    for provision, share in overlaps(question, index, "question").items():
        best[index.row_of[provision]] = share
    return best


def overlaps(question: ParsedQuestion, index: Index, kind: Kind) -> dict[str, float]:
    """The best such coefficient with a passage of a kind, by what the passages belong to; those with nothing in common are left out."""
    best: dict[str, float] = {}
    for owner, share in overlapping(question, index, kind):
        best[owner] = max(best.get(owner, 0.0), share)
    return best


def overlapping(question: ParsedQuestion, index: Index, kind: Kind) -> Iterator[tuple[str, float]]:
    """The coefficient with each passage of a kind that has a stem in common, after what the passage belongs to."""
    field = index.fields.get("questions")
    if field is None or not question.terms:
        return
    weight = {stem: field.idf(stem) for stem in question.terms}
    mine = sum(weight.values())
    for owner, stems, total in passage_stems(index, question.language, kind):
        common = weight.keys() & stems
        if common:
            yield owner, 2 * sum(sorted(weight[stem] for stem in common)) / (mine + total)


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
