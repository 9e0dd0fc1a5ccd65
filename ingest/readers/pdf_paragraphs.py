"""Lines of a PDF made into paragraphs and headings, over page ends too."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.cleanup import clean, join_lines, vocabulary
from ingest.readers.extract import Block
from ingest.readers.mapped import Mapped, concat
from ingest.readers.pdf_lines import Line, body_size
from ingest.readers.pdf_notes import NoteLines

_MARKED = re.compile(
    r"(?:\(?(?:[0-9٠-٩]{1,3}(?:\.[0-9]{1,2}){0,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)](?=\s|$|[\"“«(A-Z])"
    r"|[0-9]{1,2}\.[0-9a-z]{1,2}\s+(?=[A-Z\"“«])|[0-9٠-٩]{1,3}\s?[-–]\s?(?=[\u0600-\u06ff])|[-–—•▪◦●‣*·\uf0b7\uf0a7]\s)"
    r"|(?:Article|ARTICLE|Artikel|Objective|OBJECTIVE|Objectif|Chapter|CHAPTER|Chapitre|CHAPITRE|KAPITEL|PART|Part|المادة|الفصل|الباب|الهدف)\s"
)
_POINT = re.compile(r"\(?[a-z0-9]{1,4}\)\s|[-–—•]\s")
_BEFORE_POINT = re.compile(r"(?:,|\b(?:and|or|et|ou|och|eller))$")
_ENDS = re.compile(r"[.;:!?؛؟][\"”»’)\]]*$")
_LEADERS = re.compile(r"(?:\.\s?){4,}\d{1,4}$")
"""The end of an entry in a table of contents."""
_USUAL_LEADING = 0.2
"""Share of the text that has a leading at least, for it to be that of the lines of a paragraph."""
_LEADING_VARIES = 0.12
_HEADING_ENDS = re.compile(r"[.;,]$")


@dataclass
class _Paragraph:
    lines: list[list[Line]] = field(default_factory=list)
    """Each line as its pieces: a line is cut where a note's mark was taken out."""

    @property
    def last(self) -> Line:
        return self.lines[-1][-1]

    @property
    def first(self) -> Line:
        return self.lines[0][0]

    def text(self) -> str:
        return " ".join("".join(piece.text for piece in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Page:
    """What decides where paragraphs end: the leading most lines have, the margins of each column."""

    leading: float
    rights: dict[tuple[int, int], float]
    lefts: dict[tuple[int, int], float]


def blocks_of(lines: Sequence[Line], notes: Sequence[NoteLines]) -> list[Block]:
    """Paragraphs and headings in reading order, the notes after them."""
    words = vocabulary(line.text for line in lines)
    size = body_size(lines)
    bold = sum(len(line.text) for line in lines if line.bold) > 0.4 * sum(len(line.text) for line in lines)
    look = _look(lines)
    blocks = []
    for paragraph in _paragraphs(lines, look):
        if mark := paragraph.first.note:
            text = join_lines([_line(pieces) for pieces in paragraph.lines], words)
            blocks.append(Block(text, "note", page=paragraph.first.page, mark=mark))
            continue
        heading = _is_heading(paragraph, size, bold_is_common=bold)
        level = max(1, 6 - int(4 * (paragraph.first.size / size - 1))) if heading else 0
        text = join_lines([_line(pieces) for pieces in paragraph.lines], words)
        blocks.append(Block(text, "heading" if heading else "text", level, paragraph.first.page))
    for note in notes:
        text = join_lines([_line([line]) for line in note.lines], words)
        blocks.append(Block(text, "note", page=note.lines[0].page, mark=note.mark))
    return [block for block in blocks if block.text.text]


def _line(pieces: Sequence[Line]) -> Mapped:
    parts = []
    for piece in pieces:
        text = clean(piece.text)
        parts.append(Mapped(text.text, tuple(at + piece.start for at in text.starts), tuple(at + piece.start for at in text.ends)))
    return concat(parts)


def _look(lines: Sequence[Line]) -> _Page:
    leadings: Counter[float] = Counter()
    rights: dict[tuple[int, int], float] = {}
    lefts: dict[tuple[int, int], float] = {}
    for before, after in itertools.pairwise(lines):
        if before.page == after.page and 0 < before.base - after.base < 4 * after.size:
            leadings[round((before.base - after.base) / after.size * 20) / 20] += len(after.text)
    for line in lines:
        key = (line.page, line.run)
        rights[key] = max(rights.get(key, 0.0), line.right)
        lefts[key] = min(lefts.get(key, 1e9), line.left)
    return _Page(_leading(leadings), rights, lefts)


def _leading(leadings: Counter[float]) -> float:
    """The leading of the lines of a paragraph, in font sizes: the smallest that a good part of the text has.

    Where most paragraphs have two lines, the space between paragraphs is as frequent as that between lines. Pages that a browser printed
    are set to whole pixels, so neighbouring values count together.
    """
    for ratio in sorted(leadings):
        near = {other: weight for other, weight in leadings.items() if ratio <= other <= ratio + _LEADING_VARIES}
        if sum(near.values()) >= _USUAL_LEADING * leadings.total():
            return max(near, key=lambda other: near[other])
    return 1.2


def _paragraphs(lines: Sequence[Line], look: _Page) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    for line in lines:
        if found and (last := found[-1].last).page == line.page and abs(last.base - line.base) < 0.1 and last.start < line.start:
            found[-1].lines[-1].append(line)
        elif found and not _begins(found[-1], line, look):
            found[-1].lines.append([line])
        else:
            found.append(_Paragraph([[line]]))
    return found


def _begins(paragraph: _Paragraph, line: Line, look: _Page) -> bool:
    """Whether `line` begins a paragraph of its own after `paragraph`."""
    last = paragraph.last
    text = paragraph.text()
    other_type = abs(last.size - line.size) > 0.08 * last.size or last.bold != line.bold
    if other_type and not (line.text[0].islower() and not _ENDS.search(text)):
        # A line in another type within a sentence ("force majeure") goes on in lower case.
        return True
    if line.note or _LEADERS.search(last.text):
        return True
    right = look.rights[last.page, last.run]
    left = look.lefts[last.page, last.run]
    width = max(right - left, 1.0)
    full = last.right > right - 0.04 * width
    ended = bool(_ENDS.search(text))
    marked = bool(_MARKED.match(line.text))
    if (last.page, last.run) != (line.page, line.run):
        alone = last.right < right - 0.4 * width and not line.text[0].islower()
        return marked or alone or (ended and not (full and _same_left(paragraph, line, look)))
    gap = last.base - line.base
    if gap > 1.3 * look.leading * line.size:
        return True
    if marked and (ended or not full or line.left < last.left - 0.5 * line.size or _is_next(paragraph.first, line)):
        return True
    if _POINT.match(line.text) and _BEFORE_POINT.search(last.text.rstrip()):
        return True
    short = last.right < right - 0.15 * width
    centred = _centred(last, left, right) and _centred(line, left, right)
    if centred:
        return ended and short
    if _centred(last, left, right) and short:
        return True
    very_short = last.right < right - 0.4 * width
    goes_on = line.text[0].islower() and not very_short
    if short and not goes_on and (ended or (very_short and not line.text[0].islower())):
        return True
    hanging = len(paragraph.lines) == 1 and bool(_MARKED.match(paragraph.first.text))
    indented = line.left > last.left + 0.8 * line.size
    if indented and not hanging and (ended or len(paragraph.lines) > 1):
        return True
    return ended and len(paragraph.lines) > 1 and line.left < last.left - 0.8 * line.size


def _is_next(first: Line, line: Line) -> bool:
    """Whether the line has the number after that of the paragraph and stands as far in: rows of a table end without a stop."""
    numbers = [re.match(r"\(?(\d{1,3})[.)]\s", each.text) for each in (first, line)]
    return all(numbers) and abs(first.left - line.left) < 2.0 and int(numbers[1][1]) == int(numbers[0][1]) + 1  # type: ignore[index]


def _same_left(paragraph: _Paragraph, line: Line, look: _Page) -> bool:
    """Whether the line on a new page or column stands as far in as the lines of the paragraph do."""
    before = paragraph.last.left - look.lefts[paragraph.last.page, paragraph.last.run]
    after = line.left - look.lefts[line.page, line.run]
    return abs(before - after) < 2.0


def _centred(line: Line, left: float, right: float) -> bool:
    return abs((line.left - left) - (right - line.right)) < 6.0 and line.left > left + 12.0


def _is_heading(paragraph: _Paragraph, size: float, *, bold_is_common: bool) -> bool:
    text = paragraph.text().strip()
    if len(text) > 250 or len(paragraph.lines) > 6 or _HEADING_ENDS.search(text):
        return False
    first = paragraph.first
    large = first.size >= 1.12 * size
    bold = not bold_is_common and all(piece.bold for line in paragraph.lines for piece in line)
    return large or bold
