"""The mark that a block begins with: "Article 33", "12.", "(4)", "Objective 9:", "(a)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.numbering.numerals import canonical, numeral_pattern
from ingest.numbering.style import Style, Unit

_DIGITS = r"[0-9\u0660-\u0669\u06f0-\u06f9]"
_SHAPES = (
    ("decimal", re.compile(rf"({_DIGITS}{{1,2}}(?:\.{_DIGITS}{{1,2}}){{1,3}})\.?\s+(?=\S)")),
    ("dot", re.compile(rf"({_DIGITS}{{1,3}}(?:\s?bis)?)\s?\.(?:\s+|(?=[^\W\d_]|[\"“«(\[])|$)")),
    ("paren", re.compile(rf"\(({_DIGITS}{{1,3}}[a-z]?)\)\s*")),
    ("half", re.compile(rf"({_DIGITS}{{1,3}})\)\s*")),
    ("dash", re.compile(rf"({_DIGITS}{{1,3}})(?:\s?[-–—]\s+|\s?[-–—]\s*(?=[\u0600-\u06ff]))")),
    ("section", re.compile(r"([A-Z])\.(?:\s+|$)")),
    ("plain", re.compile(rf"({_DIGITS}{{1,2}})\s+(?=[\"“«(]?[^\W\d_a-zà-öø-ÿ])")),
    ("sign", re.compile(rf"§\s?({_DIGITS}{{1,3}})\.?\s+")),
    ("bracket", re.compile(rf"\[({_DIGITS}{{1,3}})\]\s+")),
    ("roman", re.compile(r"([IVXLC]{1,6})[.)]\s+(?=\S)")),
)
DOUBTFUL = frozenset({"plain", "sign", "bracket", "roman"})
"""Shapes that are numbers of the text only where the next ones follow."""
_DECIMAL = rf"{_DIGITS}{{1,2}}\.(?:{_DIGITS}{{1,2}}(?:\.{_DIGITS}{{1,2}})?|[a-z])(?![\w.]{_DIGITS}?\w)"
"""A number after a word: "Action 2.1", "Target 10.c"."""
_TARGET = re.compile(rf"({_DIGITS}{{1,2}}\.(?:{_DIGITS}{{1,2}}|[a-z]))\.?\s+(?=\S)")
POINT = re.compile(
    r"(?:\((?:[a-zåäö]{1,3}|[ivxlc]{1,6}|[اأبجدهوزحطي])\)|(?:[a-zåäö]|[ivx]{1,4}|[أبجدهوز])\)|[-–—•▪◦●‣*·]|(?:[a-z]|[ivx]{2,4})\.(?=\s))\s*(?=\S)"
)
"""A point inside a provision: "(a)", "b)", "(iv)", "a.", a bullet. It stays in the text, on a line of its own."""
_ROW_NUMBER = re.compile(r"\S{1,9} \| ")
_ROMAN_HEADING = re.compile(r"(?:([IVXLC]{1,6})|([A-Z]))\.(?:\s+(?=\S)|$)")
_SENTENCE_END = re.compile(r"[.;:,!?؛؟،]\s*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the beginning of a block.

    Attributes:
        unit: Name of the unit when a word says it, else "" (a bare number; the tree decides what it numbers).
        shape: "word", or how a bare number is written: dot, decimal, paren, half, dash, section, plain, sign,
            bracket, roman, target.
        number: Canonical ("33", "1bis", "a", "10.7"); "" for an annex without a number.
        end: Length of the mark in the block, with the space after it.
        sure: False where a sentence follows with nothing between ("Article 33 The Parties shall …"): a mark only where that number is next.
    """

    unit: str
    shape: str
    number: str
    end: int
    sure: bool = True


@cache
def _worded(unit: Unit) -> re.Pattern[str]:
    names = "|".join(re.escape(word) for word in sorted(unit.words, key=len, reverse=True))
    numeral = rf"{_DECIMAL}|{numeral_pattern()}"
    if unit.kind != "provision":
        numeral = rf"{numeral}|[A-Za-z](?!\w)"
    return re.compile(rf"(?:{names})(?:\s*\(?\s*(?P<number>{numeral})\s*\)?)?(?P<after>\s*[.:–—-]+\s*|\s+|$)", re.IGNORECASE)


def looks_like_title(text: str, at_most: int = 160) -> bool:
    """Whether a line may be a title: short, begins with a capital or a letter without case, ends without a stop."""
    return bool(text) and len(text) <= at_most and not _SENTENCE_END.search(text) and not text[0].islower()


def worded_mark(text: str, style: Style, *, heading: bool) -> Mark | None:
    """The mark of a unit that a word names, None where the words are a part of a sentence ("Article 33 of the Convention").

    Args:
        text: The block.
        style: Which units the text has.
        heading: The format says that this block is a heading, so that its title may be of any kind.
    """
    if not text or text[0].islower():
        return None
    for unit in style.units:
        match = _worded(unit).match(text)
        if match is None:
            continue
        rest = text[match.end() :]
        number = match["number"]
        if number is None:
            if unit.kind == "annex" and (not rest or (heading and re.search(r"[.:–—-]", match["after"]))):
                return Mark(unit.name, "word", "", match.end())
            if unit.kind == "annex" and heading and text.isupper():
                return Mark(unit.name, "word", "", len(text))
            continue
        label = canonical(number) or (number.lower() if len(number) == 1 else None)
        if label is None and "." in number:
            label = ".".join(canonical(piece) or piece for piece in number.split("."))
        if label is None:
            continue
        if bool(match["after"].strip()) or not rest:
            return Mark(unit.name, "word", label, match.end())
        begins = rest.lstrip('([“"«‘')[:1]
        if not begins or begins.islower() or (begins.isascii() and not begins.isalpha()) or _worded(unit).match(rest):
            continue  # "Article 33 of the Convention", "Article 33 | Article 34", "Article 33 Article 34"
        if heading or looks_like_title(rest):
            return Mark(unit.name, "word", label, match.end())
        if unit.kind == "provision" and rest[0].isupper():
            return Mark(unit.name, "word", label, match.end(), sure=False)
    return None


def bare_marks(text: str, style: Style) -> list[Mark]:
    """Every way to read a number without a word at the beginning of the block, likeliest first."""
    found: list[Mark] = []
    if style.unit("target") and (match := _TARGET.match(text)):
        major, minor = match[1].split(".")
        found.append(Mark("target", "target", f"{canonical(major)}.{canonical(minor) or minor}", match.end()))
    for shape, pattern in _SHAPES:
        if match := pattern.match(text):
            number = match[1].lower() if shape == "section" else ".".join(canonical(piece) or piece for piece in match[1].split("."))
            cell = len("| ") if text.startswith("| ", match.end()) else 0
            found.append(Mark("", shape, number, match.end() + cell))
    return found


def numbers_a_row(text: str) -> bool:
    """Whether the block is a row of a table whose first cell is a number: "1. | Train guards | 2027"."""
    return bool(_ROW_NUMBER.match(text))


def begins_point(text: str) -> bool:
    """Whether the block is a point of what stands above it: "(a)", "(i)", a bullet, or a number in brackets."""
    return bool(POINT.match(text) or _SHAPES[2][1].match(text) or _SHAPES[3][1].match(text))


def lettered_heading(text: str) -> tuple[str, float] | None:
    """("II", rank) of a heading such as "II. Vision" or "A. Follow-up"; None where the block is a sentence."""
    match = _ROMAN_HEADING.match(text)
    if match is None or not looks_like_title(text[match.end() :] or "X"):
        return None
    return (match[1], 5.0) if match[1] else (match[2], 6.0)
