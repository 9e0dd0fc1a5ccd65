"""A report as the README's Markdown table."""

from __future__ import annotations

from evals.report import Report
from evals.tables import Table, tables

BEGIN, END = "<!-- eval:begin -->", "<!-- eval:end -->"


def markdown(report: Report) -> str:
    """The tables of a report between the marks that the README has; a test compares the two."""
    return "\n\n".join([BEGIN, *(_table(one) for one in tables(report)), END]) + "\n"


def between_marks(text: str) -> str:
    """What stands between the marks in a text, marks included, as `markdown` gives it.

    Raises:
        ValueError: A mark is missing.
    """
    return text[text.index(BEGIN) : text.index(END) + len(END)] + "\n"


def _table(table: Table) -> str:
    lines = [_line(table.header), _line(("---", *("--:" for _ in table.header[1:])))]
    return "\n".join([*lines, *(_line(row) for row in table.rows)])


def _line(cells: tuple[str, ...]) -> str:
    # Two leading spaces say that a row belongs to the one above; Markdown would drop them.
    return "| " + " | ".join("&ensp;" + cell.strip() if cell.startswith("  ") else cell for cell in cells) + " |"
