"""A text as a run of English stems, with what each stands in: how its clauses part, what is denied, and what is done to what."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.analysis import fold, stem, stopwords, words
from ingest.provision import Provision
from service.claims.lexicon import lexicon
from service.claims.library import Library

REACH = 3
"""Words of substance that a word which denies, or a verb that is for or against something, reaches."""
_BREAK = re.compile(r"[.,;:()\n؛،]|\b(?:but|while|whereas|although|mais|tandis)\b|(?<!\w)(?:لكن|بينما)(?!\w)")
_HARD = re.compile(r"[.;:\n؛]")


@dataclass(frozen=True, eq=False)
class Run:
    """The words of substance of a text, in order.

    Attributes:
        stems: English ones; what has no English name is left out.
        places: Where each begins in the folded text.
        clauses: Where the clauses begin.
        folded: The text, folded.
    """

    stems: tuple[str, ...]
    places: tuple[int, ...]
    clauses: tuple[int, ...]
    folded: str

    def clause(self, place: int) -> int:
        """The number of the clause that a place stands in."""
        return bisect_right(self.clauses, place)

    def after(self, place: int, most: int = REACH, *, listed: bool = False) -> tuple[str, ...]:
        """The stems that follow a place in its clause; with `listed` also beyond commas."""
        found = (one for one, at in zip(self.stems, self.places, strict=True) if at >= place and (listed or self.clause(at) == self.clause(place)))
        if listed:
            stop = _HARD.search(self.folded, place)
            end = stop.start() if stop else len(self.folded)
            found = (one for one, at in zip(self.stems, self.places, strict=True) if place <= at < end)
        return tuple(found)[:most]

    def before(self, place: int, most: int = REACH) -> tuple[str, ...]:
        """The stems that stand before a place in its clause."""
        found = tuple(one for one, at in zip(self.stems, self.places, strict=True) if at < place and self.clause(at) == self.clause(place))
        return found[-most:]

    def holds(self, wanted: tuple[str, ...], outside: frozenset[int] = frozenset()) -> bool:
        """Whether one clause that is not `outside` holds all of some stems."""
        by_clause: dict[int, set[str]] = {}
        for one, at in zip(self.stems, self.places, strict=True):
            by_clause.setdefault(self.clause(at), set()).add(one)
        return any(number not in outside and all(any(alike(one, other) for other in held) for one in wanted) for number, held in by_clause.items())


def alike(one: str, other: str) -> bool:
    """Whether two stems are of one word: "penalti" and "penalis"."""
    return one == other or (len(one) >= 5 and len(other) >= 5 and one[:5] == other[:5])


def run_of(text: str, language: str, library: Library) -> Run:
    """The run of a text, kept for as long as an answer is checked: a sentence is held against more than one provision."""
    return _run(text, language, library)


@lru_cache(maxsize=64)
def _run(text: str, language: str, library: Library) -> Run:
    folded = _same_length(text)
    generic = _generic()
    found: list[tuple[int, str]] = []
    if language == "en":
        found = [(start, stem(word, "en")) for word, start, _ in words(text) if len(word) > 1 or word.isdigit()]
    else:
        taken = -1
        for start, end, label in library.named(text, language):
            if start >= taken:
                found += [(start + place, stem(word, "en")) for place, (word, _, _) in enumerate(words(label))]
                taken = end
        covered = {start for start, _ in found}
        small = stopwords(language)
        found += [
            (start, one) for word, start, _ in words(text) if start not in covered and word not in small and library.knows(one := stem(word, "en"))
        ]
    kept = sorted((place, one) for place, one in found if one not in generic)
    breaks = (0, *(one.end() for one in _BREAK.finditer(folded)))
    return Run(tuple(one for _, one in kept), tuple(place for place, _ in kept), breaks, folded)


@cache
def _generic() -> frozenset[str]:
    """Stems of words that say nothing by themselves."""
    kept = {stem(word, "en") for word in _SUBSTANCE}
    return (lexicon().frame["en"] | {"against"} | {stem(word, "en") for word in stopwords("en")}) - kept


_SUBSTANCE = frozenset(
    ("part", "parts", "use", "used", "need", "needs", "see", "want", "move", "first", "last", "name", "names", "mention", "mentions")
)
"""Stop words that say something when they are denied: "takes no part"."""


@lru_cache(maxsize=4096)
def run_in(provision: Provision, library: Library) -> Run:
    """The run of a provision with its heading."""
    return _run(f"{provision.heading}. {provision.text}", provision.language, library)


def _same_length(text: str) -> str:
    """Folded text in which every character keeps its place."""
    return "".join(folded if len(folded := fold(c)) == 1 else (folded[:1] or " ") for c in text.replace("’", "'").replace("‘", "'"))
