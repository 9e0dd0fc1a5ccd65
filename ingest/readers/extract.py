"""What a reader takes out of a file, and the error for a file that it cannot take anything out of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.readers.mapped import Mapped

PageProgress = Callable[[int, int], None]
"""Called with how many pages were read, and how many there are."""

Role = Literal["text", "heading", "note"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a footnote, in reading order.

    Attributes:
        text: Its clean text.
        role: `heading` and `note` where the format says so; the numbering reader finds the others.
        level: Of a heading, 1 the highest; 0 where the format does not say.
        page: From 1; 0 where the format has no pages.
        mark: Of a note, the mark that refers to it ("1", "*").
    """

    text: Mapped
    role: Role = "text"
    level: int = 0
    page: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A run of the source that is in no block: page numbers, running heads, markup, note marks. Offsets, end excluded."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A note's mark in the running text, taken out of it: `at` is its offset in the source."""

    at: int
    mark: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and how it falls into blocks; `warnings` says what of the file may not be in it, one line each."""

    source: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()
    references: tuple[NoteReference, ...] = ()
    warnings: tuple[str, ...] = ()


class UnreadableDocument(Exception):
    """A file that cannot be taken in; one line says why and what to do."""

    def __init__(self, path: Path, why: str, what_to_do: str) -> None:
        self.path = path
        self.why = why
        self.what_to_do = what_to_do
        super().__init__(f"{path.name}: {why}; {what_to_do}")


class TooLarge(UnreadableDocument):
    """More bytes, pages or unpacked data than a text of this kind can have."""


class Encrypted(UnreadableDocument):
    """Protected by a password."""


class Damaged(UnreadableDocument):
    """Truncated, empty or not of the format that its name says."""


class WithoutText(UnreadableDocument):
    """Nothing but pictures."""


class UnsafeMarkup(UnreadableDocument):
    """External entities or a document type that expands."""


class WrongEncoding(UnreadableDocument):
    """Bytes that are no text in any encoding that fits."""


class WithoutNumbers(UnreadableDocument):
    """No numbered provision in it, so nothing could be cited."""
