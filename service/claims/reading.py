"""Reads claims out of a text: its sentences, and what each of them cites, by our ids or by pinpoints as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.analysis import terms
from ingest.catalogue import FIRST
from retriever.frames import frames, plain
from retriever.instruments import names_of
from retriever.names import Named, find_names
from retriever.pinpoints import find_pinpoints
from service.claims.check import Claim
from service.claims.comparing import quotations, visible
from service.claims.lexicon import LANGUAGES, lexicon, spoken
from service.claims.library import Library

_ID = re.compile(r"\[?(?:/read/)?(?P<instrument>[a-z0-9]+(?:-[a-z0-9]+)+)[/#](?P<label>[a-z]+-[0-9a-z]+(?:\.[0-9a-z-]+)*)\]?")
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
# A full stop ends a sentence when white space and a capital, an Arabic letter, a quotation mark or a bracket follow; "para. 23" goes on.
_END = re.compile(r"(?<=[.!?؟۔])(?:[”\"»’)\]]*)(?=\s+[\"“«„(\[]?[A-ZÀ-ÖØ-Þ\u0621-\u064A0-9§])|\n\s*\n|\n(?=\s*[-•*\d])")
_ABBREVIATED = re.compile(r"(?:\b(?:paras?|arts?|pars?|nos?|n°|cf|e\.g|i\.e|al|Mr|Ms|Dr|vol|pp?)|§)\.$", re.IGNORECASE)
# What may stand between a pinpoint and the name of its instrument: "para. 23 of the Cairo Declaration", "paragraphe 23 de la Déclaration".
_OF = re.compile(
    r"[\s,(\[–-]*(?:(?:of|in|from|to|under|de|du|des|dans|من|في)\s+)?(?:the\s+|la\s+|le\s+|les\s+|l['’]\s*)?(?:\d{4}\s+)?", re.IGNORECASE
)
_BEFORE = re.compile(r"(?:['’]s)?[\s,:;(\[–-]*(?:in\s+|at\s+|\(?\s*(?:of\s+)?(?:1[89]|20)\d\d\)?[\s,]*)?", re.IGNORECASE)
FEWEST_TERMS = 2
"""Words of substance from which a part of a sentence with a reference of its own is a claim of its own."""
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


def claims_in(text: str, library: Library) -> tuple[list[Claim], int]:
    """The claims of a text, in order, and how many of its sentences neither cite nor quote, and so claim nothing that can be checked."""
    found: list[Claim] = []
    silent = 0
    for sentence in sentences(visible(text)):
        claims = _claims(sentence, library)
        found.extend(claims)
        silent += not claims and bool(re.search(r"\w", sentence))
    return found, silent


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed. Inside a quotation none ends."""
    quoted = [(one.start, one.end) for one in quotations(text)]
    cuts = [0]
    for end in _END.finditer(text):
        if any(start < end.start() < stop - 1 for start, stop in quoted) or _ABBREVIATED.search(text[cuts[-1] : end.start()]):
            continue
        cuts.append(end.end())
    cuts.append(len(text))
    pieces = [text[start:end].strip() for start, end in pairwise(cuts)]
    return _with_trailing_references([piece for piece in pieces if piece])


def _with_trailing_references(pieces: list[str]) -> list[str]:
    """A reference in brackets after the full stop belongs to the sentence before it."""
    joined: list[str] = []
    for piece in pieces:
        rest = _MARKER.sub("", _ID.sub("", piece)).strip(" .()[]")
        if joined and not rest and piece[0] in "[(":
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined


def _claims(sentence: str, library: Library) -> list[Claim]:
    references = references_in(sentence, library)
    quoted = quotations(sentence)
    own = _without(sentence, references)
    if not references:
        return [Claim(sentence, (), own)] if quoted else []
    if len(references) > 1:
        parts = _by_reference(sentence, references, library)
        if len(quoted) > 1 or all(_says_something(one.own) for one in parts):
            return parts
    ids = tuple(dict.fromkeys(one for reference in references for one in reference.ids))
    return [Claim(sentence, ids, own)]


