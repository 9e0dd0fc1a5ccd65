"""The clean-up that every format goes through. Only this may change characters; everything else takes out or joins.

What `clean` does, in this order:

1. drops invisible characters: soft hyphens, zero-width and bidirectional controls, other controls, variation selectors, tatweel;
2. writes ligatures and Arabic presentation forms as the letters they stand for, U+2010 and U+2011 as "-", U+F0B7 as a bullet;
3. makes one space of any white space, line and page breaks included;
4. composes letters and accents (NFC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ingest.readers.mapped import NOWHERE, Mapped, concat

if TYPE_CHECKING:
    from spellchecker import SpellChecker

TATWEEL = "\u0640"
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
"""Arabic number signs: format characters by their category, but printed."""
_REPLACED = {"\u2010": "-", "\u2011": "-", "\uf0b7": "•", "\uf0a7": "•"}
_LINE_END_HYPHEN = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")
_LINE_END_ADDRESS = re.compile(r"(?:://|www\.)\S*[./_-]$")
_PREFIXES = frozenset({"multi", "non", "pre", "post", "self", "anti", "inter", "intra", "socio", "semi", "ex", "co", "re", "sub", "quasi"})
_LINE_END_TIE = re.compile(r"\S[/-]$")
_LINE_END_RANGE = re.compile(r"\d[-–]$")
_CONJUNCTIONS = frozenset({"and", "or", "to", "et", "ou", "och", "eller", "und", "oder"})
_LINE_START_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _substitute(character: str) -> str:
    """What `character` becomes: itself, "" when dropped, one or more letters."""
    if character in _REPLACED:
        return _REPLACED[character]
    if character.isspace():
        return " "
    if character == TATWEEL or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    category = unicodedata.category(character)
    if category in ("Cc", "Cs") or (category == "Cf" and character not in _VISIBLE_FORMATS):
        return ""
    code = ord(character)
    if 0xFB00 <= code <= 0xFB06 or 0xFB50 <= code <= 0xFBFF or 0xFC00 <= code <= 0xFDCF or 0xFE70 <= code <= 0xFEFF:
        return unicodedata.normalize("NFKC", character).replace(TATWEEL, "").replace(" ", "")
    return character


class _Substitutes(dict[str, str]):
    """`_substitute` remembered: a text has few different characters."""

    def __missing__(self, character: str) -> str:
        self[character] = _substitute(character)
        return self[character]


_SUBSTITUTES = _Substitutes()


def clean(source: str, start: int = 0, end: int | None = None) -> Mapped:
    """`source[start:end]` after the clean-up, each character with its place. White space at the ends is kept as one space."""
    stop = len(source) if end is None else end
    piece = source[start:stop]
    if "  " not in piece and all(_SUBSTITUTES[each] == each for each in set(piece)) and unicodedata.is_normalized("NFC", piece):
        return Mapped(piece, tuple(range(start, stop)), tuple(range(start + 1, stop + 1)))  # as most lines are: nothing to do
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for offset in range(start, stop):
        new = _SUBSTITUTES[source[offset]]
        if new == " " and texts and texts[-1] == " ":
            ends[-1] = offset + 1
            continue
        for character in new:
            texts.append(character)
            starts.append(offset)
            ends.append(offset + 1)
    return _composed("".join(texts), starts, ends)


def _continues(character: str) -> bool:
    """Whether NFC may merge `character` into what stands before it."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _composed(text: str, starts: list[int], ends: list[int]) -> Mapped:
    if unicodedata.is_normalized("NFC", text):
        return Mapped(text, tuple(starts), tuple(ends))
    texts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    while at < len(text):
        stop = at + 1
        while stop < len(text) and _continues(text[stop]):
            stop += 1
        letters = unicodedata.normalize("NFC", text[at:stop])
        texts.append(letters)
        new_starts.extend([starts[at]] * len(letters))
        new_ends.extend([ends[stop - 1]] * len(letters))
        at = stop
    return Mapped("".join(texts), tuple(new_starts), tuple(new_ends))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document's lines in lower case, those with hyphens whole: what `join_lines` decides by.

    A word that is divided at a line end is left out, both halves.
    """
    found: set[str] = set()
    divided = False
    for text in texts:
        names = [word.lower() for word in _WORD.findall(text)]
        found.update(names[1 if divided else 0 : -1 if _LINE_END_HYPHEN.search(text) else None])
        divided = bool(_LINE_END_HYPHEN.search(text))
    return frozenset(found)


def join_lines(lines: Sequence[Mapped], words: frozenset[str]) -> Mapped:
    """Lines of one paragraph made into running text, words mended that were divided at a line end.

    "mi-" + "gration" becomes "migration"; "multi-" + "donor" keeps its hyphen. What the document writes elsewhere decides, else whether
    the dictionary has the whole, or only its halves.
    """
    parts: list[Mapped] = []
    for line in (each.strip() for each in lines):
        if not line.text:
            continue
        if parts:
            last = parts[-1].text
            before, after = _LINE_END_HYPHEN.search(last), _LINE_START_WORD.match(line.text)
            if before and after and after[0].lower() not in _CONJUNCTIONS:
                if not _keeps_hyphen(before[1], after[0], words):
                    parts[-1] = parts[-1].cut(0, len(last) - 1)
            elif not _runs_on(last, line.text) or (before and after):
                parts.append(Mapped.glue(" "))  # a space too in "gräns- och kustbevakning", "pre- and post-war"
        parts.append(line)
    return concat(parts)


def _runs_on(last: str, line: str) -> bool:
    """Whether a line end stands where the text has no space: "2015–2030", "and/or", an address."""
    return bool((_LINE_END_RANGE.search(last) and line[0].isdigit()) or _LINE_END_ADDRESS.search(last) or _LINE_END_TIE.search(last))


def _keeps_hyphen(before: str, after: str, words: frozenset[str]) -> bool:
    whole, hyphened = (before + after).lower(), f"{before}-{after}".lower()
    if hyphened in words or whole in words:
        return hyphened in words and (whole not in words or after[0].isupper())
    if after[0].isupper():
        return True
    return not _is_word(whole) and (before.lower() in _PREFIXES or _is_word(before.lower())) and _is_word(after.lower())


@cache
def _dictionaries() -> tuple[SpellChecker, ...]:
    # Half a second, and needed only where a text does not show how it writes a word that a line end divides.
    from spellchecker import SpellChecker

    return tuple(SpellChecker(language=language) for language in ("en", "fr"))


def _is_word(word: str) -> bool:
    """Whether it is an English or French word."""
    return any(word in dictionary for dictionary in _dictionaries())


def gap_vanishes(source: str, start: int, end: int) -> bool:
    """Whether nothing of `source[start:end]` is left after the clean-up."""
    return all(not _SUBSTITUTES[character] for character in source[start:end])


def runs(text: Mapped, source: str) -> list[tuple[int, int, int, int]]:
    """(start, end, source start, source end) of each run of `text` that stands in one run of `source`, in order."""
    found: list[tuple[int, int, int, int]] = []
    first = last = source_first = source_last = NOWHERE
    for at, (start, end) in enumerate(zip(text.starts, text.ends, strict=True)):
        if start == NOWHERE:
            continue
        goes_on = last == at and (source_last in (start, end) or (start > source_last and gap_vanishes(source, source_last, start)))
        if not goes_on:
            if last != NOWHERE:
                found.append((first, last, source_first, source_last))
            first, source_first = at, start
        last, source_last = at + 1, end
    if last != NOWHERE:
        found.append((first, last, source_first, source_last))
    return found
