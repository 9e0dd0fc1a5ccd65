"""A PDF that has a text in two languages side by side, made into one that has one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ingest.language import guess_language

_ACROSS = 0.12
"""Share of the characters that may stand across the gutter: titles over both columns."""
_LEAST = 0.25
"""Share of the characters in the narrower column, at least."""
_MIDDLE = (0.3, 0.7)
"""Shares of the page's width between which the gutter is looked for."""
_STEP = 2
"""Points."""


def languages_apart(pages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pages as `pdf_worker` gives them; where the two columns have two languages, each with its left one, and then each with its right one.

    What stands over both columns goes with the left one.
    """
    lines = [piece for page in pages for line in page["lines"] for piece in _pieces(line)]
    total = sum(len(line[0]) for line in lines)
    width = max((page["width"] for page in pages), default=0.0)
    gutters = [float(x) for x in range(int(_MIDDLE[0] * width), int(_MIDDLE[1] * width), _STEP)]
    if not gutters or not total:
        return list(pages)
    gutter = min(gutters, key=lambda x: sum(len(line[0]) for line in lines if line[1] < x < line[2]))
    left, right = _text(line for line in lines if line[2] <= gutter), _text(line for line in lines if line[1] >= gutter)
    if min(len(left), len(right)) < _LEAST * total or len(left) + len(right) < (1 - _ACROSS) * total:
        return list(pages)
    if "" in (languages := {guess_language(left), guess_language(right)}) or len(languages) == 1:
        return list(pages)
    return [{**page, "lines": [each for line in page["lines"] for each in _on_side(line, gutter, side)]} for side in (0, 1) for page in pages]


def _text(lines: Iterable[Sequence[Any]]) -> str:
    return " ".join(line[0] for line in lines)


def _pieces(line: Sequence[Any]) -> list[Sequence[Any]]:
    """The line cut where it jumps from one column into the other."""
    if len(line) < 9 or not line[8]:
        return [line]
    text, _, _, base, size, bold, raised, boxes, cuts = line
    return [
        [text[at:end].strip(), left, right, base, size, bold, [[a - at, b - at] for a, b in raised if at <= a < end], boxes[at:end], []]
        for at, end, left, right in cuts
    ]


def _on_side(line: Sequence[Any], gutter: float, side: int) -> list[Sequence[Any]]:
    """The pieces of a line in the left (0) or right (1) column; the line whole, on the left, where none stands in the right one."""
    pieces = _pieces(line)
    beyond = [piece for piece in pieces if piece[1] >= gutter]
    if side:
        return beyond
    return [line] if not beyond else [piece for piece in pieces if piece[1] < gutter]
