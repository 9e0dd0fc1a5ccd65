"""Tables that hold data, told from those that only arrange a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_CELL, _USUAL_CELL = 400, 120
"""Characters of a cell of a table of data, at most and on average."""
_MARK_ALONE = re.compile(r"\(?(?:[0-9٠-٩]{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]?|[-–—•▪◦●·]")
"""A number or bullet alone in its cell: the table puts it before the text that stands in the next one, as those of EUR-Lex do."""


def data_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Each row in one line, its cells parted by " | "; nothing for a table that only arranges the page.

    What a row of data begins with is no number of the text, though it may look like one: "Article 7 | Article 9".
    """
    filled = [[cell for cell in row if cell] for row in rows]
    wide = [row for row in filled if len(row) > 1]
    cells = [cell for row in wide for cell in row]
    arranged = sum(bool(_MARK_ALONE.fullmatch(row[0])) for row in wide) > len(wide) / 2
    if len(wide) < 2 or arranged or max(map(len, cells)) > _LONGEST_CELL or sum(map(len, cells)) > _USUAL_CELL * len(cells):
        return []
    return [" | ".join(row) for row in filled if row]
