"""Tables that hold data, told from those that only arrange a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_CELL, _USUAL_CELL = 400, 120
"""Characters of a cell of a table of data, at most and on average."""
_ARRANGED_CELLS = 2
"""Cells of a row that arranges the page: the number, and the text."""
_SAME_NUMBER = re.compile(r"(?:article|artikel|المادة|مادة|مادّة)\s*(\w+)", re.IGNORECASE)
_LEAST_SAME = 2
_MARK_ALONE = re.compile(r"\(?(?:[0-9٠-٩]{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]?|[-–—•▪◦●·]")
"""A number or bullet alone in its cell: the table puts it before the text that stands in the next one, as those of EUR-Lex do."""


def data_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Each row in one line, its cells parted by " | "; nothing for a table that only arranges the page.

    What a row of data begins with is no number of the text, though it may look like one: "Article 7 | Article 9".
    """
    filled = [[cell for cell in row if cell] for row in rows]
    wide = [row for row in filled if len(row) > 1]
    cells = [cell for row in wide for cell in row]
    arranged = sum(len(row) <= _ARRANGED_CELLS and bool(_MARK_ALONE.fullmatch(row[0])) for row in wide) > len(wide) / 2
    if len(wide) < 2 or arranged or max(map(len, cells)) > _LONGEST_CELL or sum(map(len, cells)) > _USUAL_CELL * len(cells):
        return []
    return [" | ".join(row) for row in filled if row]


def is_parallel(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the columns are one text in two languages, article beside article: they are read one after the other."""
    numbers = [[match[1] for cell in row if (match := _SAME_NUMBER.match(cell))] for row in rows]
    same = sum(len(each) > 1 and len(set(each)) == 1 for each in numbers)
    return same >= _LEAST_SAME and len({len(row) for row in rows}) == 1
