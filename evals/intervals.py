"""How sure a figure is: intervals of shares and means, and tests of whether two systems differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.959964
"""Of the standard normal distribution, for 95 %."""
ROUNDS = 2000
SEED = 2025


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems on the same questions.

    Attributes:
        difference: Mean of the second less mean of the first.
        low: Lower end of its 95 % interval.
        high: Upper end.
        p: Chance of a difference this large between systems that do not differ.
        test: How `p` was worked out.
    """

    difference: float
    low: float
    high: float
    p: float
    test: str


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share, 0 to 1.

    Raises:
        ValueError: There are no trials, or more successes than trials.

    Source: Wilson 1927; Brown, Cai, DasGupta 2001, Interval estimation for a binomial proportion, eq. 4.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    share = successes / trials
    middle = share + Z**2 / (2 * trials)
    half = Z * math.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    whole = 1 + Z**2 / trials
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def bootstrap(values: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> tuple[float, float]:
    """95 % percentile interval of the mean, the same every time.

    Source: Efron, Tibshirani 1993, An introduction to the bootstrap, 13.3.
    """
    return _percentiles(_resampled_means(np.asarray(values, dtype=np.float64), rounds, seed))


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Two-sided exact p that two systems are right equally often, from the questions that just one of them has right.

    Source: McNemar 1947; exact form: Dietterich 1998, Approximate statistical tests, 3.1.
    """
    only_first = sum(a and not b for a, b in zip(first, second, strict=True))
    only_second = sum(b and not a for a, b in zip(first, second, strict=True))
    split = only_first + only_second
    if not split:
        return 1.0
    tail: float = sum(math.comb(split, k) for k in range(min(only_first, only_second) + 1)) / 2**split
    return min(1.0, 2 * tail)


def compare(first: Sequence[float], second: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> Comparison:
    """Compares two systems' values on the same questions in the same order.

    Yes and no values are tested by McNemar's exact test, others by the paired bootstrap of the difference shifted to zero mean.

    Source: Efron, Tibshirani 1993, 16.4; Sakai 2006, Evaluating evaluation metrics based on the bootstrap.
    """
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    means = _resampled_means(differences, rounds, seed)
    mean = float(differences.mean())
    low, high = _percentiles(means)
    if set(first) | set(second) <= {0.0, 1.0}:
        return Comparison(mean, low, high, mcnemar([bool(one) for one in first], [bool(one) for one in second]), "McNemar, exact")
    extreme = int(np.count_nonzero(np.abs(means - mean) >= abs(mean) - 1e-12))
    return Comparison(mean, low, high, min(1.0, (extreme + 1) / (rounds + 1)), "paired bootstrap")


def _resampled_means(values: np.ndarray[tuple[int], np.dtype[np.float64]], rounds: int, seed: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    random = np.random.default_rng(seed)
    return np.asarray([values[random.integers(0, len(values), len(values))].mean() for _ in range(rounds)])


def _percentiles(means: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
