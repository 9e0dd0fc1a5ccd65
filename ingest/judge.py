"""A judgement of how a question is put: as those that are answered, or as those known not to be.

What is near a known question says whether *that* is answered; the judge adds what holds for all of them: that "how much" and "by which
deadline" are asked in vain, whatever of. It is learnt from the editors' lines while the index is built: each line gets a coefficient, and
a question is judged by the sum of the coefficients, each weighed by how alike the line is in writing, in the concepts that it names and in
meaning. So pairs of words and letters count, and not only single ones; and what was learnt in one language holds for the others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

LEAST = 50
"""Lines of each kind below which nothing is learnt."""

MOST = 18_000
"""Lines that are learnt from; the memory that is needed grows with their square, 1.3 GB for so many."""

RIDGE = 0.03
"""Strength of the regularisation; the less, the better on the development questions, down to where single precision ends."""

AT_ONCE = 2_000

Likeness = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
"""How alike some lines are to others, one row each of the first; 0 to `TOP`."""


def closeness(likeness: NDArray[np.float64] | NDArray[np.float32], top: float) -> NDArray[np.float64]:
    """How much a line counts for a question: 1 for one put alike, at most `top`, and less the less alike it is."""
    return np.exp(np.asarray(likeness, dtype=np.float64) - top)


class Lessons:
    """What some lines teach, and what they would have taught without some of them.

    Source: kernel ridge regression of +1 and -1 (Saunders, Gammerman, Vovk 1998), with the kernel exp(likeness - top).
    """

    def __init__(self, likeness: Likeness, top: float, answered: NDArray[np.bool_], most: int = MOST) -> None:
        """Factorises the kernel, which is kept: half a minute and 1.3 GB for `MOST` lines.

        Args:
            likeness: Of the lines among each other, by their places.
            top: The likeness of a line to itself.
            answered: Of each line whether it is answered.
            most: Lines that are learnt from; the others' coefficients are 0.
        """
        from scipy.linalg import cho_factor, cho_solve  # heavy, and needed at ingest alone

        self._answered = answered
        self._chosen = chosen = _chosen(answered, most)
        kernel = np.empty((len(chosen), len(chosen)), dtype=np.float32)
        for start in range(0, len(chosen), AT_ONCE):
            kernel[start : start + AT_ONCE] = closeness(likeness(chosen[start : start + AT_ONCE], chosen), top)
        kernel[np.diag_indices(len(chosen))] += RIDGE
        # The kernel is symmetric: its transpose is the same, and in the order in which it is solved without a copy.
        factor = cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False)
        self._solved = cho_solve(factor, np.where(answered[chosen], 1.0, -1.0).astype(np.float32), check_finite=False)
        self._factor, self._inverted = factor[0], False

    def coefficients(self, gone: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
        """A coefficient a line.

        Args:
            gone: Of each line whether it is left out; its coefficient is 0. What the others teach is solved anew, by the inverse of a
                part of a matrix from that of the whole (Schur complement): they had been set against those that are gone, and would
                judge far too hard without them.
        """
        found = np.zeros(len(self._answered), dtype=np.float32)
        solved = self._solved
        if gone is not None and len(out := np.flatnonzero(gone[self._chosen])):
            inverse = self._inverse(out)
            solved = solved - inverse @ np.linalg.solve(inverse[out].astype(np.float64), solved[out])
            solved[out] = 0.0
        found[self._chosen] = solved
        return found

    def _inverse(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Columns of the kernel's inverse, which is worked out once, in the place of the factor: a minute for `MOST` lines."""
        if not self._inverted:
            from scipy.linalg.lapack import spotri

            self._factor, failed = spotri(self._factor, lower=1, overwrite_c=1)
            if failed:
                raise np.linalg.LinAlgError(f"the kernel of {len(self._chosen)} lines has no inverse")
            self._inverted = True
        # Only the lower half is filled in.
        lower = np.arange(len(self._chosen))[:, None] >= places
        return np.asarray(np.where(lower, self._factor[:, places], self._factor[places].T))


def enough(answered: NDArray[np.bool_]) -> bool:
    """Whether there are `LEAST` lines of either kind, so that something can be learnt."""
    return min(int(answered.sum()), int((~answered).sum())) >= LEAST


def _chosen(answered: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Places of the lines to learn from: all where there are not too many, else all that are not answered and evenly spread others."""
    if len(answered) <= most:
        return np.arange(len(answered))
    vain, asked = np.flatnonzero(~answered), np.flatnonzero(answered)
    vain = _spread(vain, max(most // 2, most - len(asked)))
    return np.sort(np.concatenate([vain, _spread(asked, most - len(vain))]))


def _spread(places: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    return places if len(places) <= most else places[np.linspace(0, len(places) - 1, most).astype(np.int64)]
