"""Lines of a text file made into paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.numbering.numerals import words
from ingest.readers.cleanup import join_lines, vocabulary
from ingest.readers.mapped import Mapped

_BEGINS = re.compile(r"\s*(?:\(?(?:[0-9٠-٩]{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})(?:\s?[-–]\s|[.)])|[-•*–]\s|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\]\s|$)")
_WRAPPED_AT_MOST = 100
"""Characters. Wrapped text keeps to some 70 to 90 a line; a file with a paragraph a line has far longer ones."""
_LOST_BREAK = re.compile(r"(?<=[^\W\d_][^\W\dA-Z_][;.:,])(?=[A-Z][a-z])")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")


def paragraphs(lines: Sequence[Mapped]) -> list[Mapped]:
    """The paragraphs of `lines` (stripped; an empty one is a blank line), in order.

    Where lines are wrapped, a paragraph goes on to a blank line, a number or a line that stops short of the margin; else every line
    is one.
    """
    lengths = sorted(len(line) for line in lines if line.text)
    wrapped = len(lengths) > 12 and lengths[int(len(lengths) * 0.97)] <= _WRAPPED_AT_MOST and lengths[int(len(lengths) * 0.6)] > 45
    if not wrapped:
        return [piece for line in lines if line.text for piece in at_lost_breaks(line)]
    margin = lengths[int(len(lengths) * 0.9)]
    known = vocabulary(line.text for line in lines)
    found: list[Mapped] = []
    group: list[Mapped] = []
    for line in [*lines, Mapped()]:
        short = bool(group) and len(group[-1]) < 0.6 * margin
        if group and (short or _BEGINS.match(line.text)):
            found.append(join_lines(group, known))
            group = []
        if line.text:
            group.append(line)
    return found


def at_lost_breaks(line: Mapped) -> list[Mapped]:
    """The line cut where a paragraph break was lost: "…without discrimination,Considering that…", "PreambleThe High…"."""
    addresses = [match.span() for match in _ADDRESS.finditer(line.text)]
    cuts = [match.start() for match in _LOST_BREAK.finditer(line.text) if not any(a <= match.start() <= b for a, b in addresses)]
    names = "|".join(map(re.escape, words()["preamble"]))
    if (title := re.match(rf"(?:{names})(?=[A-Z])", line.text, re.IGNORECASE)) and line.text[title.end() - 1].islower():
        cuts.insert(0, title.end())
    bounds = [0, *cuts, len(line)]
    return [line.cut(start, end).strip() for start, end in itertools.pairwise(bounds)]
