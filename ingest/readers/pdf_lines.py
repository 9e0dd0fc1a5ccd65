"""The lines of a PDF: what they are, in which order they are read, and which of them are running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ingest.numbering.numerals import words
from ingest.readers.pdf_rtl import in_reading_order, is_right_to_left

_ASTERISK = re.compile(r"[(\[](\*{1,4})[)\]]")
_OUTER = 4
"""Lines from the top and from the bottom of a page that may be running heads."""
_MOSTLY = 0.9
"""Share of the text."""
_PAGE_NUMBER = re.compile(
    r"(?:(?:file|https?)://\S+\s+)?(?:page|seite|sida|الصفحة)?\s*[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—]?(?:\s*(?:/|of|de|sur|av|من)\s*\d{1,4})?",
    re.IGNORECASE,
)

_IMPRINT = re.compile(
    r"(?:GE\.)?\d{2}-\d{5}\s*(?:\([EFASRC]\))?(?:\s+\d{6})?|\*\s?\d{7}\s?\*|please recycle\W*|merci de recycler\W*|الرجاء إعادة استعمال الورق\W*"
    r"|(?:GE\.)?\d{2}-\d{5}.{0,12}\*\d{7}\*.{0,20}|(?:GE\.)?\d{2}-\d{5}\s+\d{1,3}/\d{1,3}|\d{1,3}/\d{1,3}\s+(?:GE\.)?\d{2}-\d{5}",
    re.IGNORECASE,
)
"""What the United Nations print at the foot of a first page: the number of the job, and its bar code in digits."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. Lengths are points; `base` is the height of its baseline above the page's lower edge.

    Attributes:
        start: Offset of its first character in the source.
        run: Which of the page's columns or boxes it stands in, in reading order.
        note: Mark of the note that begins with it, cut off; "" for any other line.
        raised: Where it has superscript characters: (start, end) in `text`.
        rtl: Whether it is read from the right.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    raised: tuple[tuple[int, int], ...]
    page: int
    start: int
    run: int = 0
    note: str = ""
    rtl: bool = False


def lines_of(pages: Sequence[dict[str, Any]]) -> tuple[str, list[Line]]:
    """The source, a line a line and a form feed after each page, and its lines, both in the order in which they are read."""
    source: list[str] = []
    lines: list[Line] = []
    length = 0
    bold = _least_bold(pages)
    for number, page in enumerate(pages, 1):
        found: list[Line] = []
        for line in page["lines"]:
            found.append(_line(line, number, page["width"], bold, after=found[-1] if found else None))
        for run, box in enumerate(_boxes(found)):
            for line in box:
                lines.append(replace(line, start=length, run=run))
                source.append(line.text + "\n")
                length += len(line.text) + 1
        source.append("\f")
        length += 1
    return "".join(source), lines


def _least_bold(pages: Sequence[dict[str, Any]]) -> int:
    """How bold a line has to be to stand out: 2, by its font's name, where nearly all lines are heavy, as in files that browsers print."""
    degrees = Counter[int]()
    for page in pages:
        for line in page["lines"]:
            degrees[line[5]] += len(line[0])
    return 2 if degrees[1] + degrees[2] > _MOSTLY * degrees.total() else 1


def _line(line: Sequence[Any], page: int, width: float, bold_from: int, after: Line | None) -> Line:
    text, left, right, base, size, boldness, raised, boxes = line[:8]
    bold = boldness >= bold_from
    if boxes and (is_right_to_left(text) or (after is not None and after.rtl and not any(each.isalpha() for each in text))):
        # Which characters are raised is known by their place in the file, which the new order has left behind.
        # Its sides are mirrored, so that "left" is where a line begins in any script.
        ordered = in_reading_order(text, boxes, size)
        return Line(ordered, width - right, width - left, base, size, bold, _raised("", ()), page, 0, rtl=True)
    return Line(text, left, right, base, size, bold, _raised(text, raised), page, 0)


