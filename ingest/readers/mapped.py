"""Text whose characters know where in the source they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOWHERE = -1
"""Source offset of a character that the clean-up put in (a space or line break between joined pieces)."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """Clean text; `starts[i]:ends[i]` is the place in the source that gave character `i`, `NOWHERE` for one that was put in.

    One source character may give two (a ligature) and several may give one (a run of spaces, a letter with its accent).
    """

    text: str = ""
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    @classmethod
    def glue(cls, text: str) -> Mapped:
        """`text` as characters that stand nowhere in the source."""
        nowhere = (NOWHERE,) * len(text)
        return cls(text, nowhere, nowhere)

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> Mapped:
        """The characters from `start` to `end`, as a slice takes them."""
        return Mapped(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def without(self, start: int, end: int) -> Mapped:
        """This text with the characters from `start` to `end` taken out."""
        return concat((self.cut(0, start), self.cut(end)))

    def strip(self) -> Mapped:
        """Without white space at either end."""
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, left + len(self.text.strip()))

    def extent(self) -> tuple[int, int]:
        """First and last source offset (end excluded); (NOWHERE, NOWHERE) where no character has a place."""
        known = [i for i, start in enumerate(self.starts) if start != NOWHERE]
        return (self.starts[known[0]], self.ends[known[-1]]) if known else (NOWHERE, NOWHERE)


def concat(pieces: Iterable[Mapped]) -> Mapped:
    """The pieces one after the other, with nothing between them."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        texts.append(piece.text)
        starts.extend(piece.starts)
        ends.extend(piece.ends)
    return Mapped("".join(texts), tuple(starts), tuple(ends))


def joined(pieces: Sequence[Mapped], glue: str) -> Mapped:
    """The pieces that are not empty, with `glue` between them."""
    parts: list[Mapped] = []
    for piece in pieces:
        if piece.text:
            if parts:
                parts.append(Mapped.glue(glue))
            parts.append(piece)
    return concat(parts)
