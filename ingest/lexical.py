"""The lexical index: BM25 over the terms of each searched provision, in five fields."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

FieldName = Literal["text", "pairs", "questions", "concepts", "surroundings"]
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
Scores = NDArray[np.float32]


class Field:
    """BM25 over one field, scores relative to the most that a question could reach."""

    def __init__(self, bm25: Any) -> None:
        self._bm25 = bm25
        self._rows = int(bm25.scores["num_docs"])
        self._starts = bm25.scores["indptr"]

    @classmethod
    def from_terms(cls, rows: Sequence[Sequence[str]]) -> Field:
        """Indexes one list of terms a provision; a provision may have none."""
        import bm25s

        bm25 = bm25s.BM25(method="lucene")
        bm25.index([list(row) for row in rows], show_progress=False)
        return cls(bm25)

    def save(self, folder: Path) -> None:
        """Writes the field to `folder`."""
        self._bm25.save(folder, show_progress=False)

    @classmethod
    def from_folder(cls, folder: Path) -> Field:
        """Opens what `save` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(folder, show_progress=False))

    def idf(self, term: str) -> float:
        """Weight of a term by rarity; a term that no provision has weighs most.

        Source: the BM25 of Lucene, ln(1 + (N - df + 0.5) / (df + 0.5)).
        """
        row = self._bm25.vocab_dict.get(term)
        count = 0 if row is None else int(self._starts[row + 1] - self._starts[row])
        return math.log(1 + (self._rows - count + 0.5) / (count + 0.5))

    def has(self, term: str) -> bool:
        """Whether any provision has the term."""
        return bool(term) and term in self._bm25.vocab_dict  # bm25s keeps "" for itself

    def scores(self, weighted: Mapping[str, float]) -> Scores:
        """A score for each provision, in the order they were indexed, 0 to 1.

        Args:
            weighted: The question's terms, each with its weight.

        Returns:
            The BM25 sum over the terms divided by the sum that a provision holding each of them without end would reach. So the
            score also says how much of the question is covered, and it compares between questions and between sizes of index.
        """
        total = np.zeros(self._rows, dtype=np.float32)
        most = 0.0
        for term, weight in weighted.items():
            most += weight * self.idf(term)
            if self.has(term):
                total += weight * self._bm25.get_scores([term])
        return total / most if most else total


def save_fields(rows: Mapping[FieldName, Sequence[Sequence[str]]], folder: Path) -> None:
    """Builds and writes every field that has any term at all."""
    for name in FIELDS:
        if any(rows[name]):
            Field.from_terms(rows[name]).save(folder / name)


def open_fields(folder: Path) -> dict[FieldName, Field]:
    """The fields that `save_fields` wrote."""
    return {name: Field.from_folder(folder / name) for name in FIELDS if (folder / name).is_dir()}