def _says_something(own: str) -> bool:
    """Whether a part of a sentence has enough words of its own to be a claim by itself."""
    language = spoken(own)
    frame = lexicon().frame.get(language, frozenset())
    return sum(term.stem not in frame and term.word not in lexicon().verbs for term in terms(own, language)) >= FEWEST_TERMS


def _by_reference(sentence: str, references: Sequence[Reference], library: Library) -> list[Claim]:
    """One claim a reference, with the words that belong to it: those after it when the sentence begins with one, or else those before it."""
    quoted = quotations(sentence)
    first = quoted[0].start if len(quoted) > 1 else len(sentence)
    leading = references[0].start < first and (len(quoted) > 1 or not _says_something(sentence[: references[0].start]))
    cuts = [one.start for one in references[1:]] if leading else [one.end for one in references[:-1]]
    # "Three paragraphs do: para. 15 …": what stands before the first reference is said of them all.
    edges = [references[0].start if leading else 0, *cuts, len(sentence)]
    found = []
    for place, reference in enumerate(references):
        piece = sentence[edges[place] : edges[place + 1]]
        own = _without(piece, references_in(piece, library))
        found.append(Claim(piece.strip(" ,;"), reference.ids, own.strip(" ,;")))
    return found


def _without(sentence: str, references: Sequence[Reference]) -> str:
    kept = list(sentence)
    for one in references:
        kept[one.start : one.end] = " " * (one.end - one.start)
    return re.sub(r"\(\s*\)", " ", _MARKER.sub(" ", "".join(kept))).strip()


def references_in(sentence: str, library: Library) -> list[Reference]:
    """What a sentence cites, outside its quotations, in order."""
    masked = list(sentence)
    for one in quotations(sentence):
        masked[one.start : one.end] = " " * (one.end - one.start)
    text = "".join(masked)
    found = []
    for match in _ID.finditer(text):
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
    matched = plain(text)
    named = find_names(text, names_of(library.instruments.values(), language))
    units = list(frame.unit.finditer(matched))
    found: list[Reference] = []
    for place, unit in enumerate(units):
        stop = units[place + 1].start() if place + 1 < len(units) else len(matched)
        piece = matched[unit.start() : min(stop, unit.end() + REACH)]
        if found and unit.start() < found[-1].end:
            continue
        instrument, until = _instrument(text, unit.start(), unit.start() + _reach(piece), named, library)
        here = [one for one in library.provisions.values() if one.instrument == instrument]
        pinpoints = find_pinpoints(piece, frame, here)
        if not pinpoints:
            continue
        prefix = here[0].label.partition("-")[0] if here else "para"
        ids = [f"{instrument}/{label}" for label in pinpoints.labels] + [
            f"{instrument}/{_prefix(unit.group(), frame.units, prefix)}-{one}" for one in pinpoints.missing
        ]
        end = unit.start() + max(stop for _, stop in pinpoints.spans)
        found.append(Reference(tuple(ids), unit.start(), max(end, until)))
    return found


def _reach(piece: str) -> int:
    """Where the numbers after a unit word end, as far as digits tell."""
    numbers = re.match(r"\D{0,14}\d+[a-z]?(?:\.\d+)*(?:\s?\(\d+\))?(?:\s*(?:,|and|et|to|-|–|و)\s*\d+(?:\(\d+\))?)*", piece)
    return numbers.end() if numbers else len(piece)


def _instrument(text: str, start: int, end: int, named: Sequence[Named], library: Library) -> tuple[str, int]:
    """The instrument that a pinpoint belongs to, and where its name ends when it follows: named right after it, right before it, or none."""
    for one in named:
        between = _OF.match(text, end)
        if one.start >= end and between and between.end() >= one.start:
            return one.code, one.end
    for one in reversed(named):
        if one.end <= start and _BEFORE.fullmatch(text, one.end, start):
            return one.code, end
    return (FIRST if FIRST in library.instruments else next(iter(library.instruments), "")), end


def _prefix(unit: str, units: dict[str, re.Pattern[str]], usual: str) -> str:
    """The label's prefix for a number that does not exist: the unit's own, or how the instrument counts where the word means anything."""
    return next((prefix for prefix, pattern in units.items() if pattern.fullmatch(unit) and prefix != "para"), usual)
