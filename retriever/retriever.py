"""Question in, ranked hits out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.index import Index
from ingest.lines import SIDES
from ingest.provision import Part, Provision
from retriever.deeds import deeds
from retriever.features import features
from retriever.frames import without
from retriever.further import needed
from retriever.instruments import instrument_names, named_instruments
from retriever.language import Language
from retriever.look import Look, look
from retriever.mentions import mentioning, subjects
from retriever.pinpoints import Pinpoints, asked_part, find_pinpoints
from retriever.question import ParsedQuestion, parse
from retriever.ranking import logistic, profile, utilities, weights
from retriever.silence import evidence
from retriever.votes import vote

Kind = Literal["pinpoint", "mention", "ranked"]


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
        further: Ids beside the first that a complete answer needs, likeliest first.
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
    further: tuple[str, ...] = ()


class Retriever:
    """Search over one index generation."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.first = next(iter(index.instruments), "")

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
        special = self._pinpointed(question, scope) or self._mentioned(question, scope) or self._done(question, scope)
        return special or self._ranked(question, scope, k)

    def answers(self, found: Found) -> bool:
        """Whether the best hit is likely enough to answer."""
        return bool(found.hits) and found.answerable >= _threshold(found.hits[0].provision, self.index)

    def _scope(self, question: ParsedQuestion, instruments: Sequence[str]) -> tuple[str, ...]:
        named = self._named(question, instruments or tuple(self.index.instruments))
        if self.first in named:
            # "What does the declaration say of the Samoa Agreement?" asks the declaration.
            return (self.first,)
        return tuple(instruments) or tuple(self.index.instruments)

    def _named(self, question: ParsedQuestion, scope: Sequence[str]) -> list[str]:
        return [one for one in named_instruments(question.rest, question.language, self.index) if one in scope]

    def _pinpointed(self, question: ParsedQuestion, scope: Sequence[str]) -> Found | None:
        if question.other_texts and not self._named(question, scope):
            return None  # article 17 of a text that is not here is not that of another
        targets = self._named(question, scope) or list(scope)
        found: dict[str, Pinpoints] = {}
        for instrument in targets:
            exact = find_pinpoints(question.plain, question.frames, self._provisions_of(instrument), exact=True)
            if exact:
                found[instrument] = exact
        if not found or self.first in found or self._counts_by(question, targets):
            # Words that the first instrument counts by, or none does, are read as the first one's, its missing numbers too.
            target = self.first if self.first in targets else targets[0]
            found = {target: find_pinpoints(question.plain, question.frames, self._provisions_of(target))}
        found = {instrument: one for instrument, one in found.items() if self._means_number(question, instrument, one)}
        ids = [f"{instrument}/{label}" for instrument, one in found.items() for label in one.labels]
        # A text that is not numbered cannot lack a number: "section 92" in a question on it is a matter of its content.
        missing = tuple(number for instrument, one in found.items() if self._is_numbered(instrument) for number in one.missing)
        if not ids and not missing:
            return None
        if len(found) > 1:
            ids = self._likeliest(question, ids)
        hits = tuple(Hit(one, 1.0, rank) for rank, one in enumerate(ids, 1))
        return Found(question, "pinpoint", hits, tuple(found), 1.0 if ids else 0.0, missing=missing)

    def _is_numbered(self, instrument: str) -> bool:
        return any(one.kind == "provision" and not one.label.startswith("item-") for one in self._provisions_of(instrument))

    def _means_number(self, question: ParsedQuestion, instrument: str, pinpoints: Pinpoints) -> bool:
        """Whether the numbers in a question are those of an instrument. Where its items have none but those that they were counted by,
        a number in a longer question that does not name it ("under section 95, what must be disclosed?") is that of something else.
        """
        if self._is_numbered(instrument) or self._named(question, [instrument]):
            return True
        return len(terms(without(question.plain, list(pinpoints.spans)), question.language)) <= 1

    def _counts_by(self, question: ParsedQuestion, targets: Sequence[str]) -> bool:
        """Whether the question uses the first instrument's own word for its provisions ("paragraph"), and may mean it."""
        own = {one.label.partition("-")[0] for one in self._provisions_of(self.first)} if self.first in targets else set()
        return any(question.frames.units[prefix].search(question.plain) for prefix in own if prefix in question.frames.units)

    def _likeliest(self, question: ParsedQuestion, ids: Sequence[str]) -> list[str]:
        """Of provisions that several instruments have under one number, the three that suit the rest of the question best."""
        ranked = rank(look(question, self.index), self.index, [one for one in ids if one in self.index.row_of])
        return [self.index.searched[row] for row in ranked.order[:3]] if ranked else list(ids[:3])

    def _mentioned(self, question: ParsedQuestion, scope: Sequence[str]) -> Found | None:
        sought = subjects(question)
        if not sought:
            return None
        part = asked_part(question.plain, question.frames)
        # Where several may be searched, the first that mentions it at all is what "which paragraphs" means.
        for instruments in ([self.first], list(scope)) if self.first in scope else (list(scope),):
            among = self._rows_of(instruments, part)
            found = mentioning(question, sought, self.index, among)
            if found:
                hits = tuple(Hit(one, 1.0, rank) for rank, one in enumerate(found, 1))
                return Found(question, "mention", hits, tuple(instruments), 1.0, subjects=tuple(sought))
        return None

    def _done(self, question: ParsedQuestion, scope: Sequence[str]) -> Found | None:
        part = asked_part(question.plain, question.frames)
        among = [one for one in self._rows_of([self.first] if self.first in scope else scope) if part in {None, self.index.provisions[one].part}]
        hits = tuple(Hit(one, 1.0, place) for place, one in enumerate(deeds(question, self.index, among), 1))
        return Found(question, "pinpoint", hits, (self.index.provisions[hits[0].provision].instrument,), 1.0) if hits else None

    def _ranked(self, question: ParsedQuestion, scope: Sequence[str], k: int) -> Found:
        """Ranks the first instrument, which the assistant is about, and the others apart, and lets the likelier of the two answer.

        What the other side says is put second where the question names it.
        """
        others = [one for one in scope if one != self.first]
        named = self._named(question, others)
        # "What does the preamble say of climate change?" wants the preamble's paragraph first, however well another answers.
        part = asked_part(question.plain, question.frames)
        seen = look(question, self.index)
        own = rank(seen, self.index, self._rows_of([self.first], part)) if self.first in scope else None
        rest = rank(seen, self.index, self._rows_of(named or others, part)) if others else None
        own_answers = own is not None and own.answerable >= _threshold(self.index.searched[own.order[0]], self.index)
        rest_answers = rest is not None and rest.answerable >= _threshold(self.index.searched[rest.order[0]], self.index)
        if own and own_answers and (not rest or not rest_answers or prefers_first(question, own, rest, self.index, named=bool(named))):
            found = self._found(question, own, [self.first], k)
            return self._with_aside(found, rest, named, k) if rest and rest_answers and named else found
        if rest and (rest_answers or own is None):
            found = self._found(question, rest, others, k)
            return self._with_aside(found, own, [self.first], k) if own and own_answers else found
        if own:
            return self._found(question, own, scope, k)
        return Found(question, "ranked", (), tuple(scope), 0.0)

    def _with_aside(self, found: Found, ranked: Ranked, scope: Sequence[str], k: int) -> Found:
        """The best hit of the other side, put second."""
        aside = Hit(self.index.searched[ranked.order[0]], round(ranked.answerable, 4), 2)
        hits = (found.hits[0], aside, *(replace(hit, rank=hit.rank + 1) for hit in found.hits[1 : k - 1]))
        scopes = tuple(dict.fromkeys((*found.scope, *scope)))
        return replace(found, hits=hits[:k], scope=scopes, further=(aside.provision, *found.further))

    def _found(self, question: ParsedQuestion, ranked: Ranked, scope: Sequence[str], k: int) -> Found:
        hits = tuple(
            Hit(self.index.searched[row], round(float(ranked.probability[place]), 4), place + 1) for place, row in enumerate(ranked.order[:k])
        )
        elsewhere = logistic(weights()["elsewhere"], ranked.evidence)
        further = tuple(self.index.searched[row] for row in ranked.further)
        return Found(question, "ranked", hits, tuple(scope), ranked.answerable, elsewhere, evidence=ranked.evidence, further=further)

    def _provisions_of(self, instrument: str) -> list[Provision]:
        return [one for one in self.index.provisions.values() if one.instrument == instrument]

    def _rows_of(self, scope: Sequence[str], part: Part | None = None) -> list[str]:
        wanted = set(scope)
        among = [self.index.provisions[one] for one in self.index.searched]
        return [one.id for one in among if one.instrument in wanted and (part is None or one.part == part)]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows of the index, best first, with the probability that each answers, and that the first does; and those needed beside it."""

    order: tuple[int, ...]
    probability: tuple[float, ...]
    answerable: float
    further: tuple[int, ...]
    evidence: dict[str, float]


def rank(seen: Look, index: Index, among: Iterable[str]) -> Ranked | None:
    """Ranks the provisions of `among` for a question; None when there are none."""
    rows = [index.row_of[one] for one in among]
    if not rows:
        return None
    votes = vote(seen, index, rows)
    table = features(seen, index, votes)
    utility = weigh(seen.question, index, table)
    order = sorted(rows, key=lambda row: (-utility[row], row))
    found = evidence(seen, index, table, utility, order, votes)
    given = weights()
    best = index.searched[order[0]]
    chance = tuple(logistic(given["relevant"], {"utility": float(utility[row])}) for row in order)
    further = needed(seen, index, table, utility, order, votes, _side(best, index))
    return Ranked(tuple(order), chance, logistic(given["answerable"][_judge(best, index)], found), tuple(further), found)


def _side(provision: str, index: Index) -> str:
    return SIDES[index.provisions[provision].instrument != next(iter(index.instruments))]


def _judge(provision: str, index: Index) -> str:
    """Which weights say whether a provision answers: those of its side, or those for texts without lines."""
    return _side(provision, index) if provision in index.asked else "plain"


def _threshold(provision: str, index: Index) -> float:
    return float(weights()["threshold"][_judge(provision, index)])


DIFFERENCES = ("utility", "covered", "line", "dense_questions", "questions", "text", "margin", "no_date", "sharp", "pull", "wide_pull")
"""Evidence in which the first instrument and the others are compared."""


def preference(question: ParsedQuestion, own: Ranked, rest: Ranked, index: Index, *, named: bool) -> dict[str, float]:
    """What tells which of the two sides answers: by how much the first is ahead, and how the question speaks of either."""
    names = instrument_names(question.rest, question.language, index)
    unnamed = without(question.plain, [(one.start, one.end) for one in names])  # the word in "the Rome Declaration" is its own
    of_first = question.frames.words["own"].search(unnamed) is not None
    found = {name: own.evidence[name] - rest.evidence[name] for name in DIFFERENCES}
    found["named"] = float(named)
    found["of_first"] = float(of_first)
    found["named_alone"] = float(named and not of_first)
    found["other_unit"] = float(any(p not in {"para", "item"} and pattern.search(question.plain) for p, pattern in question.frames.units.items()))
    found["own_sharp"] = own.evidence["sharp"]
    found["answerable"] = own.answerable
    found["rest_answerable"] = rest.answerable
    return found


def prefers_first(question: ParsedQuestion, own: Ranked, rest: Ranked, index: Index, *, named: bool) -> bool:
    """Whether the first instrument rather than another is to answer."""
    return logistic(weights()["first"], preference(question, own, rest, index, named=named)) >= 0.5


def weigh(question: ParsedQuestion, index: Index, table: NDArray[np.float32]) -> NDArray[np.float64]:
    """Utility of every searched provision, rounded so that it does not depend on the order of sums."""
    by_profile = {name: utilities(table, name) for name in {_profile(question, index, row) for row in range(len(index.searched))}}
    utility = np.zeros(len(index.searched))
    for row in range(len(index.searched)):
        utility[row] = by_profile[_profile(question, index, row)][row]
    return np.round(utility, 5)


def _profile(question: ParsedQuestion, index: Index, row: int) -> str:
    return profile(question.language, has_questions=index.searched[row] in index.asked)
