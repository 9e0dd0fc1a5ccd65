"""Takes the lines out of a PDF. Run as a program of its own, because a PDF may crash, hang or fill the memory of what reads it.

    python pdf_worker.py FILE PAGES SECONDS MEGABYTES FIRST STEP

Writes a JSON object a line: {"error": kind, "detail": text}; or {"pages": how many} and then each page from FIRST (counted from 0) on,
by steps of STEP: {"number", "width", "height", "lines": [line …]}, a line being [text, left, right, baseline, size, bold,
[[start, end] of raised characters …], [[left, right] of each character …], the last only where it has right-to-left letters or no letters]
in points, the origin at the bottom left. Bold is 2 where the fonts are called so, 1 where they are only heavy, else 0.
It imports nothing of this project.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}
"""How pdfium writes a hyphen at a line end."""
_BOLD_FROM = 600


def limit(seconds: int, megabytes: int) -> None:
    """Bounds this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


class Type:
    """How a run of characters is set: font size, height of the baseline, bold or not."""

    def __init__(self, raw: Any, handle: Any, at: int, box: Any) -> None:
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        size = raw.FPDFText_GetFontSize(handle, at)
        if raw.FPDFText_GetMatrix(handle, at, matrix):
            size *= (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        height = abs(box.top - box.bottom)
        self.size: float = size if 0.6 * size <= height <= 2.2 * size else height
        self.base: float = y.value
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
        return [stripped, round(left, 1), round(right, 1), round(self.base, 1), round(self.size, 1), bold, self._raised(first, len(stripped)), placed]

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


def page_lines(page: Any, raw: Any) -> list[list[Any]]:
    """The lines of a page in the order of the file.

    Every call into pdfium costs more than what is done with its answer. So the type is asked for once a word, and where the height of the
    characters changes.
    """
    textpage = page.get_textpage()
    handle, box = textpage.raw, raw.FS_RECTF()
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
                line.add(" ", (0.0, 0.0) if raw.FPDFText_IsGenerated(handle, at) == 1 else (box.left, box.right), None)
            continue
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        if kind is None or box.top != top or box.bottom != bottom:
            kind, top, bottom = Type(raw, handle, at, box), box.top, box.bottom
            if not line.takes(kind):
                lines += [done] if (done := line.as_list()) else []
                line = Line()
            line.grow(kind)
        line.add(character, (box.left, box.right), kind)
    lines += [done] if (done := line.as_list()) else []
    textpage.close()
    return lines


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
        width, height = page.get_size()
        yield {"number": number, "width": round(width, 1), "height": round(height, 1), "lines": page_lines(page, raw)}
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
