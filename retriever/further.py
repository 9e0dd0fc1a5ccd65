"""Which provisions beside the best one a complete answer needs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from retriever.features import FEATURES
from retriever.look import Look
from retriever.ranking import logistic, weights
from retriever.votes import Votes

LOOKED_AT = 8
"""Provisions of the ranking that are considered."""

MOST, MOST_OF_MANY = 3, 5
"""Further provisions at most; of a question that wants all of something more."""


def needed(
    look: Look, index: Index, table: NDArray[np.float32], utility: NDArray[np.float64], order: Sequence[int], votes: Votes, side: str
) -> list[int]:
    """Rows beside the first that a complete answer needs, likeliest first.

    Args:
        look: The question.
        index: What was searched.
        table: Features, one row a provision.
        utility: One a provision.
        order: Rows, best first; at least one.
        votes: Of the lines.
        side: Which weights hold: `first` or `others`.
    """
    given = weights()["further"][side]
    likely = []
    for place, row in enumerate(order[1:LOOKED_AT], 1):
        chance = logistic(given["weights"], seen_of(look, table, utility, order, votes, place))
        if index.provisions[index.searched[row]].kind != "note" and chance >= given["threshold"]:
            likely.append((-round(chance, 6), place, row))
    return [row for _, _, row in sorted(likely)][: MOST_OF_MANY if wants_all(look) else MOST]


def wants_all(look: Look) -> bool:
    """Whether the question asks for all of something, or for several things."""
    return look.question.frames.words["plural"].search(look.question.plain) is not None


def seen_of(look: Look, table: NDArray[np.float32], utility: NDArray[np.float64], order: Sequence[int], votes: Votes, place: int) -> dict[str, float]:
    """What tells whether the provision at `place` of the ranking, 1 or later, is needed too: numbers of about 0 to 1."""
    first, row, before = order[0], order[place], order[place - 1]
    text = FEATURES.index("text")
    most = float(table[list(order[:LOOKED_AT]), text].max())
    return {
        "gap": float(utility[first] - utility[row]) / 5,
        "step": float(utility[before] - utility[row]) / 5,
        "utility": float(utility[row]) / 10,
        "share": float(votes.shares[row]),
        "first_share": float(votes.shares[first]),
        "line": float(votes.lines[row]) / max(float(votes.lines[first]), 0.1),
        "text": float(table[row, text]),
        "of_text": float(table[row, text]) / (most + 0.05),
        "all": float(wants_all(look)),
        "words": min(len(look.question.terms), 12) / 12,
        "place": place / LOOKED_AT,
    }
