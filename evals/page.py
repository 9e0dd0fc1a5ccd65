"""A report as one HTML file that needs nothing else: tables and plots, plotly's code inside."""

from __future__ import annotations

from html import escape

from evals.plots import plots
from evals.report import Report
from evals.tables import Table, tables

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #8884; text-align: right }
th:first-child, td:first-child { text-align: left; white-space: pre }
.wide { overflow-x: auto }
.missed { color: #c00; font-weight: 600 }
figure { margin: 2rem 0 }
.plot { background: #fff }
"""


def page(report: Report) -> str:
    """The whole document; it loads nothing from anywhere."""
    figures = plots(report)
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Evaluation</title><style>{_STYLE}</style></head><body>",
        "<h1>Evaluation</h1>",
        f"<p>Index {escape(report.index)}, embedding model {escape(report.model)}. In brackets: 95 % intervals.</p>",
        *_missed(report),
        *(_table(one) for one in tables(report)),
        *(f'<figure><figcaption>{escape(title)}</figcaption><div class="plot">{code}</div></figure>' for title, code in figures),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _missed(report: Report) -> list[str]:
    if not report.failures:
        return []
    items = "".join(f"<li>{escape(line)}</li>" for line in report.failures)
    return [f'<h2 class="missed">Below the thresholds</h2><ul class="missed">{items}</ul>']


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>" for row in table.rows
    )
    return f'<div class="wide"><table><caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
