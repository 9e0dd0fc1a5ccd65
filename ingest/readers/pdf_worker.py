"""Takes the lines out of a PDF. Run as a program of its own, because a PDF may crash, hang or fill the memory of what reads it.

    python pdf_worker.py FILE PAGES SECONDS MEGABYTES

Writes one JSON object: {"error": kind, "detail": text}, or {"pages": [{"width", "height", "lines": [line …]}]}, a line being
[text, left, right, baseline, size, bold, [[start, end] of raised characters …],
[[left, right] of each character …], the last only where it has right-to-left letters] in points, the origin at the bottom left.
It imports nothing of this project.
"""

from __future__ import annotations

import ctypes
import json
import sys
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


class Line:
    """Characters on one baseline, in the order in which they are read."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.sizes: list[float] = []
        self.bases: list[float] = []
        self.boxes: list[tuple[float, float]] = []
        self.left = 1e9
        self.right = -1e9
        self.base = 0.0
        self.size = 0.0
        self.bold = 0

    def takes(self, base: float, size: float) -> bool:
        """Whether a character on that baseline stands in this line, raised or lowered at most."""
        return not self.text or abs(base - self.base) <= 0.5 * max(size, self.size)

    def add(self, character: str, box: tuple[float, float], base: float, size: float, bold: bool) -> None:
        """Take in one more character; `box` is its left and right."""
        if size > self.size * 1.05:
            self.base, self.size = base, size
        self.text.append(character)
        self.sizes.append(size)
        self.bases.append(base)
        self.boxes.append((round(box[0], 1), round(box[1], 1)))
        if not character.isspace():
            self.left, self.right = min(self.left, box[0]), max(self.right, box[1])
            self.bold += bold

    def as_list(self) -> list[Any] | None:
        """The line as it is written out, None where it is blank."""
        text = "".join(self.text)
        stripped = text.strip()
        if not stripped:
            return None
        first = len(text) - len(text.lstrip())
        raised: list[list[int]] = []
        for at in range(first, first + len(stripped)):
            if self.sizes[at] < 0.82 * self.size and self.bases[at] > self.base + 0.12 * self.size and not text[at].isspace():
                if raised and raised[-1][1] == at - first:
                    raised[-1][1] += 1
                else:
                    raised.append([at - first, at - first + 1])
        bold = self.bold > 0.8 * sum(not character.isspace() for character in stripped)
        boxes = self.boxes[first : first + len(stripped)] if any("\u0590" <= each <= "\u08ff" or each >= "\ufb1d" for each in stripped) else []
        return [stripped, round(self.left, 1), round(self.right, 1), round(self.base, 1), round(self.size, 1), bold, raised, boxes]


def page_lines(page: Any, raw: Any) -> list[list[Any]]:
    """The lines of a page in the order of the file."""
    textpage = page.get_textpage()
    handle = textpage.raw
    count = textpage.count_chars()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    matrix = raw.FS_MATRIX()
    lines: list[list[Any]] = []
    line = Line()
    for at in range(count):
        code = raw.FPDFText_GetUnicode(handle, at)
        if code in (0, 10, 13):
            continue
        character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        character = _HYPHENS.get(character, character)
        generated = raw.FPDFText_IsGenerated(handle, at) == 1
        if generated or character.isspace():
            if line.text:
                raw.FPDFText_GetLooseCharBox(handle, at, box)
                line.add(" ", (0.0, 0.0) if generated else (box.left, box.right), line.base, line.size, False)
            continue
        size = raw.FPDFText_GetFontSize(handle, at)
        if raw.FPDFText_GetMatrix(handle, at, matrix):
            size *= (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        height = abs(box.top - box.bottom)
        size, base = (size if 0.6 * size <= height <= 2.2 * size else height), y.value
        bold = raw.FPDFText_GetFontWeight(handle, at) >= _BOLD_FROM
        if not line.takes(base, size):
            lines += [done] if (done := line.as_list()) else []
            line = Line()
        line.add(character, (box.left, box.right), base, size, bold)
    lines += [done] if (done := line.as_list()) else []
    textpage.close()
    return lines


def read(path: str, most_pages: int) -> dict[str, Any]:
    """What `main` writes."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        return {"error": "encrypted" if "password" in str(error).lower() else "damaged", "detail": str(error)}
    if len(document) > most_pages:
        return {"error": "pages", "detail": str(len(document))}
    pages = []
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        pages.append({"width": round(width, 1), "height": round(height, 1), "lines": page_lines(page, raw)})
        page.close()
    return {"pages": pages}


def main() -> None:
    """Read the file of the command line and write its lines."""
    path, pages, seconds, megabytes = sys.argv[1], *map(int, sys.argv[2:5])
    limit(seconds, megabytes)
    json.dump(read(path, pages), sys.stdout)


if __name__ == "__main__":
    main()
