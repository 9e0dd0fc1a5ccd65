"""Builds the source text of a format that is not text itself: block after block, each on a line of its own."""

from __future__ import annotations

import re

from ingest.readers.cleanup import clean
from ingest.readers.extract import Block, Dropped, Extract, NoteReference, Role
from ingest.readers.mapped import Mapped, concat

_EMPTY = re.compile(r"\s*[(\[]\s*[)\]]\s*")
_OPENS = re.compile(r"\s*[(\[]\s*$")
_CLOSES = re.compile(r"\s*[)\]]")


class Writer:
    """Takes words as they come (`add`), and makes a block of those since the last one (`end`).

    White space at either end of a block is dropped, any other kept as it is; the clean-up makes one space of it.
    """

    def __init__(self) -> None:
        self._source: list[str] = []
        self._length = 0
        self._pending: list[tuple[str, bool]] = []
        self._blocks: list[Block] = []
        self._dropped: list[Dropped] = []
        self._references: list[NoteReference] = []
        self._notes: list[tuple[str, str]] = []

    def add(self, text: str) -> None:
        """Words of the block that is being written."""
        if text:
            self._pending.append((text, False))

    def refer(self, mark: str) -> None:
        """A note's mark, at this place in the block; white space before it goes."""
        if self._pending and not self._pending[-1][1]:
            self._pending[-1] = (self._pending[-1][0].rstrip(), False)
        if mark:
            self._pending.append((mark, True))

    def note(self, text: str, mark: str) -> None:
        """A note, to be put after the block that is being written."""
        self._notes.append((text, mark))

    @property
    def pending(self) -> str:
        """What the block that is being written has so far, note marks left out."""
        return "".join(text for text, is_mark in self._pending if not is_mark)

    def end(self, role: Role = "text", *, level: int = 0, mark: str = "", page: int = 0) -> None:
        """Makes a block of what was added; nothing where that is blank."""
        pending, self._pending = self._pending, []
        if any(text.strip() for text, _ in pending):
            self._write(pending, role, level, mark, page)
        notes, self._notes = self._notes, []
        for text, note_mark in notes:
            self._write([(text, False)], "note", 0, note_mark, page)

    def drop(self, text: str, reason: str) -> None:
        """Text of the file that belongs to no block."""
        if text.strip():
            self._dropped.append(Dropped(self._length, self._length + len(text), reason))
            self._append(text + "\n")

    def _append(self, text: str) -> int:
        start = self._length
        self._source.append(text)
        self._length += len(text)
        return start

    def _write(self, pieces: list[tuple[str, bool]], role: Role, level: int, mark: str, page: int) -> None:
        runs: list[tuple[int, int]] = []
        pieces = _brackets_apart(pieces, role)
        for text, is_mark in pieces:
            start = self._append(text)
            if is_mark:
                self._dropped.append(Dropped(start, self._length, "note mark"))
                if text.strip("()[] \u00a0"):
                    self._references.append(NoteReference(start, text, page))
            elif runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], self._length)
            else:
                runs.append((start, self._length))
        self._append("\n")
        source = "".join(self._source[-len(pieces) - 1 :])
        base = self._length - len(source)
        parts = [clean(source, start - base, end - base) for start, end in runs]
        moved = [Mapped(p.text, tuple(at + base for at in p.starts), tuple(at + base for at in p.ends)) for p in parts]
        text_of_block = concat(moved).strip()
        if text_of_block.text:
            self._blocks.append(Block(text_of_block, role, level, page, mark))

    def extract(self) -> Extract:
        """Everything that was written; what is still open becomes a last block."""
        self.end()
        return Extract("".join(self._source), tuple(self._blocks), tuple(self._dropped), tuple(self._references))


def _brackets_apart(pieces: list[tuple[str, bool]], role: Role) -> list[tuple[str, bool]]:
    """The pieces with the brackets around a note's mark, "(1)", made marks too; a note's own mark was taken out before, its brackets not."""
    found: list[tuple[str, bool]] = []
    for text, is_mark in pieces:
        if found and not is_mark and not found[-1][1]:
            found[-1] = (found[-1][0] + text, False)
        else:
            found.append((text, is_mark))
    if role == "note" and found and not found[0][1] and (empty := _EMPTY.match(found[0][0])):
        found[:1] = [(found[0][0][: empty.end()], True), (found[0][0][empty.end() :], False)]
    at = 1
    while at < len(found) - 1:
        before, after = _OPENS.search(found[at - 1][0]), _CLOSES.match(found[at + 1][0])
        if found[at][1] and not found[at - 1][1] and not found[at + 1][1] and before and after:
            text, rest = found[at - 1][0], found[at + 1][0]
            found[at - 1 : at + 2] = [
                (text[: before.start()], False),
                (text[before.start() :], True),
                found[at],
                (rest[: after.end()], True),
                (rest[after.end() :], False),
            ]
            at += 2
        at += 1
    return found
