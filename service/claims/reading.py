"""Reads claims out of a text: its sentences, and what each of them cites, by our ids or by pinpoints as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.analysis import terms
from service.claims.check import Claim
from service.claims.comparing import quotations, visible
from service.claims.lexicon import lexicon, spoken
from service.claims.library import Library
from service.claims.references import ID, Reference, references_in

_MARKER = re.compile(r"\s*\[\d{1,3}\]")
# A full stop ends a sentence when white space and a capital, an Arabic letter, a quotation mark or a bracket follow; "para. 23" goes on.
_END = re.compile(r"(?<=[.!?؟۔])(?:[”\"»’)\]]*)(?=\s+[\"“«„(\[]?[A-ZÀ-ÖØ-Þ\u0621-\u064A0-9§])|\n\s*\n|\n(?=\s*[-•*\d])")
_ABBREVIATED = re.compile(r"(?:\b(?:paras?|arts?|pars?|nos?|n°|cf|e\.g|i\.e|al|Mr|Ms|Dr|vol|pp?)|§)\.$", re.IGNORECASE)
FEWEST_TERMS = 2
"""Words of substance from which a part of a sentence with a reference of its own is a claim of its own."""


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
        rest = _MARKER.sub("", ID.sub("", piece)).strip(" .()[]")
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
    # A bracket around a reference stays with it.
    cuts = [_opened(sentence, one.start) for one in references[1:]] if leading else [_closed(sentence, one.end) for one in references[:-1]]
    # "Three paragraphs do: para. 15 …": what stands before the first reference is said of them all.
    edges = [references[0].start if leading else 0, *cuts, len(sentence)]
    found = []
    for place, reference in enumerate(references):
        piece = sentence[edges[place] : edges[place + 1]]
        own = _without(piece, references_in(piece, library))
        found.append(Claim(piece.strip(" ,;"), reference.ids, own.strip(" ,;")))
    return found


def _opened(text: str, place: int) -> int:
    return place - len(text[:place]) + len(text[:place].rstrip(" ([")) if text[:place].rstrip()[-1:] in ("(", "[") else place


def _closed(text: str, place: int) -> int:
    closing = re.match(r"[\s.]*[)\]]+", text[place:])
    return place + closing.end() if closing else place


def _without(sentence: str, references: Sequence[Reference]) -> str:
    kept = list(sentence)
    for one in references:
        kept[one.start : one.end] = " " * (one.end - one.start)
    return re.sub(r"\(\s*\)", " ", _MARKER.sub(" ", "".join(kept))).strip()
