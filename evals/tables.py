"""A report as tables: rows of text, shown by rich on a terminal and as plain columns elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.measures import Measure
from evals.report import Report, Result

LABELS = {
    "first_citation": "first citation right",
    "first_citation_en": "  English",
    "first_citation_fr": "  French",
    "first_citation_ar": "  Arabic",
    "first_citation_paraphrase": "  English paraphrase",
    "language_gap": "  gap between languages",
    "followups": "follow-ups right",
    "several_recall": "needed provisions cited (several)",
    "pinpoints_found": "pinpoints: all provisions cited",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "citation_f1": "citation F1",
    "refused": "unanswerable refused",
    "refused_silent": "  silent",
    "refused_out_of_scope": "  out of scope",
    "refused_steering": "  steering",
    "refused_taken_away": "  answerable, its provision taken away",
    "answerable_refused": "answerable refused",
    "refusal_precision": "refusal precision",
    "auroc": "AUROC, answerable or not",
    "calibration_error": "calibration error (ECE)",
    "ids_exist": "cited ids exist",
    "quotes_verbatim": "quotes word for word",
    "quotes_in_source": "quotes in the source file",
    "unchanged_upper": "same citation, upper case",
    "unchanged_unpunctuated": "same citation, no punctuation",
    "unchanged_slip": "same citation, one slip",
    "same_bytes": "same bytes when asked again",
    "recall@1": "recall@1",
    "recall@3": "recall@3",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "map@10": "MAP@10",
    "p50_ms": "latency p50, ms",
    "p95_ms": "latency p95, ms",
}
"""What the measures are called in tables, in the order that they are shown in."""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a header, and rows of the header's length; the first column is text, the others are figures."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(report: Report) -> list[Table]:
    """The tables of a report: one a system, or one a set where there are several, then comparisons, ablation and cold start where there are any."""
    systems, sets = _unique(one.system for one in report.results), _unique(one.set for one in report.results)
    if len(systems) > 1:
        found = [_by_system([one for one in report.results if one.set == name], name) for name in sets]
    else:
        found = [_by_set([one for one in report.results if one.system == name], name) for name in systems]
    if report.ablation:
        found.append(_by_system(report.ablation, f"one part switched off, {report.ablation[0].set}"))
    if report.compared:
        found.append(_compared(report))
    if report.cold_start:
        found.append(Table("cold start", ("", "seconds"), tuple((name, f"{value:.2f}") for name, value in report.cold_start.items())))
    return found


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def shown(name: str, measure: Measure | None, *, interval: bool = True) -> str:
    """A figure as text: two decimals and its interval, milliseconds whole; three decimals where rounding would make it look perfect."""
    if measure is None:
        return "-"
    if name.endswith("_ms"):
        return f"{measure.value:.0f}"
    exact = f"{measure.value:.2f}"
    text = f"{measure.value:.3f}" if exact in {"1.00", "0.00"} and measure.value not in {0.0, 1.0} else exact
    return f"{text} ({measure.low:.2f}-{measure.high:.2f})" if interval and measure.low is not None and measure.high is not None else text


def _by_set(results: Sequence[Result], system: str) -> Table:
    names = [name for name in LABELS if any(name in one.measures for one in results)]
    header = (system, *(f"{one.set} ({one.questions})" for one in results))
    return Table(system, header, tuple((LABELS[name], *(shown(name, one.measures.get(name)) for one in results)) for name in names))


def _by_system(results: Sequence[Result], title: str) -> Table:
    names = [name for name in LABELS if any(name in one.measures for one in results)]
    header = (title, *(one.system for one in results))
    return Table(title, header, tuple((LABELS[name], *(shown(name, one.measures.get(name), interval=False) for one in results)) for name in names))


def _compared(report: Report) -> Table:
    rows = []
    for one in report.compared:
        test = one.comparison
        label = LABELS.get(one.measure, one.measure).strip()
        rows.append((f"{one.set}: {label}", f"{test.difference:+.3f}", f"{test.low:+.3f} to {test.high:+.3f}", f"{test.p:.4f}", test.test))
    first = report.compared[0]
    return Table(f"{first.second} less {first.first}", (f"{first.second} less {first.first}", "difference", "95 %", "p", "test"), tuple(rows))


def show(given: Sequence[Table]) -> None:
    """Prints tables: by rich on a terminal, as plain columns elsewhere."""
    for one in given:
        if sys.stdout.isatty():
            from rich.console import Console
            from rich.table import Table as RichTable

            table = RichTable(*one.header)
            for column in table.columns[1:]:
                column.justify = "right"
            for row in one.rows:
                table.add_row(*row)
            Console().print(table)
        else:
            print(plain(one), end="\n\n")


def plain(table: Table) -> str:
    """A table as plain text, columns aligned."""
    every = (table.header, *table.rows)
    widths = [max(len(row[column]) for row in every) for column in range(len(table.header))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]).rstrip() for row in every
    )
