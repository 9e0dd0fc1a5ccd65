"""What the editors' lines that are most alike say: which provision answers, and whether any does.

Each line votes for its provision, or for silence, with exp(sharpness * likeness). The more lines the editors write, the better it gets.
Source: the kernel estimate of Nadaraya and Watson (1964), over classes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from ingest.lines import SIDES
from retriever.look import Look

SHARP, BROAD = 25.0, 10.0
"""Sharpness by which the nearest lines alone decide, and by which wider surroundings count."""

RANKING = 15.0
"""Sharpness of the votes for provisions."""

SILENT, ELSEWHERE = -1, -2
"""Owners of the lines that no provision answers."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The outcome among some provisions and the instruments that they belong to.

    Attributes:
        shares: Of each searched provision among all provisions, 0 to 1; of one that was not to be had 0.
        sharp, broad: Log odds of the answered against the unanswered at the two sharpnesses, from -9 to 9; 0 where one kind is missing.
        answered, silent, elsewhere: Likeness of the most alike line of each kind; 0 for none.
        pull, wide_pull: Likeness of the answered lines together at the two sharpnesses, as a soft maximum, by which instruments compare.
        lines: Likeness of the most alike line of each searched provision.
        judged: About 1 for a question that is put as those that are answered, about -1 for one that is put as vain ones are.
    """

    shares: NDArray[np.float64]
    sharp: float
    broad: float
    answered: float
    silent: float
    elsewhere: float
    pull: float
    wide_pull: float
    lines: NDArray[np.float64]
    judged: float


def vote(look: Look, index: Index, among: Collection[int]) -> Votes:
    """Lets the lines vote.

    Args:
        look: The question.
        index: What was searched.
        among: Rows of the provisions that may answer.
    """
    owners = owners_of(index)
    allowed = np.zeros(len(index.searched) + 2, dtype=np.bool_)  # the last two are SILENT and ELSEWHERE, from the end
    allowed[list(among)] = True
    instruments = np.zeros(len(index.instruments), dtype=np.bool_)
    instruments[[instrument_places(index)[row] for row in among]] = True
    allowed[[SILENT, ELSEWHERE]] = True
    of_these = instruments[index.lines.instrument] & ~index.lines.elsewhere
    # What has nothing to do with any text counts beside the lines of these instruments; of texts without lines nothing is known.
    counted = allowed[owners] & (of_these | (index.lines.elsewhere & of_these.any()))
    likeness = np.where(counted, look.likeness, -1.0)
    best = np.full(len(index.searched) + 2, 0.0)
    np.maximum.at(best, owners[counted], look.likeness[counted])
    unanswered = counted & (owners < 0)
    answered = counted & (owners >= 0)
    weights = np.where(counted, np.exp(RANKING * (likeness - likeness.max(initial=0.0))), 0.0)
    shares = np.bincount(np.where(answered, owners, 0), weights=np.where(answered, weights, 0.0), minlength=len(index.searched)).astype(np.float64)
    total = float(shares.sum())
    return Votes(
        shares / total if total else shares,
        _odds(likeness, answered, unanswered, SHARP),
        _odds(likeness, answered, unanswered, BROAD),
        float(look.likeness[answered].max(initial=0.0)),
        float(best[SILENT]),
        float(best[ELSEWHERE]),
        _pull(look.likeness[answered], SHARP),
        _pull(look.likeness[answered], BROAD),
        best[: len(index.searched)],
        # How a question is put is judged by all lines of the side, whichever of its provisions may answer.
        index.lines.judged(SIDES[not (of_these & (index.lines.instrument == 0)).any()], look.put),
    )


def _odds(likeness: NDArray[np.float64], answered: NDArray[np.bool_], unanswered: NDArray[np.bool_], sharpness: float) -> float:
    if not answered.any() or not unanswered.any():
        return 0.0
    sums = [float(np.exp(sharpness * (likeness[one] - likeness.max())).sum()) for one in (answered, unanswered)]
    return round(max(-9.0, min(9.0, float(np.log(max(sums[0], 1e-9)) - np.log(max(sums[1], 1e-9))))), 4)


def _pull(likeness: NDArray[np.float64], sharpness: float) -> float:
    if not len(likeness):
        return 0.0
    most = float(likeness.max())
    return round(most + float(np.log(np.exp(sharpness * (likeness - most)).sum())) / sharpness, 4)


@lru_cache(maxsize=4)
def owners_of(index: Index) -> NDArray[np.int64]:
    """The searched row of each line's provision, `SILENT` or `ELSEWHERE`."""
    special = {"silent": SILENT, "elsewhere": ELSEWHERE}
    passages = [index.passages[row] for row in index.lines.passages]
    return np.asarray([special[one.kind] if one.kind in special else index.row_of[one.provision] for one in passages], dtype=np.int64)


@lru_cache(maxsize=4)
def instrument_places(index: Index) -> tuple[int, ...]:
    """The instrument of each searched provision, as its place among the instruments."""
    places = {one: place for place, one in enumerate(index.instruments)}
    return tuple(places[one.partition("/")[0]] for one in index.searched)
