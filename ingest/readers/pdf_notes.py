"""Footnotes of a PDF: small print at the foot of a page that begins with a raised mark, and the marks that refer to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.extract import Dropped, NoteReference
from ingest.readers.pdf_lines import Line, body_size

_MARK = re.compile(r"\d{1,3}|\*{1,4}|†|‡|[a-z]")
_PLAIN_MARK = re.compile(r"[(\[]?(\d{1,3}|\*{1,4})[)\]]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class NoteLines:
    """The lines of one note, its mark cut off."""

    mark: str
    lines: tuple[Line, ...]


def separate_notes(lines: Sequence[Line]) -> tuple[list[Line], list[NoteLines], list[NoteReference], list[Dropped]]:
    """(body, notes, references, marks taken out). The lines come in reading order, furniture gone."""
    small = 0.95 * body_size(lines)
    body: list[Line] = []
    notes: list[tuple[str, list[Line]]] = []
    dropped: list[Dropped] = []
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    for page in pages.values():
        foot = _foot(page, small, continues=bool(notes) and not notes[-1][1][-1].text.rstrip().endswith("."))
        for line in page:
            if line not in foot:
                body.append(line)
        for line in sorted(foot, key=lambda each: (each.run, -each.base)):
            start = _note_start(line, small=True)
            if start is None and notes:
                notes[-1][1].append(line)
            elif start is not None:
                mark, length = start
                dropped.append(Dropped(line.start, line.start + length, "note mark"))
                notes.append((mark, [_cut(line, length)]))
    marks = {mark for mark, _ in notes} | {start[0] for line in body if (start := _note_start(line, small=False))}
    references: list[NoteReference] = []
    kept: list[Line] = []
    for line in body:
        if start := _note_start(line, small=False):
            # A note that does not stand at the foot of the page: under a quotation, or at the end of the text.
            dropped.append(Dropped(line.start, line.start + start[1], "note mark"))
            kept.append(replace(_cut(line, start[1]), note=start[0]))
        else:
            kept.extend(_without_references(line, marks, references, dropped))
    return kept, [NoteLines(mark, tuple(each)) for mark, each in notes], references, dropped


def _foot(page: Sequence[Line], small: float, *, continues: bool) -> set[Line]:
    """The lines of the footnotes of a page: the lowest, as long as they are small, from the first that begins with a mark."""
    lowest = sorted(page, key=lambda line: line.base)
    foot: list[Line] = []
    for line in lowest:
        if line.size > small:
            break
        foot.append(line)
    foot.reverse()
    if continues and foot and len(foot) < len(page):
        return set(foot)
    first = next((at for at, line in enumerate(foot) if _note_start(line, small=True)), None)
    return set() if first is None else set(foot[first:])


def _note_start(line: Line, *, small: bool) -> tuple[str, int] | None:
    """(mark, length with the space after it) where the line begins with a note's mark."""
    if line.raised:
        start, end = line.raised[0]
        mark = line.text[start:end].strip("() ")
        if line.text[:start].strip("([ ") == "" and _MARK.fullmatch(mark):
            rest = re.match(r"[)\]]?\s*", line.text[end:])
            return mark, end + (rest.end() if rest else 0)
    if small and (match := _PLAIN_MARK.match(line.text)):
        return match[1], match.end()
    return None


def _cut(line: Line, length: int) -> Line:
    """The line without its first characters."""
    return replace(
        line,
        text=line.text[length:],
        start=line.start + length,
        raised=tuple((a - length, b - length) for a, b in line.raised if a >= length),
    )


def _without_references(line: Line, marks: set[str], references: list[NoteReference], dropped: list[Dropped]) -> list[Line]:
    """The line cut at the marks in it that refer to a note, which are taken out with the brackets around them."""
    pieces: list[Line] = []
    at = 0
    for raised_start, raised_end in line.raised:
        start, end = raised_start, raised_end
        mark = line.text[start:end].strip("() ")
        if mark not in marks or start < at:
            continue
        if line.text[start - 1 : start] in ("(", "[") and line.text[end : end + 1] in (")", "]"):
            start, end = start - 1, end + 1
        references.append(NoteReference(line.start + start, mark, line.page))
        dropped.append(Dropped(line.start + start, line.start + end, "note mark"))
        pieces.append(replace(line, text=line.text[at:start].rstrip(), start=line.start + at, raised=()))
        at = end
    if not pieces:
        return [line]
    pieces.append(replace(line, text=line.text[at:], start=line.start + at, raised=()))
    return [piece for piece in pieces if piece.text]
