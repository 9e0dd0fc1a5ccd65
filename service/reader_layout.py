"""A provision's text as lines and runs: where what it holds begins, and which words are marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.provision import Provision

_POINT = re.compile(r"\(?([a-z]{1,2}|[ivx]{1,5}|[أبجدهوزحطي]|\d{1,2})\)\s*(?=\S)|[-–—•▪◦●]\s")
_ROMAN = re.compile(r"[ivx]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are marked together or not at all; `first` on the first marked run of the page. `href` where they are a link."""

    text: str
    marked: bool = False
    first: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `labels` are the provisions that begin with it, `depth` says how far in it stands: 1 for "(a)", 2 for "(i)" under it."""

    labels: tuple[str, ...]
    runs: tuple[Run, ...]
    depth: int = 0


def anchors_in(provision: Provision, children: Mapping[str, Sequence[Provision]]) -> list[tuple[int, str]]:
    """Where, in its text, each provision that it holds begins, at any depth; offsets rise.

    A provision that holds others carries their text, so each is looked for from the end of the one before. One whose words are not
    found stands at that end: its anchor still leads near it.
    """
    found: list[tuple[int, str]] = []
    cursor = 0
    for child in children.get(provision.label, ()):
        if child.kind != "provision":
            continue
        place = provision.text.find(child.text, cursor)
        start = cursor if place < 0 else place
        found.append((start, child.label))
        found.extend((start + offset, label) for offset, label in anchors_in(child, children))
        cursor = start if place < 0 else place + len(child.text)
    return found


def lay_out(text: str, anchors: Sequence[tuple[int, str]], mark: tuple[int, int] | None, links: Sequence[tuple[int, int, str]] = ()) -> list[Line]:
    """The text cut at its line breaks, and each line where the mark begins and ends. Nothing but line breaks is left out.

    Args:
        text: Of a provision.
        anchors: Offset and label of the provisions that begin inside; each label goes to the line that its offset falls in.
        mark: Offsets of the words to mark, end excluded, or None.
        links: Offsets of words that lead somewhere, end excluded, and where; they do not overlap.
    """
    low, high = mark or (0, 0)
    first_seen = False
    lines: list[Line] = []
    depths = _Depths()
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        labels = tuple(label for offset, label in anchors if start <= offset <= end)
        edges = (low, high, *(edge for first, last, _ in links for edge in (first, last)))
        cuts = sorted({start, end, *(min(max(edge, start), end) for edge in edges)})
        runs: list[Run] = []
        for left, right in pairwise(cuts):
            marked = low <= left and right <= high
            href = next((address for first, last, address in links if first <= left and right <= last), "")
            runs.append(Run(text[left:right], marked, first=marked and not first_seen, href=href))
            first_seen = first_seen or marked
        if runs or labels:
            lines.append(Line(labels, tuple(runs), depths.of(piece, numbered=bool(labels))))
        start = end + 1
    return lines


class _Depths:
    """How far in the lines of a provision stand, one after the other."""

    def __init__(self) -> None:
        self._letter = ""

    def of(self, line: str, *, numbered: bool) -> int:
        """Of the next line; `numbered` where a provision of its own begins with it."""
        point = _POINT.match(line)
        if point is None or numbered:
            self._letter = ""
            return 0
        mark = point[1] or ""
        follows = len(mark) == 1 and bool(self._letter) and ord(mark) == ord(self._letter) + 1
        if mark and (follows or not _ROMAN.fullmatch(mark) or not self._letter):
            self._letter = mark
            return 1
        return 2 if self._letter else 1
