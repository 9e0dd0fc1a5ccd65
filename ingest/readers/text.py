"""Plain text, with footnotes told by a superscript number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.readers.cleanup import clean
from ingest.readers.extract import Block, Dropped, Extract, NoteReference
from ingest.readers.lines import paragraphs
from ingest.readers.mapped import Mapped

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_MARK = re.compile(rf"[{SUPERSCRIPTS}]+")
_NOTE = re.compile(rf"([{SUPERSCRIPTS}]+)\s*(?=\S)")


def extract_text(source: str) -> Extract:
    """Blocks of a plain text."""
    blocks, dropped, references = separate_notes(Block(text) for text in paragraphs(clean_lines(source)))
    return Extract(source, tuple(blocks), tuple(dropped), tuple(references))


def clean_lines(source: str) -> list[Mapped]:
    """Each line of the source, clean and stripped."""
    found = []
    at = 0
    for line in source.splitlines(keepends=True):
        found.append(clean(source, at, at + len(line)).strip())
        at += len(line)
    return found


def separate_notes(blocks: Iterable[Block]) -> tuple[list[Block], list[Dropped], list[NoteReference]]:
    """Footnotes told apart: the paragraphs that begin with a superscript number, and the marks in the text that refer to one."""
    blocks = list(blocks)
    marks = {match[1].translate(_DIGITS) for block in blocks if (match := _NOTE.match(block.text.text))}
    kept: list[Block] = []
    dropped: list[Dropped] = []
    references: list[NoteReference] = []
    for block in blocks:
        text = block.text
        if match := _NOTE.match(text.text):
            dropped.append(Dropped(text.starts[0], text.ends[match.end(1) - 1], "note mark"))
            kept.append(Block(text.cut(match.end()), "note", page=block.page, mark=match[1].translate(_DIGITS)))
            continue
        for found in reversed(list(_MARK.finditer(text.text))):
            mark = found[0].translate(_DIGITS)
            if mark in marks:
                start, end = text.starts[found.start()], text.ends[found.end() - 1]
                references.append(NoteReference(start, mark, block.page))
                dropped.append(Dropped(start, end, "note mark"))
                text = text.without(found.start(), found.end())
        kept.append(Block(text.strip(), block.role, block.level, block.page, block.mark))
    return kept, dropped, sorted(references, key=lambda reference: reference.at)
