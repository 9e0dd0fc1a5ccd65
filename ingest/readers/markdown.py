"""Markdown: headings by "#", its other markup dropped. The source is the file itself, so that offsets lead into it."""

from __future__ import annotations

import re

from ingest.readers.cleanup import clean
from ingest.readers.extract import Block, Dropped, Extract, NoteReference
from ingest.readers.lines import at_lost_breaks, paragraphs
from ingest.readers.mapped import Mapped, concat, joined
from ingest.readers.text import separate_notes

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$")
_NOTE = re.compile(r"\s{0,3}\[\^([\w-]+)\]:\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+|`{3,}.*|~{3,}.*)$")
_MARKUP = re.compile(
    r"""(?P<picture>!\[[^\]]*\]\([^)]*\))
      | (?P<open>\[)(?=(?:[^\[\]]|\[[^\]]*\])*\]\([^)\s]*(?:\s+"[^"]*")?\))
      | (?P<address>\](?=\())\([^)]*\)
      | \[\^(?P<note>[\w-]+)\]
      | (?P<comment><!--.*?-->)
      | (?P<tag></?[a-zA-Z][^<>]*>)
      | (?P<escape>\\)(?=[\\`*_{}\[\]()\#+.!|~-])
      | (?P<strong>\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~)
    """,
    re.VERBOSE,
)


def extract_markdown(source: str) -> Extract:
    """Blocks of a Markdown text."""
    reader = _Reader(source)
    at = 0
    for line in source.splitlines(keepends=True):
        reader.line(at, line.rstrip("\r\n"))
        at += len(line)
    reader.flush()
    blocks, marks, references = separate_notes(reader.blocks)
    return Extract(source, tuple(blocks), (*reader.dropped, *marks), (*reader.references, *references))


class _Reader:
    """The blocks so far, and the lines of the paragraph that is being read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self.references: list[NoteReference] = []
        self.lines: list[Mapped] = []

    def line(self, at: int, line: str) -> None:
        if heading := _HEADING.match(line):
            self.flush()
            self._drop(at + heading.start(1), at + heading.end(1))
            self._drop(at + heading.end(2), at + len(line))
            text = self._inline(at + heading.start(2), at + heading.end(2)).strip()
            if text.text:
                self.blocks.append(Block(text, "heading", len(heading[1])))
        elif note := _NOTE.match(line):
            self.flush()
            self._drop(at, at + note.end())
            self.blocks.append(Block(self._inline(at + note.end(), at + len(line)).strip(), "note", mark=note[1]))
        elif _RULE.match(line):
            self._drop(at, at + len(line))
            self.lines.append(Mapped())
        elif line.lstrip().startswith("|"):
            self.lines.append(self._row(at, line))
        elif quote := re.match(r"\s{0,3}>\s?", line):
            self._drop(at, at + quote.end())
            self.lines.append(self._inline(at + quote.end(), at + len(line)).strip())
        else:
            self.lines.append(self._inline(at, at + len(line)).strip())

    def flush(self) -> None:
        """Makes blocks of the lines read since the last heading."""
        self.blocks += [Block(piece) for text in paragraphs(self.lines) for piece in at_lost_breaks(text)]
        self.lines = []

    def _row(self, at: int, line: str) -> Mapped:
        cells = []
        start = at
        for cell in re.split(r"(\|)", line):
            if cell == "|" or not cell.strip(" :-"):
                self._drop(start, start + len(cell))
            else:
                cells.append(self._inline(start, start + len(cell)).strip())
            start += len(cell)
        return joined(cells, " | ")

    def _inline(self, start: int, end: int) -> Mapped:
        """The text without its markup."""
        parts: list[Mapped] = []
        at = start
        for match in _MARKUP.finditer(self.source, start, end):
            if match["strong"] and self._is_bullet(match.start(), start):
                continue
            parts.append(clean(self.source, at, match.start()))
            self._drop(*match.span())
            if match["note"]:
                self.references.append(NoteReference(match.start(), match["note"]))
            at = match.end()
        parts.append(clean(self.source, at, end))
        return concat(parts)

    def _is_bullet(self, at: int, start: int) -> bool:
        return not self.source[start:at].strip() and self.source[at : at + 2] == "* "

    def _drop(self, start: int, end: int) -> None:
        if self.source[start:end].strip():
            self.dropped.append(Dropped(start, end, "markup"))
