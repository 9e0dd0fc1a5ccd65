"""The letters of a note: what cannot be shown is taken out, and words are cut into runs of one direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTER = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_ARABIC = re.compile(f"[{_LETTER}]")
_RUN = re.compile(rf"(?:[{_LETTER}][^A-Za-zÀ-ÿ]*)+|[^{_LETTER}]+")
_AFTER, _BEFORE = '»”".,:;!?…· \t', '«“" \t·'
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without what XML cannot hold and what isolates directions: runs do that here."""
    return _UNSEEN.sub("", text)


def has_arabic(text: str) -> bool:
    """Whether it has an Arabic letter."""
    return bool(_ARABIC.search(text))


def right_to_left(text: str) -> bool:
    """Whether most of its letters are Arabic."""
    return len(_ARABIC.findall(text)) * 2 > sum(character.isalpha() for character in text)


def pieces(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """The text in runs, each with whether it runs from right to left.

    In a paragraph that does (`rtl`), what stands around foreign words belongs to the paragraph: of «foreign words» both marks stand outside.
    """
    for piece in _RUN.findall(plain(text)):
        if has_arabic(piece):
            yield piece, True
            continue
        start, end = _words_in(piece) if rtl else (0, len(piece))
        parts = ((piece[:start], True), (piece[start:end], False), (piece[end:], True))
        yield from ((part, turned) for part, turned in parts if part)


def _words_in(piece: str) -> tuple[int, int]:
    """Where the words begin and end, without marks, stops and spaces at their sides, and without brackets that they do not close or open."""
    end, start = len(piece), 0
    while end and (piece[end - 1] in _AFTER or (piece[end - 1] in ")]" and piece[:end].count(")") > piece[:end].count("("))):
        end -= 1
    while start < end and (piece[start] in _BEFORE or (piece[start] in "([" and piece[start:end].count("(") > piece[start:end].count(")"))):
        start += 1
    return start, end
