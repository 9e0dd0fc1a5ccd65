"""The verdict on a claim: are these the words, is this the number, the name, the strength, and is this the provision?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from ingest.analysis import terms
from ingest.provision import Provision
from service.claims.comparing import Quotation, comparable, pieces, quotations, stands_in, unmarked, visible, with_plain_letters, without_quotations
from service.claims.facts import absent, unknown_facts
from service.claims.lexicon import lexicon, spoken
from service.claims.library import Library
from service.claims.place import elsewhere
from service.claims.polarity import opposed, turned_round
from service.claims.roles import misplaced
from service.claims.strength import raised_in_part
from service.claims.support import SURE, Support, foreign_part, foreign_words, logit, supports, together, weights

Kind = Literal["verbatim", "supported", "altered", "misattributed", "invented", "no_such_provision"]
TRUE: tuple[Kind, ...] = ("verbatim", "supported")
ALIKE = 82.0
"""Likeness (rapidfuzz's partial ratio) from which words are an altered quotation rather than an invented one."""
BARE_QUOTE = 5
"""Words from which a whole claim that stands word for word is a quotation without its marks."""
OWN_TERMS = 3
"""Terms of the sentence around a quotation from which it says something of its own, which needs support of its own."""


_TRIAL = (
    "The ministers decide in May to return three people from Egypt.",
    "Les ministres ne décident pas en mai le retour de trois personnes.",
    "لا يقرر الوزراء في مايو عودة ثلاثة أشخاص.",
)
"""Sentences that every list is looked into for."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and what it cites.

    Attributes:
        text: As it is shown to whoever asked.
        ids: Ids of the provisions cited, whether or not they exist; empty when it cites nothing.
        own: `text` without the references themselves ("para. 23", "[1]"); "" when it is the same.
    """

    text: str
    ids: tuple[str, ...]
    own: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a claim.

    Attributes:
        claim: The claim.
        kind: The verdict.
        found_in: Ids of the provisions where its words or its substance stand, when they are not those cited.
        why: One sentence for a person.
        quotes: How many quotations it holds.
        held: How many of them stand word for word in what it cites.
    """

    claim: Claim
    kind: Kind
    found_in: tuple[str, ...] = ()
    why: str = ""
    quotes: int = 0
    held: int = 0

    @property
    def holds(self) -> bool:
        """Whether it may be shown."""
        return self.kind in TRUE


class Checker:
    """Checks claims against one library."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def warm(self) -> None:
        """Makes now what the first claims would otherwise wait for, some seconds."""
        self.library.warm()
        first = next(iter(self.library.ids), "")
        self.check([Claim(text, (first,)) for text in _TRIAL])

    def check(self, claims: Sequence[Claim]) -> list[Verdict]:
        """A verdict for each claim, in order. The sentences are encoded in one batch, which is what takes the time."""
        cleaned = [replace(claim, own=visible(claim.own or claim.text)) for claim in claims]
        languages = [_language(claim.own) for claim in cleaned]
        needed = [row for row, claim in enumerate(cleaned) if claim.ids and all(one in self.library.provisions for one in claim.ids)]
        found = supports([(self._substance(cleaned[row].own), languages[row]) for row in needed], self.library, [cleaned[row].ids for row in needed])
        by_row = dict(zip(needed, found, strict=True))
        return [self._verdict(claim, language, by_row.get(row)) for row, (claim, language) in enumerate(zip(cleaned, languages, strict=True))]

    def _substance(self, text: str) -> str:
        """What is measured for support: the sentence's own words, or all of them when it says hardly anything beside its quotation."""
        own = _own(text)
        return own if own != text and _own_terms(own) >= OWN_TERMS else with_plain_letters(text)

    def _verdict(self, claim: Claim, language: str, support: Support | None) -> Verdict:
        sources = [self.library.provisions[one] for one in claim.ids if one in self.library.provisions]
        quoted = quotations(claim.own)
        if len(sources) < len(claim.ids):
            return self._without_source(claim, quoted)
        if not claim.ids:
            return self._uncited(claim, quoted)
        verdict = self._quoted(claim, quoted, sources)
        if verdict is not None and not verdict.holds:
            return verdict
        held = len(quoted)
        bare = verdict is None and len(claim.own.split()) >= BARE_QUOTE and self._stands(claim.own, sources)
        if bare:
            return Verdict(claim, "verbatim", why=f"The words stand in {_ids(sources)}.", quotes=1, held=1)
        fault = self._altered(claim, language, sources)
        if fault and verdict is not None:
            return Verdict(claim, "altered", why=f"The quotation stands in {_ids(sources)}, but {fault}.", quotes=held, held=held)
        assert support is not None
        columns = [column for one in sources for column in self.library.columns(one.id)]
        added = foreign_part(self._substance(claim.own), support, columns, language)
        if verdict is not None and not added:
            added = foreign_words(_own(claim.own), support, columns)
        added = added and f"“{_short(added)}” does not stand there"
        if verdict is not None and _own_terms(_own(claim.own)) < OWN_TERMS:
            return replace(verdict, kind="altered", why=f"The quotation stands in {_ids(sources)}, but {added}.") if added else verdict
        unquoted = self._unquoted(claim, sources, support, fault, added, language)
        if verdict is not None:
            return (
                verdict
                if unquoted.holds
                else replace(unquoted, kind="altered" if unquoted.kind == "invented" else unquoted.kind, quotes=held, held=held)
            )
        return unquoted

    def _stands(self, words: str, sources: Sequence[Provision]) -> bool:
        return any(one.tier == "authentic" and stands_in(words, self.library.comparable[one.id]) for one in sources)

    def _quoted(self, claim: Claim, quoted: Sequence[Quotation], sources: Sequence[Provision]) -> Verdict | None:
        """The verdict on the quotations; None when there are none."""
        if not quoted:
            return None
        held = 0
        for one in quoted:
            if not pieces(one.words):
                continue
            if self._stands(one.words, sources):
                held += 1
                continue
            kind, where, why = self._elsewhere(one.words, sources)
            return Verdict(claim, kind, where, why, len(quoted), held)
        return Verdict(claim, "verbatim", why=f"Every quotation stands word for word in {_ids(sources)}.", quotes=len(quoted), held=held)

    def _elsewhere(self, words: str, sources: Sequence[Provision]) -> tuple[Kind, tuple[str, ...], str]:
        """What is to be said of quoted words that are not in `sources`."""
        for one in sources:
            if one.tier == "digest" and stands_in(words, self.library.comparable[one.id]):
                return (
                    "altered",
                    (),
                    f"These are words of this project's summary of {one.id}, not of the official text; a summary must not be quoted.",
                )
        where = self.find(words)
        if where:
            return "misattributed", where, f"The words “{_short(words)}” do not stand in {_ids(sources)}; they stand in {', '.join(where)}."
        if any(one.tier == "authentic" and self.library.comparable[one.id].find(comparable(words).text, any_case=True) for one in sources):
            return "altered", (), f"“{_short(words)}” stands in {_ids(sources)} in other capital or small letters; “[a]dopt” shows such a change."
        plain = comparable(words).text
        likeness = {
            one.id: fuzz.partial_ratio(plain.casefold(), self.library.comparable[one.id].text.casefold())
            for one in sources
            if one.tier == "authentic"
        }
        if likeness and max(likeness.values()) >= ALIKE and len(plain.split()) > 2:
            return "altered", (), f"“{_short(words)}” is not what {_ids(sources)} says word for word."
        near = self._like(plain)
        if near:
            return (
                "misattributed",
                (near,),
                f"“{_short(words)}” does not stand in {_ids(sources)}; {near} says something close to it, in other words.",
            )
        return "invented", (), f"The words “{_short(words)}” stand in no provision."

    def find(self, words: str) -> tuple[str, ...]:
        """Ids of the authentic provisions that hold quoted words, in reading order, at most five."""
        if not pieces(words):
            return ()
        held = (one for one, text in self.library.comparable.items() if self.library.provisions[one].tier == "authentic" and stands_in(words, text))
        return tuple(held)[:5]

    def _like(self, plain: str) -> str:
        if len(plain.split()) < 5:
            return ""
        scored = [(fuzz.partial_ratio(plain.casefold(), text.text.casefold()), one) for one, text in self.library.comparable.items()
                  if self.library.provisions[one].tier == "authentic"]  # fmt: skip
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= 90 else ""

    def _altered(self, claim: Claim, language: str, sources: Sequence[Provision]) -> str:
        """What the sentence around the quotations changes, in words that follow "but"; "" for nothing."""
        own = _own(claim.own)
        alien = unknown_facts(own, language, sources, self.library)
        if alien:
            return f"{', '.join(repr(one) for one in alien[:3])} {'does' if len(alien) == 1 else 'do'} not stand there"
        word = raised_in_part(own, language, [(one, self.library.instruments[one.instrument].binding) for one in sources], self.library)
        if word:
            return f"“{word}” says more than it undertakes ({_strengths(sources)})"
        if absent(own, language, sources, self.library):
            return ""
        given = (own, language, sources, self.library)
        quoted = turned_round(unmarked(claim.own), *given[1:]) if own != claim.own else ""
        return elsewhere(own, sources, self.library) or opposed(*given) or quoted or misplaced(*given)

    def _unquoted(self, claim: Claim, sources: Sequence[Provision], support: Support, fault: str, added: str, language: str) -> Verdict:
        named = absent(_own(claim.own), language, sources, self.library)
        if named and not fault:
            return Verdict(claim, "supported", why=f"{_ids(sources)} lists countries, and {', '.join(named)} is not among them.")
        fault = fault or added
        columns = [column for one in sources for column in self.library.columns(one.id)]
        own = max((float(support.score[column]) for column in columns), default=0.0)
        own = max(own, together(support, columns, language)) if len(sources) > 1 else own
        best = int(support.score.argmax())
        given = weights()
        other = self.library.ids[best]
        holds = own >= given["threshold"] and support.terms > 0
        nearer = best not in columns and own < SURE and support.score[best] >= given["threshold"]
        nearer = nearer and (not holds or logit(float(support.score[best])) - logit(own) >= given["elsewhere"])
        if nearer and not self._altered(claim, language, [self.library.provisions[other]]):
            return Verdict(claim, "misattributed", (other,), f"{_ids(sources)} does not say this; {other} does.")
        if holds and not nearer:
            if fault:
                return Verdict(claim, "altered", why=f"{_ids(sources)} says something like it, but {fault}.")
            return Verdict(claim, "supported", why=f"{_ids(sources)} says this in other words.")
        if fault and own >= given["threshold"] / 2:
            return Verdict(claim, "altered", why=f"{_ids(sources)} says something like it, but {fault}.")
        return Verdict(claim, "invented", why=f"{_ids(sources)} does not say this, and no other provision does.")

    def _without_source(self, claim: Claim, quoted: Sequence[Quotation]) -> Verdict:
        where = self.find(quoted[0].words) if quoted else ()
        told = f"; the words quoted stand in {', '.join(where)}" if where else ""
        return Verdict(
            claim,
            "no_such_provision",
            where,
            f"There is no provision {', '.join(one for one in claim.ids if one not in self.library.provisions)}{told}.",
            len(quoted),
            0,
        )

    def _uncited(self, claim: Claim, quoted: Sequence[Quotation]) -> Verdict:
        for one in quoted:
            where = self.find(one.words)
            if not where:
                why = f"The words “{_short(one.words)}” stand in no provision."
                return Verdict(claim, "invented", (), why, len(quoted), 0)
        if quoted:
            where = self.find(quoted[0].words)
            return Verdict(claim, "verbatim", where, f"Nothing is cited; the words stand in {', '.join(where)}.", len(quoted), len(quoted))
        return Verdict(claim, "invented", why="Nothing is cited, so nothing can be checked.")


def _own(text: str) -> str:
    """What a sentence says beside its quotations; short ones count as words of its own."""
    return without_quotations(text, shards=True)


def _language(text: str) -> str:
    """The language of a sentence, told by what it says itself: what it quotes is mostly English."""
    around = without_quotations(text)
    return spoken(around if re.search(r"[^\W\d_]", around) else text)


def _own_terms(text: str) -> int:
    language = spoken(text)
    frame = lexicon().frame.get(language, frozenset())
    return sum(term.stem not in frame and term.word not in lexicon().verbs for term in terms(text, language))


def _strengths(sources: Sequence[Provision]) -> str:
    return ", ".join(dict.fromkeys(one.verb or "no verb" for one in sources))


def _ids(sources: Sequence[Provision]) -> str:
    return ", ".join(one.id for one in sources)


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"
