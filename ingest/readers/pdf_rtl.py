"""Right-to-left lines of a PDF put into reading order.

A PDF places glyphs; in which order it lists them is its own affair, and pdfium's guess turns some Arabic words round. The places are
certain: the line is read from the right, with numbers and Latin words from the left. Where words part, the file's spaces tell, though
they often stand in the wrong place themselves; else the gaps do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_RTL = re.compile(r"[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LTR_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f0-9](?:[A-Za-z\u00c0-\u024f0-9.,:/@&'’_%+-]*[A-Za-z\u00c0-\u024f0-9%])?"
    r"(?: [A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f.’'-]*)*"
    r"|[\u0660-\u0669](?:[\u0660-\u0669.,:/٫٬]*[\u0660-\u0669])?"
)
_BRACKETS = ("()", "[]", "«»")
_ALEF = "ا"
"""Carries no vowel sign of its own; the sign of the letter before it is printed beside it."""
_ALEFS = "اأإآٱ"
_WORD_GAP = 0.15
"""Least space, in font sizes, where pdfium put in a space that the file does not have."""
_SIGNED = 2.7
"""Times the gap beside a letter with a vowel sign, which makes room for itself."""
_CERTAIN_GAP = 0.3
"""Space that parts a word from a bracket or number that the file writes to it."""


@dataclass(frozen=True, slots=True)
class _Letter:
    character: str
    left: float
    right: float
    at: int

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def is_mark(self) -> bool:
        return unicodedata.category(self.character) == "Mn"


def is_right_to_left(text: str) -> bool:
    """Whether a line is read from the right: more Hebrew or Arabic letters than Latin ones."""
    return len(_RTL.findall(text)) > len(_LTR.findall(text))


def in_reading_order(text: str, boxes: Sequence[Sequence[float]], size: float) -> str:
    """The characters of a right-to-left line in the order in which they are read.

    Args:
        text: In the order of the file.
        boxes: (left, right) of each character, points; (0, 0) for a space that pdfium put in.
        size: Font size, points.
    """
    letters = [_Letter(character, left, right, at) for at, (character, (left, right)) in enumerate(zip(text, boxes, strict=True))]
    bases = [letter for letter in letters if not letter.is_mark and not letter.character.isspace()]
    # One glyph for lam and alef gives two letters in the same place: lam comes first.
    bases.sort(key=lambda letter: (-round(letter.centre, 1), letter.character in _ALEFS))
    signs = _signs(bases, [letter for letter in letters if letter.is_mark])
    pieces: list[str] = []
    for at, letter in enumerate(bases):
        signed = bases[at - 1] in signs or letter in signs
        if at and _parted(bases[at - 1], letter, letters, size * (_SIGNED if signed else 1.0)):
            pieces.append(" ")
        pieces.append(letter.character + signs.get(letter, ""))
    return _balanced(_with_runs("".join(pieces)))


def _parted(before: _Letter, after: _Letter, letters: Sequence[_Letter], size: float) -> bool:
    """Whether there is a space between two letters that stand side by side: as the file says where it lists them so, else by the gap."""
    gap = before.left - after.right
    first, last = sorted((before.at, after.at))
    between = [letter for letter in letters[first + 1 : last] if not letter.is_mark]
    if not between:
        return gap > _CERTAIN_GAP * size and not (before.character.isalpha() and after.character.isalpha())
    if all(letter.character.isspace() for letter in between) and any((letter.left, letter.right) != (0.0, 0.0) for letter in between):
        return True
    return gap > _WORD_GAP * size


def _signs(letters: Sequence[_Letter], signs: Sequence[_Letter]) -> dict[_Letter, str]:
    """The vowel signs of each letter: those that stand over it."""
    carriers = [letter for letter in letters if letter.character != _ALEF and _RTL.match(letter.character)] or list(letters)
    found: dict[_Letter, str] = {}
    for sign in signs:
        if carriers:
            nearest = min(carriers, key=lambda letter: abs(letter.centre - sign.centre))
            found[nearest] = found.get(nearest, "") + sign.character
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
    return "".join(pieces) + text[at:]


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
