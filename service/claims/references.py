"""Finds what a sentence cites: our ids, and pinpoints with an instrument's name as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.catalogue import FIRST
from ingest.provision import Provision
from retriever.frames import Frames, frames, plain
from retriever.instruments import names_of
from retriever.names import Named, find_names
from retriever.pinpoints import find_pinpoints
from service.claims.comparing import quotations
from service.claims.dates import numbers
from service.claims.lexicon import LANGUAGES, spoken
from service.claims.library import Library

ID = re.compile(r"\[?(?:https?://[^\s/\[\]]+)?(?:/read/)?(?P<instrument>[a-z0-9]+(?:-[a-z0-9]+)+)[/#](?P<label>[a-z]+-[0-9a-z]+(?:\.[0-9a-z-]+)*)\]?")
# What may stand between a pinpoint and the name of its instrument: "para. 23 of the Cairo Declaration", "paragraphe 23 de la Déclaration".
_OF = re.compile(
    r"[\s,(\[–-]*(?P<of>(?:of|in|from|to|under|de|du|des|dans|من|في)\s+)?(?:the\s+|la\s+|le\s+|les\s+|l['’]\s*)?(?:\d{4}\s+)?", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:['’]s)?[\s,:;(\[–-]*(?:in\s+|at\s+|\(?\s*(?:of\s+)?(?:1[89]|20)\d\d\)?[\s,]*)?", re.IGNORECASE)
# "Recital 12 and Article 5 of the EU Pact", "Goal 10, target 10.7 of the 2030 Agenda": one name for both.
_AND = re.compile(r"[\s,;]*(?:and\s+|et\s+|or\s+|ou\s+|و)?(?:in\s+|the\s+|l['’])?\s*", re.IGNORECASE)
_ARTICLE, _PARAGRAPH = re.compile(r"^[وفلب]?(?:art|الماد|ماد)"), re.compile(r"^(?:para|pars?\b|§|¶|[وفلب]?(?:الفقر|فقر))")
# "Article 33, paragraph 1" and "paragraph 1 of Article 33" are Article 33(1).
_ITS_NUMBER = re.compile(r"\W{0,3}(?P<number>\d{1,3}[a-z]?)[\s,(]{0,3}$")
_OF_ARTICLE = re.compile(r"\W{0,3}(?P<number>\d{1,2})\s*(?:of|de|du|من)\W{0,2}(?:the\s+|l')?$")
_DIGITS = re.compile(r"\W{0,3}(?P<number>\d{1,3}[a-z]?)(?!\w)\)?")
_NUMBERS = re.compile(
    r"\D{0,14}\d+[a-z]?(?:\.\d+)*(?:\s?\((?:\d+|[a-z])\))*(?:\s*(?:,|and|et|to|-|–|و)\s*\d+(?:\(\d+\))?)*",
)
_RANKED = re.compile(r"(?P<rank>(?:\d{1,2}(?:st|nd|rd|th|e|eme)|(?:[a-z]+-)*[a-z]+(?:st|nd|rd|th|ieme)))\s+$")
REACH = 90
"""Characters after a unit word in which its numbers are looked for."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation found in a text: what it names and where it stands.

    Attributes:
        ids: Provision ids, also of provisions that do not exist.
        start: Offset of its first character.
        end: Offset after its last.
    """

    ids: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pointed:
    """A number with the word before it ("Article 33"), not yet of any instrument.

    Attributes:
        unit: The word.
        piece: What is read, the numbers in the form "Article 33(1)".
        start, end: Offsets in the text.
    """

    unit: str
    piece: str
    start: int
    end: int


def references_in(sentence: str, library: Library) -> list[Reference]:
    """What a sentence cites, outside its quotations, in order."""
    masked = list(sentence)
    for one in quotations(sentence):
        masked[one.start : one.end] = " " * (one.end - one.start)
    text = "".join(masked)
    found = []
    for match in ID.finditer(text):
        if match.group("instrument") in library.instruments or match.group().startswith("["):
            found.append(Reference((f"{match.group('instrument')}/{match.group('label')}",), match.start(), match.end()))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    own = spoken(sentence)
    for language in dict.fromkeys((own, *LANGUAGES)):
        for reference in _pinpoints(text, language, library):
            found.append(reference)
            text = text[: reference.start] + " " * (reference.end - reference.start) + text[reference.end :]
    return sorted(found, key=lambda one: one.start)


def _pinpoints(text: str, language: str, library: Library) -> list[Reference]:
    frame = frames(language)
    named = find_names(text, names_of(library.instruments.values(), language))
    pointed = _pointed(plain(text), frame, _provisions(FIRST, library))
    found: list[Reference] = []
    following: tuple[str, int] | None = None
    for place in reversed(range(len(pointed))):
        one = pointed[place]
        after = _named_after(text, one.end, named)
        tied = after is not None and bool((_OF.match(text, one.end) or {"of": ""})["of"])
        if after is None and following and _AND.fullmatch(text, one.end, pointed[place + 1].start):
            after, tied = (following[0], one.end), True
        following = after
        reference = _reference(one, text, after, named, frame, library, tied=tied)
        if reference:
            found.append(reference)
    return found[::-1]


def _pointed(matched: str, frame: Frames, provisions: Sequence[Provision]) -> list[_Pointed]:
    """The numbers in a text, as `plain` makes it, in order."""
    units = list(frame.unit.finditer(matched))
    found: list[_Pointed] = []
    place = 0
    while place < len(units):
        unit, following = units[place], units[place + 1] if place + 1 < len(units) else None
        both = _both(matched, unit, following) if following else None
        if both:
            found.append(both)
            place += 2
            continue
        stop = following.start() if following else len(matched)
        piece = matched[unit.start() : min(stop, unit.end() + REACH)]
        place += 1
        if found and unit.start() < found[-1].end:
            continue
        digits = _NUMBERS.match(piece)
        spans = find_pinpoints(piece, frame, provisions).spans
        if digits or spans:
            end = max([digits.end() if digits else 0, *(stop for _, stop in spans)])
            found.append(_Pointed(unit.group(), piece, unit.start(), unit.start() + end))
        elif rank := _RANKED.search(matched[: unit.start()]):
            for number in sorted(numbers(rank["rank"], frame.language)):
                found.append(_Pointed(unit.group(), f"{unit.group()} {number}", rank.start(), unit.end()))
    return found


def _both(matched: str, unit: re.Match[str], following: re.Match[str]) -> _Pointed | None:
    """An article and its paragraph as one, in either order."""
    between, last = matched[unit.end() : following.start()], _DIGITS.match(matched, following.end())
    if last is None:
        return None
    if _ARTICLE.match(unit.group()) and _PARAGRAPH.match(following.group()) and (number := _ITS_NUMBER.match(between)):
        article, paragraph, word = number["number"], last["number"], unit.group()
    elif _PARAGRAPH.match(unit.group()) and _ARTICLE.match(following.group()) and (number := _OF_ARTICLE.match(between)):
        article, paragraph, word = last["number"], number["number"], following.group()
    else:
        return None
    return _Pointed(word, f"{word} {article}({paragraph})", unit.start(), last.end())


def _named_after(text: str, end: int, named: Sequence[Named]) -> tuple[str, int] | None:
    """The instrument named right after a pinpoint, and where its name ends."""
    for one in named:
        between = _OF.match(text, end)
        if one.start >= end and between and between.end() >= one.start:
            return one.code, one.end
    return None


def _reference(
    one: _Pointed, text: str, after: tuple[str, int] | None, named: Sequence[Named], frame: Frames, library: Library, *, tied: bool
) -> Reference | None:
    """The provisions that a number names: of the instrument named after it, or before it, or of the declaration.

    "They adopt the Cairo Action Plan (para. 27)" names the plan without meaning its paragraph 27: where an instrument that is not tied to the
    number by "of" has no such provision and the declaration has, the declaration is meant.
    """
    usual = FIRST if FIRST in library.instruments else next(iter(library.instruments), "")
    before = next((name.code for name in reversed(named) if name.end <= one.start and _BEFORE.fullmatch(text, name.end, one.start)), None)
    instrument, until = after or (before or usual, one.end)
    ids = _ids(one, instrument, frame, library)
    if ids and instrument != usual and not tied and not any(id in library.provisions for id in ids):
        declared = _ids(one, usual, frame, library)
        if declared and all(id in library.provisions for id in declared):
            ids, until = declared, one.end
    return Reference(tuple(ids), one.start, max(one.end, until)) if ids else None


def _ids(one: _Pointed, instrument: str, frame: Frames, library: Library) -> list[str]:
    here = _provisions(instrument, library)
    pinpoints = find_pinpoints(one.piece, frame, here)
    prefix = _prefix(one.unit, frame.units, here[0].label.partition("-")[0] if here else "para")
    missing = [_whole(f"{instrument}/{prefix}-{number}", library) for number in pinpoints.missing]
    return [f"{instrument}/{label}" for label in pinpoints.labels] + missing


def _provisions(instrument: str, library: Library) -> list[Provision]:
    return [one for one in library.provisions.values() if one.instrument == instrument]


def _whole(id: str, library: Library) -> str:
    """The provision that holds one which is not kept apart: the article for "1A(2)", where the library has only the whole article."""
    whole = re.sub(r"(?<=\d)(?:[a-z]|\([^()]*\)|\.\w+)+$", "", id)
    kept_whole = whole in library.provisions and not any(one.parent == whole.partition("/")[2] for one in library.provisions.values())
    return whole if kept_whole and whole != id else id


def _prefix(unit: str, units: dict[str, re.Pattern[str]], usual: str) -> str:
    """The label's prefix for a number that does not exist: the unit's own, or how the instrument counts where the word means anything."""
    return next((prefix for prefix, pattern in units.items() if pattern.fullmatch(unit) and prefix != "para"), usual)
