"""A linear judgement of how a question is put: as those that are answered, or as those known not to be.

What is near a known question says whether *that* is answered; the judge adds what holds for all of them: that "how much" and "by which
deadline" are asked in vain, whatever of. It is learnt from the editors' lines while the index is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.ngrams import COLUMNS, Block, Row

LEAST = 50
"""Lines of each kind below which nothing is learnt."""

PENALTY = 4.0
"""Inverse of the strength of the regularisation."""


class Judge:
    """Weights of the columns of each block, and what a line without any of them comes to."""

    def __init__(self, columns: NDArray[np.int64], weights: NDArray[np.float32], intercept: float) -> None:
        self._columns = columns
        self._weights = weights
        self._intercept = intercept

    @classmethod
    def learn(cls, blocks: Mapping[str, Block], rows: NDArray[np.int64], answered: NDArray[np.bool_]) -> Judge | None:
        """Learns from some of the stored lines; None when there are fewer than `LEAST` of either kind.

        Args:
            blocks: The lines as weights, by block.
            rows: Which of the lines to learn from.
            answered: Of each whether it is answered.

        Source: L2-regularised logistic regression, LIBLINEAR (Fan et al. 2008).
        """
        if min(int(answered.sum()), int((~answered).sum())) < LEAST:
            return None
        from scipy.sparse import csc_matrix, hstack  # heavy, and needed at ingest alone
        from sklearn.linear_model import LogisticRegression

        held = [csc_matrix((one.weights, one.rows, one.starts), shape=(one.lines, len(one.columns))) for one in blocks.values()]
        columns = np.concatenate([one.columns.astype(np.int64) + place * COLUMNS for place, one in enumerate(blocks.values())])
        table = hstack(held).tocsr()[rows]
        used = np.flatnonzero(np.diff(table.tocsc().indptr))
        model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=0).fit(table[:, used], answered)
        return cls(columns[used], model.coef_[0].astype(np.float32), round(float(model.intercept_[0]), 6))

    def judge(self, rows: Mapping[str, Row]) -> float:
        """Log odds that a question, given as its weights by block, is put as those that are answered, rounded to four places."""
        total = self._intercept
        for place, row in enumerate(rows.values()):
            columns = np.fromiter(row, np.int64, len(row)) + place * COLUMNS
            found = np.searchsorted(self._columns, columns)
            found[found == len(self._columns)] = 0
            known = self._columns[found] == columns
            total += float(self._weights[found[known]].astype(np.float64) @ np.fromiter(row.values(), np.float64, len(row))[known])
        return round(total, 4)

    def save(self, path: Path) -> None:
        """Writes the weights to `path`."""
        np.savez(path, columns=self._columns, weights=self._weights, intercept=np.asarray(self._intercept))

    @classmethod
    def from_file(cls, path: Path) -> Judge:
        """Reads what `save` wrote."""
        with np.load(path) as data:
            return cls(data["columns"], data["weights"], float(data["intercept"]))
