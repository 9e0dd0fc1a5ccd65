"""Refusing: does a system know when the texts are silent, and do its probabilities mean what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose probability fell between two bounds: how many, the mean of their probabilities, the share that came true."""

    low: float
    high: float
    count: int
    said: float
    true: float


def auroc(probabilities: Sequence[float], labels: Sequence[bool]) -> float:
    """Chance that a positive one has a higher probability than a negative one, ties counting half: 0.5 is guessing, 1 perfect.

    Raises:
        ValueError: The labels are all of one kind.

    Source: Hanley, McNeil 1982, The meaning and use of the area under a ROC curve.
    """
    positive = [p for p, label in zip(probabilities, labels, strict=True) if label]
    negative = [p for p, label in zip(probabilities, labels, strict=True) if not label]
    if not positive or not negative:
        raise ValueError("AUROC needs questions of both kinds")
    wins = sum((a > b) + 0.5 * (a == b) for a in positive for b in negative)
    return wins / (len(positive) * len(negative))


def reliability(probabilities: Sequence[float], labels: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of equal width over 0 to 1, the empty ones left out.

    Source: Niculescu-Mizil, Caruana 2005, Predicting good probabilities with supervised learning.
    """
    found = []
    for place in range(bins):
        low, high = place / bins, (place + 1) / bins
        inside = [(p, label) for p, label in zip(probabilities, labels, strict=True) if low <= p < high or (place == bins - 1 and p == 1.0)]
        if inside:
            count = len(inside)
            found.append(Bin(low, high, count, sum(p for p, _ in inside) / count, sum(label for _, label in inside) / count))
    return tuple(found)


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean gap between what was said and what came true, weighted by count, 0 to 1.

    Source: Naeini, Cooper, Hauskrecht 2015, Obtaining well calibrated probabilities using Bayesian binning; Guo et al. 2017, eq. 3.
    """
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.said - one.true) for one in bins) / total if total else 0.0
