"""A numbered part while the text is being read: what it holds, and how its text is put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.numbering.marks import begins_point
from ingest.provision import Part
from ingest.readers.mapped import Mapped, concat

_ENDED = re.compile(r"[.;:!?؛؟][\"”»’)\]]*$|,$")


@dataclass(eq=False)
class Node:
    """One provision to be: its own words come before its children.

    Attributes:
        mark: The number as the text writes it ("Article 33", "1."), which the provision's own text leaves out.
        titles: Its title, one piece a block.
        pieces: Its own text, one piece a block.
    """

    label: str
    shape: str
    number: str
    part: Part
    path: tuple[str, ...] = ()
    parent: Node | None = None
    unit: str = ""
    mark: Mapped = field(default_factory=Mapped)
    titles: list[Mapped] = field(default_factory=list)
    pieces: list[Mapped] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    last_note: int = 0

    @property
    def heading(self) -> str:
        """Its title in one line."""
        return " ".join(title.text for title in self.titles)

    def add(self, text: Mapped) -> None:
        """Goes on with the block `text`."""
        if text.text:
            self.pieces.append(text)

    def own_text(self) -> Mapped:
        """Its own words, its children's not among them."""
        return together(self.pieces)

    @property
    def is_bare(self) -> bool:
        """Whether it has a number and at most a title: an article that was deleted, an annex that is a picture."""
        return not self.children and not any(piece.text for piece in self.pieces)

    def full_text(self) -> Mapped:
        """Its own words and, line by line, everything that it holds, with the numbers and titles that stand there."""
        if self.is_bare:
            # Something has to be shown and cited: its title, or else its number.
            return together(self.titles) if any(title.text for title in self.titles) else self.mark.strip()
        lines = [self.own_text()]
        for child in self.children:
            title = together(child.titles)
            head = together([child.mark.strip(), title]) if child.unit else child.mark.strip()
            body = Mapped() if child.is_bare else child.full_text()
            if child.unit and title.text:
                lines += [head, body]
            else:
                lines.append(concat([head, Mapped.glue(" "), body]) if head.text and body.text else head if head.text else body)
        return _lines(lines)


def together(pieces: list[Mapped]) -> Mapped:
    """Blocks as one text: a point or a new sentence begins a line; a sentence that was broken off is made whole with a space."""
    parts: list[Mapped] = []
    for piece in pieces:
        if not piece.text:
            continue
        if parts:
            parts.append(Mapped.glue("\n" if _breaks(parts[-1].text, piece.text) else " "))
        parts.append(piece)
    return concat(parts)


def _breaks(before: str, after: str) -> bool:
    if begins_point(after) or " | " in before.rpartition("\n")[2] or " | " in after:
        return True  # a point, a row of a table
    return bool(_ENDED.search(before)) and not (before.endswith(",") and after[0].islower())


def _lines(pieces: list[Mapped]) -> Mapped:
    parts: list[Mapped] = []
    for piece in pieces:
        if piece.text:
            if parts:
                parts.append(Mapped.glue("\n"))
            parts.append(piece)
    return concat(parts)
