"""What every kind of quiz item needs: the texts, the draw, quotes that stand in one place alone, wrong choices that are wrong."""

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
from service.answer import Language
from service.states import Roll, rolls
from service.study.shapes import ProvisionText, provision_text
from service.study.view import Study

T = TypeVar("T")

Kind = Literal["paragraph", "words", "place", "statement", "instrument", "state"]
KINDS: tuple[Kind, ...] = ("paragraph", "words", "place", "statement", "instrument", "state")
LEVELS = (1, 2, 3)
OPTIONS = 4
SHORTEST, LONGEST = 45, 260
"""Length of a quote, in characters: shorter ones stand in many places, longer ones are not read."""


class Option(BaseModel):
    """A choice."""

    text: str
    correct: bool


class Item(BaseModel):
    """A question with its key.

    `provision.text[start:end]` are the words that prove the key; `quote` is them where the question shows them, "" where it must not.
    `about` is the id of the provision that the question names, "" when it names none. `summary` is a digest's text.
    """

    kind: Kind
    question: str
    quote: str
    start: int
    end: int
    summary: str
    options: list[Option]
    explanation: str
    about: str
    provision: ProvisionText


class Bench:
    """The texts in one language at one level, and one draw of chances.

    Args:
        level: 1 shows headings and takes wrong choices from afar; 2 shows none; 3 takes the wrong choices that are likest.
    """

    def __init__(self, view: Study, language: Language, level: int, seed: int) -> None:
        self.view, self.language, self.level = view, language, level
        self.random = random.Random(f"{seed}:{level}")
        self.words: dict[str, str] = _words()[language]
        self.authentic = [one for one in view.numbered if one.tier == "authentic" and quotable(one)]
        self._official = [_folded(one.text) for one in view.provisions.values() if one.tier == "authentic" and one.parent is None]
        self.roll: Roll | None = next(iter(rolls(view.index)), None) if view.index else None

    def shuffled(self, pool: Sequence[T]) -> list[T]:
        """The pool in another order."""
        mixed = list(pool)
        self.random.shuffle(mixed)
        return mixed

    def quote_of(self, provision: Provision, shortest: int = SHORTEST) -> tuple[int, int] | None:
        """Offsets of a clause that no other provision of any official text holds as well."""
        for start, end in self.shuffled(quotable(provision)):
            if end - start >= shortest and self._stands_once(provision.text[start:end]):
                return start, end
        return None

    def _stands_once(self, words: str) -> bool:
        return sum(_folded(words) in text for text in self._official) == 1

    def others(self, provision: Provision, fits: Callable[[Provision], bool] = lambda _: True) -> list[Provision]:
        """Provisions of the same instrument to choose wrong answers from: at level 3 the likest first, else in any order."""
        mixed = self.shuffled([one for one in self.authentic if one.instrument == provision.instrument and one is not provision and fits(one)])
        if self.level == 3:
            own = self._subjects(provision)
            mixed.sort(key=lambda one: -len(own & self._subjects(one)))
        return mixed

    def _subjects(self, provision: Provision) -> set[str]:
        return {one.concept for one in self.view.mentions[provision.id]}

    def title(self, provision: Provision) -> str:
        """The short title of its instrument."""
        return self.view.instruments[provision.instrument].short[self.language]

    def pinpoint(self, provision: Provision) -> str:
        """Its pinpoint."""
        return self.view.pinpoint(provision, self.language)

    def place(self, provision: Provision) -> str:
        """Its pinpoint, at level 1 with the heading."""
        heading = self.view.heading(provision, self.language)
        return self.say("headed", pinpoint=self.pinpoint(provision), heading=heading) if self.level == 1 and heading else self.pinpoint(provision)

    def say(self, key: str, **values: str) -> str:
        """One of the quiz's sentences, filled in."""
        return self.words[key].format(**values)

    def true_or_false(self, true: bool) -> list[Option]:
        """The two choices, always in this order."""
        return [Option(text=self.words["holds"], correct=true), Option(text=self.words["fails"], correct=not true)]

    def choices(self, right: str, wrong: Sequence[str]) -> list[Option] | None:
        """Four choices in any order; None when there are not three wrong ones unlike each other and the right one."""
        kept = [one for one in dict.fromkeys(wrong) if one != right][: OPTIONS - 1]
        if len(kept) < OPTIONS - 1:
            return None
        return [Option(text=text, correct=text == right) for text in self.shuffled([right, *kept])]

    def item(
        self,
        kind: Kind,
        provision: Provision,
        options: list[Option],
        span: tuple[int, int],
        *,
        question: str,
        explanation: str,
        shown: bool = False,
        about: str = "",
    ) -> Item:
        """The item; `shown` puts the words of `span` into the question."""
        start, end = span
        return Item(
            kind=kind,
            question=question,
            quote=provision.text[start:end] if shown else "",
            start=start,
            end=end,
            summary=provision.text if provision.tier == "digest" else "",
            options=options,
            explanation=explanation,
            about=about,
            provision=provision_text(self.view, provision, self.language),
        )


@cache
def quotable(provision: Provision) -> tuple[tuple[int, int], ...]:
    """Offsets of the clauses that can be quoted alone."""
    text = provision.text
    trimmed = ((start, start + len(text[start:end].rstrip(" ,;:"))) for start, end in clauses(text))
    return tuple((start, end) for start, end in trimmed if SHORTEST <= end - start <= LONGEST)


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "quiz_words.yaml").read_text("utf-8"))
    return words


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
