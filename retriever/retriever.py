"""Question in, ranked hits out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from retriever.features import features
from retriever.instruments import named_instruments
from retriever.language import Language
from retriever.mentions import mentioning, subjects
from retriever.pinpoints import asked_part, find_pinpoints
from retriever.question import ParsedQuestion, parse
from retriever.ranking import logistic, profile, utilities, weights
from retriever.silence import evidence

Kind = Literal["pinpoint", "mention", "ranked"]
AUTHENTIC_FIRST = 1.5
"""Added to the utility of authentic text: where it and a summary both answer, the official words come first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision found for a question.

    Attributes:
        provision: Its id.
        score: Probability that it answers, 0 to 1; 1 where the question named it.
        rank: From 1.
    """

    provision: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Found:
    """What search found.

    Attributes:
        question: As it was read.
        kind: How: by number, every mention, or by rank.
        hits: Best first; of a mention question in reading order. Empty only when nothing may be searched or nothing is mentioned.
        scope: Ids of the instruments that were searched.
        answerable: Probability that the best hit answers the question, 0 to 1.
        elsewhere: Probability that a question without an answer is not about the field at all, 0 to 1.
        missing: Numbers asked for that do not exist, such as "31".
        subjects: What a mention question wanted every mention of.
        evidence: What the probabilities were worked out from.
    """

    question: ParsedQuestion
    kind: Kind
    hits: tuple[Hit, ...]
    scope: tuple[str, ...]
    answerable: float
    elsewhere: float = 0.0
    missing: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    evidence: dict[str, float] = field(default_factory=dict)


class Retriever:
    """Search over one index generation."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, text: str, k: int = 10, instruments: Sequence[str] = (), language: Language | None = None) -> Found:
        """The provisions that answer a question.

        Args:
            text: The question, or words to look for.
            k: How many hits at most; a pinpoint or mention question gets all of its.
            instruments: Ids to search in; empty for those that the question names, or else all.
            language: Of the question; None to detect it.

        Raises:
            ValueError: `k` is below 1.
            KeyError: An instrument is not in the index.
        """
        if k < 1:
            raise ValueError(f"k is {k}; it must be 1 or more")
        for one in instruments:
            if one not in self.index.instruments:
                raise KeyError(one)
        question = parse(text, self.index, language)
        scope = self._scope(question, instruments)
        return self._pinpointed(question, scope) or self._mentioned(question, scope) or self._ranked(question, scope, k)

    def _scope(self, question: ParsedQuestion, instruments: Sequence[str]) -> tuple[str, ...]:
        named = [one for one in named_instruments(question.rest, question.language, self.index) if not instruments or one in instruments]
        first = next(iter(self.index.instruments), "")
        if first in named:
            # "What does the declaration say of the Samoa Agreement?" asks the declaration.
            return (first,)
        return tuple(instruments) or tuple(self.index.instruments)

    def _pinpointed(self, question: ParsedQuestion, scope: Sequence[str]) -> Found | None:
        named = [one for one in named_instruments(question.rest, question.language, self.index) if one in scope]
        labels: list[str] = []
        missing: tuple[str, ...] = ()
        for instrument in (named or scope)[:1] if named or len(scope) == 1 else scope:
            provisions = [one for one in self.index.provisions.values() if one.instrument == instrument]
            found = find_pinpoints(question.plain, question.frames, provisions)
            labels.extend(f"{instrument}/{label}" for label in found.labels)
            missing = missing or found.missing
            if labels:
                break
        if not labels and not missing:
            return None
        hits = tuple(Hit(one, 1.0, rank) for rank, one in enumerate(labels, 1))
        return Found(question, "pinpoint", hits, tuple(scope), 1.0 if labels else 0.0, missing=missing)

    def _mentioned(self, question: ParsedQuestion, scope: Sequence[str]) -> Found | None:
        sought = subjects(question)
        if not sought:
            return None
        part = asked_part(question.plain, question.frames)
        among = [one for one in self._rows_of(scope) if part is None or self.index.provisions[one].part == part]
        found = mentioning(question, sought, self.index, among)
        hits = tuple(Hit(one, 1.0, rank) for rank, one in enumerate(found, 1))
        return Found(question, "mention", hits, tuple(scope), 1.0, subjects=tuple(sought)) if hits else None

    def _ranked(self, question: ParsedQuestion, scope: Sequence[str], k: int) -> Found:
        ranked = rank(question, self.index, self._rows_of(scope))
        if ranked is None:
            return Found(question, "ranked", (), tuple(scope), 0.0)
        hits = tuple(
            Hit(self.index.searched[row], round(float(ranked.probability[place]), 4), place + 1) for place, row in enumerate(ranked.order[:k])
        )
        elsewhere = logistic(weights()["elsewhere"], ranked.evidence)
        return Found(question, "ranked", hits, tuple(scope), ranked.answerable, elsewhere, evidence=ranked.evidence)

    def _rows_of(self, scope: Sequence[str]) -> list[str]:
        wanted = set(scope)
        return [one for one in self.index.searched if self.index.provisions[one].instrument in wanted]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows of the index, best first, with the probability that each answers, and that the first does."""

    order: tuple[int, ...]
    probability: tuple[float, ...]
    answerable: float
    evidence: dict[str, float]
    table: NDArray[np.float32]


def rank(question: ParsedQuestion, index: Index, among: Iterable[str]) -> Ranked | None:
    """Ranks the provisions of `among` for a question; None when there are none."""
    rows = [index.row_of[one] for one in among]
    if not rows:
        return None
    table = features(question, index)
    utility = weigh(question, index, table)
    order = sorted(rows, key=lambda row: (-utility[row], row))
    found = evidence(question, index, table, utility, order)
    given = weights()
    name = "asked" if index.searched[order[0]] in index.asked else "plain"
    chance = tuple(logistic(given["relevant"], {"utility": float(utility[row])}) for row in order)
    return Ranked(tuple(order), chance, logistic(given["answerable"][name], found), found, table)


def weigh(question: ParsedQuestion, index: Index, table: NDArray[np.float32]) -> NDArray[np.float64]:
    """Utility of every searched provision, rounded so that it does not depend on the order of sums."""
    by_profile = {name: utilities(table, name) for name in {_profile(question, index, row) for row in range(len(index.searched))}}
    utility = np.zeros(len(index.searched))
    for row, one in enumerate(index.searched):
        utility[row] = by_profile[_profile(question, index, row)][row]
        if index.provisions[one].tier == "authentic":
            utility[row] += AUTHENTIC_FIRST
    return np.round(utility, 5)


def _profile(question: ParsedQuestion, index: Index, row: int) -> str:
    return profile(question.language, has_questions=index.searched[row] in index.asked)