def _raised(text: str, raised: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Superscript characters, and asterisks in brackets, which are raised by their shape."""
    spans = {(start, end) for start, end in raised} | {match.span(1) for match in _ASTERISK.finditer(text)}
    return tuple(sorted(spans))


def _boxes(lines: Sequence[Line]) -> list[list[Line]]:
    """Columns and boxes of a page: one that stands wholly above another comes before it, else they keep the order of the file."""
    boxes: list[list[Line]] = []
    for line in lines:
        if boxes and boxes[-1][-1].base + 0.6 * line.size >= line.base > boxes[-1][-1].base - 6 * line.size:
            boxes[-1].append(line)
        else:
            boxes.append([line])
    ordered: list[list[Line]] = []
    for box in boxes:
        at = len(ordered)
        while at and box[-1].base > ordered[at - 1][0].base:
            at -= 1
        ordered.insert(at, box)
    return ordered


def furniture(lines: Sequence[Line], heights: Sequence[float]) -> set[Line]:
    """Running heads and feet (the same words, but for numbers, at the same height of several pages) and page numbers."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    outer: dict[int, list[Line]] = {}
    for page, on_page in pages.items():
        by_height = sorted(on_page, key=lambda line: -line.base)
        outer[page] = list(dict.fromkeys([*by_height[:_OUTER], *by_height[-_OUTER:]]))
    seen: dict[str, list[Line]] = defaultdict(list)
    for page_lines in outer.values():
        for line in page_lines:
            if not _ends_a_sentence(line.text):
                seen[_signature(line.text)].append(line)
    found: set[Line] = set()
    needed = max(2, min(3, len(heights)))
    for alike in seen.values():
        same = _same_but_for_the_page(alike)
        for line in same:
            near = {other.page for other in same if abs(other.base - line.base) < 2.0}
            # On three pages at least, and on most of those between the first and the last: left and right pages may differ.
            # A text of two or three pages: on all but the first, which has a masthead, and close to the edge of the paper.
            few = len(near) >= max(2, len(heights) - 1) and not 0.08 < line.base / heights[line.page - 1] < 0.925
            if few or (len(near) >= needed and len(near) >= 0.4 * (max(near) - min(near) + 1)):
                found.add(line)
    for page, page_lines in outer.items():
        edge = [line for line in page_lines if line not in found]
        for line in (edge[:1] + edge[-1:]) if len(edge) > 1 else []:
            in_margin = line.base < 0.12 * heights[page - 1] or line.base > 0.9 * heights[page - 1]
            if in_margin and _PAGE_NUMBER.fullmatch(line.text.strip()):
                found.add(line)
        found.update(line for line in edge if line.base < 0.12 * heights[page - 1] and _IMPRINT.fullmatch(line.text.strip()))
    return found


def _same_but_for_the_page(lines: Sequence[Line]) -> list[Line]:
    """Those of the lines whose numbers are the same as in most, or count the pages: "Article 5" and "Article 9" are no running head."""
    numbers = [[int(number) for number in re.findall(r"\d{1,9}", line.text)] for line in lines]
    times = Counter(number for each in numbers for number in set(each))
    varying = [[number for number in each if times[number] <= len(lines) / 2] for each in numbers]
    steps = Counter(number - line.page for line, each in zip(lines, varying, strict=True) for number in each)
    step = steps.most_common(1)[0][0] if steps else 0
    counts_pages = [line for line, each in zip(lines, varying, strict=True) if all(number - line.page == step for number in each)]
    # An article a page, each at its top, counts the pages too.
    return [line for line in counts_pages if not (step in steps and _names_a_unit(line.text))]


def _ends_a_sentence(text: str) -> bool:
    """Whether a line is the end of a sentence that began in the line before: no running head is that, on however many pages it stands."""
    return text[:1].islower() and text.rstrip()[-1:] in (".", ";", ":")


def _names_a_unit(text: str) -> bool:
    """Whether a line is the number of a provision and nothing else: "Article 438", "المادة 12"."""
    return bool(_unit_numbers().fullmatch(text.strip()))


@cache
def _unit_numbers() -> re.Pattern[str]:
    names = {name for unit in words()["units"].values() for name in unit["words"]}
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\s*\d{{1,4}}\s*[.:]?", re.IGNORECASE)


def _signature(text: str) -> str:
    """The words of a running head without the numbers, in an order that does not matter (left and right pages swap them)."""
    return " ".join(sorted(re.sub(r"\d+", "#", text).casefold().split()))


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
