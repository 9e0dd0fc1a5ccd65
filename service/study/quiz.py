"""Quizzes made of stored provisions, without a language model: every quote is cut out of the text, every key follows from the data.

An altered quote is never shown. What may be false is where genuine words stand, or a statement of ours that is marked as one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel

from ingest.clauses import clauses
from ingest.provision import Provision
from ingest.verbs import lead_verb
from service.answer import Language
from service.study.shapes import ProvisionText, provision_text
from service.study.view import Study

T = TypeVar("T")

Kind = Literal["paragraph", "place", "statement", "instrument"]
KINDS: tuple[Kind, ...] = ("paragraph", "place", "statement", "instrument")
LEVELS = (1, 2, 3)
OPTIONS = 4
SHORTEST, LONGEST = 45, 260
"""Length of a quote, in characters: shorter ones stand in many places, longer ones are not read."""


class Option(BaseModel):
    """A choice."""

    text: str
    correct: bool


class Item(BaseModel):
    """A question with its key. `quote` is `provision.text[start:end]` in the authentic tier; `summary` is a digest's text."""

    kind: Kind
    question: str
    quote: str
    start: int
    end: int
    summary: str
    options: list[Option]
    explanation: str
    provision: ProvisionText


class Maker:
    """Makes items from one seed.

    Args:
        level: 1 shows headings in the choices; 2 does not; 3 chooses the wrong answers among those that speak of the same subjects.
    """

    def __init__(self, view: Study, language: Language, level: int, seed: int) -> None:
        self.view, self.language, self.level = view, language, level
        self.random = random.Random(f"{seed}:{level}")
        self.words: dict[str, str] = _words()[language]
        self.authentic = [one for one in view.numbered if one.tier == "authentic" and _quotable(one)]

    def items(self, kinds: Sequence[Kind], count: int) -> list[Item]:
        """Up to `count` items, the kinds in turn, no provision twice within a kind."""
        makers: dict[Kind, Callable[[Provision], Item | None]] = {
            "paragraph": self._paragraph,
            "place": self._place,
            "statement": self._statement,
            "instrument": self._instrument,
        }
        pools = {kind: self._shuffled(self.view.numbered if kind == "instrument" else self.authentic) for kind in kinds}
        found: list[Item] = []
        while len(found) < count and any(pools.values()):
            for kind in kinds:
                item = None
                while item is None and pools[kind]:
                    item = makers[kind](pools[kind].pop())
                if item and len(found) < count:
                    found.append(item)
        return found

    def _paragraph(self, provision: Provision) -> Item | None:
        wrong = self._others(provision, [one for one in self.authentic if one.instrument == provision.instrument])
        options = [(self._place_of(one), one is provision) for one in (provision, *wrong)]
        return self._item("paragraph", provision, "paragraph", options, "is_at") if len(wrong) == OPTIONS - 1 else None

    def _place(self, provision: Provision) -> Item | None:
        wrong = self._others(provision, [one for one in self.authentic if one.instrument == provision.instrument])
        if not wrong:
            return None
        true = self.random.random() < 0.5
        said = provision if true else wrong[0]
        options = [(self.words["holds"], true), (self.words["fails"], not true)]
        return self._item("place", provision, "place", options, "is_at", shuffle=False, said=self.view.pinpoint(said, self.language))

    def _statement(self, provision: Provision) -> Item | None:
        verb = lead_verb(provision.text)
        # A verb that the paragraph uses further on as well would make a false statement true.
        spoken = provision.text.casefold()
        verbs = [one for other in self.authentic if (one := lead_verb(other.text)) and one.lemma[:5] not in spoken]
        others = {one.strength: one for one in verbs if verb and one.strength != verb.strength}
        heading = self.view.heading(provision, self.language)
        if verb is None or not heading or not others:
            return None
        true = self.random.random() < 0.5
        said = verb if true else others[self.random.choice(sorted(others))]
        actor = self.view.instruments[provision.instrument].actor[self.language]
        question = self.words["statement"].format(
            pinpoint=self.view.pinpoint(provision, self.language), heading=heading, actor=actor, verb=getattr(said, self.language)
        )
        explanation = self.words["verb_is"].format(
            pinpoint=self.view.pinpoint(provision, self.language), actor=actor, verb=getattr(verb, self.language)
        )
        return Item(
            kind="statement",
            question=question,
            quote="",
            start=0,
            end=0,
            summary="",
            options=[Option(text=self.words["holds"], correct=true), Option(text=self.words["fails"], correct=not true)],
            explanation=explanation,
            provision=provision_text(self.view, provision, self.language),
        )

    def _instrument(self, provision: Provision) -> Item | None:
        own = self.view.instruments[provision.instrument]
        if provision.tier == "authentic" and not _quotable(provision):
            return None
        if provision.tier == "digest" and (names_itself(provision, self.view) or len(provision.text) > 600):
            return None
        title = own.short[self.language]
        others = self._shuffled([one for one in self.view.instruments.values() if one.short[self.language] != title])
        options = [(one.short[self.language], one is own) for one in (own, *others[: OPTIONS - 1])]
        question = "instrument" if provision.tier == "authentic" else "instrument_digest"
        return self._item("instrument", provision, question, options, "from") if len(options) == OPTIONS else None

    def _item(
        self,
        kind: Kind,
        provision: Provision,
        question: str,
        options: list[tuple[str, bool]],
        explanation: str,
        *,
        shuffle: bool = True,
        said: str = "",
    ) -> Item:
        title = self.view.instruments[provision.instrument].short[self.language]
        pinpoint = self.view.pinpoint(provision, self.language)
        start, end = self.random.choice(_quotable(provision)) if provision.tier == "authentic" else (0, 0)
        if shuffle:
            self.random.shuffle(options)
        return Item(
            kind=kind,
            question=self.words[question].format(title=title, pinpoint=said or pinpoint),
            quote=provision.text[start:end],
            start=start,
            end=end,
            summary=provision.text if provision.tier == "digest" else "",
            options=[Option(text=text, correct=correct) for text, correct in options],
            explanation=self.words[explanation].format(title=title, pinpoint=pinpoint),
            provision=provision_text(self.view, provision, self.language),
        )

    def _others(self, provision: Provision, pool: Sequence[Provision]) -> list[Provision]:
        """Wrong choices: the likest at level 3, any below."""
        others = self._shuffled([one for one in pool if one is not provision])
        if self.level == 3:
            own = {one.concept for one in self.view.mentions[provision.id]}
            others.sort(key=lambda one: -len(own & {mention.concept for mention in self.view.mentions[one.id]}))
        return others[: OPTIONS - 1]

    def _place_of(self, provision: Provision) -> str:
        pinpoint, heading = self.view.pinpoint(provision, self.language), self.view.heading(provision, self.language)
        return self.words["option"].format(pinpoint=pinpoint, heading=heading) if self.level == 1 and heading else pinpoint

    def _shuffled(self, pool: Sequence[T]) -> list[T]:
        mixed = list(pool)
        self.random.shuffle(mixed)
        return mixed


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "quiz_words.yaml").read_text("utf-8"))
    return words


@cache
def _quotable(provision: Provision) -> list[tuple[int, int]]:
    """Offsets of the clauses that can be quoted alone."""
    return [(start, end) for start, end in clauses(provision.text) if SHORTEST <= end - start <= LONGEST]


def names_itself(provision: Provision, view: Study) -> bool:
    """Whether its text gives away which instrument it is of."""
    own = view.instruments[provision.instrument]
    words = [*own.title.values(), *own.short.values(), *own.abbreviations, *(name for names in own.names.values() for name in names)]
    return any(word.casefold() in provision.text.casefold() for word in words)
