"""What is seen of a question in the index, once, whatever it is then ranked among: nearest passages, features, likeness to known lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Vectors
from ingest.index import Index
from ingest.ngrams import Line
from ingest.passages import KINDS, Kind
from retriever.question import ParsedQuestion

CANDIDATES = 400
"""Passages of each kind that Chroma is asked for."""

MEANING = 0.3
"""Weight with which likeness in meaning is added to that in writing (`ingest.lines.WRITTEN`)."""

Near = Mapping[Kind, Sequence[tuple[int, float]]]
"""For each kind of passage the rows nearest to a question with their cosines, best first."""


@dataclass(frozen=True)
class Look:
    """A question and what it is near to.

    Attributes:
        question: As it was read.
        near: The passages nearest in meaning.
        likeness: How alike each editors' line is in writing and meaning, 0 to 1.6.
        put: How alike each is put, by which it is judged (`ingest.lines.Lines.likeness`).
    """

    question: ParsedQuestion
    near: Near
    likeness: NDArray[np.float64]
    put: NDArray[np.float64]


def look(question: ParsedQuestion, index: Index) -> Look:
    """Looks a question up in the index."""
    vectors = question_vectors(question, index)
    near = nearest(vectors, index)
    own = None if index.encoder.spells_out(question.rest) else vectors[0]
    written, put = index.lines.likeness(Line(question.rest, question.language, question.named), own)
    return Look(question, near, np.round(written + MEANING * _meaning(near, index), 6), put)


def nearest(vectors: Sequence[Vectors], index: Index) -> Near:
    """The passages of each kind that are nearest to a question, by the better of its vectors."""
    found: dict[Kind, Sequence[tuple[int, float]]] = {}
    for kind in KINDS:
        best: dict[int, float] = {}
        for vector in vectors:
            for row, cosine in index.vectors.nearest(vector, CANDIDATES, kind):
                best[row] = max(best.get(row, -1.0), cosine)
        found[kind] = sorted(best.items(), key=lambda one: (-one[1], one[0]))
    return found


def question_vectors(question: ParsedQuestion, index: Index) -> Sequence[Vectors]:
    """The vectors of the texts that a question is embedded as; none where the encoder can read none of them."""
    texts = [text for text in asked_as(question, index) if not index.encoder.spells_out(text)]
    return list(index.encoder.encode(texts, index.encoder.question_prompt)) if texts else []


def asked_as(question: ParsedQuestion, index: Index) -> list[str]:
    """The texts to embed for a question: itself and, in a language that the encoder may not know, its concepts in English."""
    if question.language == "en" or not question.named:
        return [question.rest]
    return [question.rest, "; ".join(index.thesaurus.concepts[one].preferred["en"] for one in question.named)]


def floor(found: Sequence[tuple[int, float]]) -> float:
    """The cosine that passages which are not among the nearest have at most."""
    return max(0.0, found[-1][1]) if len(found) >= CANDIDATES else 0.0


def _meaning(near: Near, index: Index) -> NDArray[np.float64]:
    """The cosine of each line; of those that are not among the nearest of their kind the lowest of these."""
    cosines = np.zeros(len(index.passages))
    kinds = kind_places(index)
    for kind, found in near.items():
        cosines[kinds == KINDS.index(kind)] = floor(found)
        for row, cosine in found:
            cosines[row] = max(cosine, 0.0)
    return np.asarray(cosines[index.lines.passages])


@lru_cache(maxsize=4)
def kind_places(index: Index) -> NDArray[np.int64]:
    """The kind of each passage, as its place in `KINDS`."""
    return np.asarray([KINDS.index(one.kind) for one in index.passages], dtype=np.int64)
