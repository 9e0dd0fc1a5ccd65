"""Right-to-left lines of a PDF put into reading order.

A PDF places glyphs; in which order it lists them is its own affair, and pdfium's guess turns some Arabic words round. The places are
certain: read from the right, with numbers and Latin words from the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG_LTR = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LTR_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f0-9](?:[A-Za-z\u00c0-\u024f0-9.,:/@&'’_%+-]*[A-Za-z\u00c0-\u024f0-9%])?(?: [A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f.’'-]*)*"
    r"|[\u0660-\u0669](?:[\u0660-\u0669.,:/٫٬]*[\u0660-\u0669])?"
)
_BRACKETS = ("()", "[]", "«»")
_FATHATAN = "\u064b"
_ALEFS = "اأإآٱ"
_WORD_GAP = 0.153
"""Least space between two words, in font sizes. The spaces of the file stand in the wrong places in some, and are not used."""


def is_right_to_left(text: str) -> bool:
    """Whether a line is read from the right: more Hebrew or Arabic letters than Latin ones."""
    return len(_RTL.findall(text)) > len(_STRONG_LTR.findall(text))


def in_reading_order(text: str, boxes: Sequence[Sequence[float]], size: float) -> str:
    """The characters of a right-to-left line in the order in which they are read.

    Args:
        text: In the order of the file.
        boxes: (left, right) of each character, points.
        size: Font size, points.
    """
    bases: list[tuple[float, float, str]] = []
    marks: list[tuple[float, str]] = []
    for character, (left, right) in zip(text, boxes, strict=True):
        if character.isspace():
            continue
        if unicodedata.category(character) == "Mn":
            marks.append(((left + right) / 2, character))
        else:
            bases.append((left, right, character))
    bases.sort(key=lambda base: -(base[0] + base[1]))
    after = _nearest(bases, marks)
    pieces: list[str] = []
    for at, (left, right, character) in enumerate(bases):
        before = after.get(at - 1, "")
        tied = before.endswith(_FATHATAN) and character == "ا"
        # A vowel sign makes room for itself, which is no space between words.
        if at and not tied and bases[at - 1][0] - right > (_WORD_GAP + (0.1 if before else 0.0)) * size:
            pieces.append(" ")
        if at and bases[at - 1][:2] == (left, right) and character == "ل" and bases[at - 1][2] in _ALEFS:
            pieces.insert(len(pieces) - 1, character)  # one glyph for lam and alef: lam comes first
            continue
        pieces.append(character + after.get(at, ""))
    return _with_runs("".join(pieces).strip())


def _nearest(bases: Sequence[tuple[float, float, str]], marks: Sequence[tuple[float, str]]) -> dict[int, str]:
    """The vowel signs of each letter, by its place: those that stand over it."""
    found: dict[int, str] = {}
    for centre, mark in marks:
        if bases:
            at = min(range(len(bases)), key=lambda each: abs((bases[each][0] + bases[each][1]) / 2 - centre))
            if mark == _FATHATAN and bases[at][2] == "ا" and at:
                at -= 1  # printed between the two, written on the letter before the alef
            found[at] = found.get(at, "") + mark
    return found


def _with_runs(text: str) -> str:
    """Numbers and Latin words turned back."""
    # Seen from the left, the line is this text backwards; the runs are found there, as they are read.
    runs = [(len(text) - match.end(), len(text) - match.start(), match[0]) for match in _LTR_RUN.finditer(text[::-1])]
    pieces: list[str] = []
    at = 0
    for start, end, run in reversed(runs):
        pieces += [text[at:start], run]
        at = end
    return _balanced("".join(pieces) + text[at:])


def _balanced(text: str) -> str:
    """Brackets that open before they close: which way one is printed in right-to-left text says nothing of which it is."""
    for pair in _BRACKETS:
        places = [at for at, character in enumerate(text) if character in pair]
        if len(places) % 2 == 0:
            characters = list(text)
            for number, at in enumerate(places):
                characters[at] = pair[number % 2]
            text = "".join(characters)
    return re.sub(r"(?<=[(\[«]) | (?=[)\]»])", "", text)
