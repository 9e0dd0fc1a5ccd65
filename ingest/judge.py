"""A judgement of how a question is put: as those that are answered, or as those known not to be.

What is near a known question says whether *that* is answered; the judge adds what holds for all of them: that "how much" and "by which
deadline" are asked in vain, whatever of. It is learnt from the editors' lines while the index is built: each line gets a coefficient, and
a question is judged by the sum of the coefficients, each weighed by how alike the line is written. So pairs of words and letters count,
and not only single ones.
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
"""How alike some lines are written to others, one row each of the first; 0 to `TOP`."""


def closeness(likeness: NDArray[np.float64] | NDArray[np.float32], top: float) -> NDArray[np.float64]:
    """How much a line counts for a question: 1 for one written alike, at most `top`, and less the less alike it is."""
    return np.exp(np.asarray(likeness, dtype=np.float64) - top)


def coefficients(likeness: Likeness, top: float, answered: NDArray[np.bool_], most: int = MOST) -> NDArray[np.float32] | None:
    """A coefficient a line; None when there are fewer than `LEAST` lines of either kind.

    Args:
        likeness: Of the lines among each other, by their places.
        top: The likeness of a line to itself.
        answered: Of each line whether it is answered.
        most: Lines that are learnt from; the others' coefficients are 0.

    Source: kernel ridge regression of +1 and -1 (Saunders, Gammerman, Vovk 1998), with the kernel exp(likeness - top).
    """
    if min(int(answered.sum()), int((~answered).sum())) < LEAST:
        return None
    from scipy.linalg import cho_factor, cho_solve  # heavy, and needed at ingest alone

    chosen = _chosen(answered, most)
    kernel = np.empty((len(chosen), len(chosen)), dtype=np.float32)
    for start in range(0, len(chosen), AT_ONCE):
        kernel[start : start + AT_ONCE] = closeness(likeness(chosen[start : start + AT_ONCE], chosen), top)
    kernel[np.diag_indices(len(chosen))] += RIDGE
    wanted = np.where(answered[chosen], 1.0, -1.0).astype(np.float32)
    # The kernel is symmetric: its transpose is the same, and in the order in which it is solved without a copy.
    solved = cho_solve(cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False), wanted, check_finite=False)
    found = np.zeros(len(answered), dtype=np.float32)
    found[chosen] = solved
    return found


def _chosen(answered: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Places of the lines to learn from: all where there are not too many, else all that are not answered and evenly spread others."""
    if len(answered) <= most:
        return np.arange(len(answered))
    vain, asked = np.flatnonzero(~answered), np.flatnonzero(answered)
    vain = _spread(vain, max(most // 2, most - len(asked)))
    return np.sort(np.concatenate([vain, _spread(asked, most - len(vain))]))


def _spread(places: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    return places if len(places) <= most else places[np.linspace(0, len(places) - 1, most).astype(np.int64)]
