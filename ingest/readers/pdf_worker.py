"""Takes the lines out of a PDF. Run as a program of its own, because a PDF may crash, hang or fill the memory of what reads it.

    python pdf_worker.py FILE PAGES SECONDS MEGABYTES FIRST STEP

Writes a JSON object a line: {"error": kind, "detail": text}; or {"pages": how many} and then each page from FIRST (counted from 0) on,
by steps of STEP: {"number", "width", "height", "drawn": whether anything is on it, "lines": [line …]}. A line is [text, left, right,
baseline, size, bold, [[start, end] of raised characters …], [[left, right] of each character …], [[start, end, left, right] of each
piece …]] in points, the origin at the bottom left. Bold is 2 where the fonts are called so, 1 where they are only heavy, else 0; places of
characters are given where the line has right-to-left letters or no letters, pieces where it jumps over a wide gap, as from one column into
another.
It imports nothing of this project.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}
"""How pdfium writes a hyphen at a line end."""
_BOLD_FROM = 600
_SAMPLED = 200
"""Characters of a page that are asked how they are turned."""
_WIDE_GAP = 3.0
"""Font sizes."""


def limit(seconds: int, megabytes: int) -> None:
    """Bounds this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


class Sheet:
    """A page as it is held to read it: most of a page that was turned, such as a wide table, runs upwards or downwards in the file.

    Attributes:
        turn: Quarters of a circle, clockwise, that its characters are turned by: 0 to 3.
        width, height: Of the page so held, points.
    """

    def __init__(self, page: Any, raw: Any, handle: Any, characters: int) -> None:
        quarters = [
            round(raw.FPDFText_GetCharAngle(handle, at) * 2 / math.pi) % 4
            for at in range(0, characters, max(1, characters // _SAMPLED))
            if raw.FPDFText_GetUnicode(handle, at) > 32
        ]
        self.turn = max(range(4), key=quarters.count) if quarters else 0
        _, _, self._right, self._top = page.get_mediabox()
        self.width, self.height = page.get_size()
        if self.turn % 2 and (self._right > self._top) == (self.width > self.height):
            self.width, self.height = self.height, self.width

    def place(self, box: Any) -> None:
        """Changes the sides of a box to those that it has on the page so held."""
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if self.turn == 1:
            box.left, box.right, box.bottom, box.top = self._top - top, self._top - bottom, left, right
        elif self.turn == 2:
            box.left, box.right, box.bottom, box.top = self._right - right, self._right - left, self._top - top, self._top - bottom
        elif self.turn == 3:
            box.left, box.right, box.bottom, box.top = bottom, top, self._right - right, self._right - left

    def base(self, x: float, y: float) -> float:
        """The height on the page so held of a baseline."""
        return (y, x, self._top - y, self._right - x)[self.turn]


class Type:
    """How a run of characters is set: font size, height of the baseline, bold or not."""

    def __init__(self, raw: Any, handle: Any, at: int, box: Any, sheet: Sheet) -> None:
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        size = raw.FPDFText_GetFontSize(handle, at)
        if raw.FPDFText_GetMatrix(handle, at, matrix):
            size *= (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        height = abs(box.top - box.bottom)
        self.size: float = size if 0.6 * size <= height <= 2.2 * size else height
        self.base: float = sheet.base(x.value, y.value)
        self.bold: int = 2 if _named_bold(raw, handle, at) else int(raw.FPDFText_GetFontWeight(handle, at) >= _BOLD_FROM)


_names: dict[int, bool] = {}
"""Whether a font's name says that it is bold, by its address: the fonts that every reader has come without a weight."""


def _named_bold(raw: Any, handle: Any, at: int) -> bool:
    item = raw.FPDFText_GetTextObject(handle, at)
    font = raw.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return False
    address = ctypes.addressof(font.contents)
    if address not in _names:
        name = ctypes.create_string_buffer(200)
        raw.FPDFFont_GetBaseFontName(font, name, len(name))
        _names[address] = any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"demi"))
    return _names[address]


class Line:
    """Characters on one baseline, in the order in which they are read."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.types: list[Type | None] = []
        self.boxes: list[tuple[float, float]] = []
        self.base = 0.0
        self.size = 0.0

    def takes(self, kind: Type) -> bool:
        """Whether characters of that type stand in this line, raised or lowered at most."""
        return not self.text or abs(kind.base - self.base) <= 0.5 * max(kind.size, self.size)

    def add(self, character: str, box: tuple[float, float], kind: Type | None) -> None:
        """Take in one more character; `box` is its left and right, `kind` None for a space."""
        self.text.append(character)
        self.types.append(kind)
        self.boxes.append(box)

    def grow(self, kind: Type) -> None:
        """The largest characters say where the line stands."""
        if kind.size > self.size * 1.05:
            self.base, self.size = kind.base, kind.size

    def as_list(self) -> list[Any] | None:
        """The line as it is written out, None where it is blank."""
        text = "".join(self.text)
        stripped = text.strip()
        if not stripped:
            return None
        first = len(text) - len(text.lstrip())
        printed = [(box, kind) for box, kind in zip(self.boxes, self.types, strict=True) if kind is not None]
        left, right = min(box[0] for box, _ in printed), max(box[1] for box, _ in printed)
        bold = next((degree for degree in (2, 1) if sum(kind.bold >= degree for _, kind in printed) > 0.8 * len(printed)), 0)
        placeless = not any(_is_right_to_left(each) for each in stripped) and any(each.isalpha() for each in stripped)
        boxes = [] if placeless else self.boxes[first : first + len(stripped)]
        placed = [[round(start, 1), round(end, 1)] for start, end in boxes]
        marked = (self._raised(first, len(stripped)), placed, self._pieces(first, len(stripped)))
        return [stripped, round(left, 1), round(right, 1), round(self.base, 1), round(self.size, 1), bold, *marked]

    def _pieces(self, first: int, length: int) -> list[list[float]]:
        """Start, end, left and right of each piece, counted from `first`; none where the line has no wide gap."""
        pieces: list[list[float]] = []
        for at in range(first, first + length):
            if self.types[at] is None:
                continue
            left, right = self.boxes[at]
            if pieces and max(left - pieces[-1][3], pieces[-1][2] - right) <= _WIDE_GAP * self.size:
                pieces[-1] = [pieces[-1][0], at + 1 - first, min(left, pieces[-1][2]), max(right, pieces[-1][3])]
            else:
                pieces.append([at - first, at + 1 - first, left, right])
        return [[start, end, round(left, 1), round(right, 1)] for start, end, left, right in pieces] if len(pieces) > 1 else []

    def _raised(self, first: int, length: int) -> list[list[int]]:
        """Where superscript characters stand, counted from `first`."""
        small = {kind for kind in set(self.types) if kind is not None and self._is_raised(kind)}
        found: list[list[int]] = []
        for at in range(length) if small else ():
            if self.types[first + at] in small:
                if found and found[-1][1] == at:
                    found[-1][1] += 1
                else:
                    found.append([at, at + 1])
        return found

    def _is_raised(self, kind: Type) -> bool:
        # A browser sets <sup> to 0.83 of its line.
        return kind.size < 0.87 * self.size and kind.base > self.base + 0.12 * self.size


def _is_right_to_left(character: str) -> bool:
    return "\u0590" <= character <= "\u08ff" or character >= "\ufb1d"


def page_lines(page: Any, raw: Any) -> dict[str, Any]:
    """The width and height of a page, and its lines in the order of the file.

    Every call into pdfium costs more than what is done with its answer. So the type is asked for once a word, and where the height of the
    characters changes.
    """
    textpage = page.get_textpage()
    handle, box = textpage.raw, raw.FS_RECTF()
    sheet = Sheet(page, raw, handle, textpage.count_chars())
    lines: list[list[Any]] = []
    line = Line()
    kind: Type | None = None
    top = bottom = 0.0
    for at in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, at)
        if code in (0, 10, 13):
            continue
        character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        character = _HYPHENS.get(character, character)
        if character.isspace():
            kind = None
            if line.text:
                raw.FPDFText_GetLooseCharBox(handle, at, box)
                sheet.place(box)
                line.add(" ", (0.0, 0.0) if raw.FPDFText_IsGenerated(handle, at) == 1 else (box.left, box.right), None)
            continue
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        if sheet.turn:
            sheet.place(box)
        if kind is None or box.top != top or box.bottom != bottom:
            kind, top, bottom = Type(raw, handle, at, box, sheet), box.top, box.bottom
            if not line.takes(kind):
                lines += [done] if (done := line.as_list()) else []
                line = Line()
            line.grow(kind)
        line.add(character, (box.left, box.right), kind)
    lines += [done] if (done := line.as_list()) else []
    textpage.close()
    return {"width": round(sheet.width, 1), "height": round(sheet.height, 1), "lines": lines}


def read(path: str, most_pages: int, first: int, step: int) -> Iterator[dict[str, Any]]:
    """What `main` writes."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        yield {"error": "encrypted" if "password" in str(error).lower() else "damaged", "detail": str(error)}
        return
    if len(document) > most_pages:
        yield {"error": "pages", "detail": str(len(document))}
        return
    yield {"pages": len(document)}
    for number in range(first, len(document), step):
        page = document[number]
        yield {"number": number, **page_lines(page, raw), "drawn": raw.FPDFPage_CountObjects(page) > 0}
        page.close()


def main() -> None:
    """Read the file of the command line and write its lines."""
    path = sys.argv[1]
    pages, seconds, megabytes, first, step = map(int, sys.argv[2:7])
    limit(seconds, megabytes)
    for each in read(path, pages, first, step):
        print(json.dumps(each), flush=True)


if __name__ == "__main__":
    main()
