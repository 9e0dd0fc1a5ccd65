"""What the commands for texts show: what was found in a file, and tables."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.candidate import Candidate
from ingest.coverage import Coverage
from ingest.provision import Provision


def show_candidate(candidate: Candidate) -> None:
    """What a file was taken for and what was found in it, as a table."""
    instrument, coverage = candidate.instrument, candidate.reading.coverage
    provisions = [one for one in candidate.reading.provisions if one.kind == "provision"]
    rows = [
        ("id", _said(instrument.id, candidate, "id")),
        ("title", _said(instrument.title.get(candidate.language) or instrument.title["en"], candidate, "title")),
        ("language", _said(candidate.language, candidate, "language")),
        ("numbering", _said(_numbering(candidate.reading.numbering), candidate, "numbering")),
        *((f"{name}", str(count)) for name, count in kinds(candidate.reading.provisions).items()),
        ("first", _glimpse(provisions[0]) if provisions else ""),
        ("last", _glimpse(provisions[-1]) if provisions else ""),
        ("coverage", f"{coverage.share:.2%} of {coverage.total:,} characters: {_where(coverage)}"),
        *(("warning", warning) for warning in candidate.warnings),
    ]
    show_table(("what", "found"), rows)


def kinds(provisions: Sequence[Provision]) -> dict[str, int]:
    """How many labels there are of each kind, the top ones apart from what stands inside: {"art": 46, "art inside": 97, "notes": 2}."""
    counts: Counter[str] = Counter()
    for one in provisions:
        counts["notes" if one.kind == "note" else one.label.partition("-")[0] + (" inside" if one.parent else "")] += 1
    return dict(counts)


def _said(value: str, candidate: Candidate, what: str) -> str:
    return f"{value} (guessed)" if what in candidate.guessed else value


def _numbering(numbering: Mapping[str, object]) -> str:
    if numbering.get("unnumbered"):
        return "none; paragraphs are counted as they come"
    units = numbering.get("units")
    said = ", ".join(str(unit) for unit in units) if isinstance(units, list) else str(units or "")
    return said + "".join(f"; {key}: {value}" for key, value in numbering.items() if key != "units")


def _glimpse(provision: Provision) -> str:
    words = " ".join(provision.text.split())
    return f"{provision.label}: {words[:70]}{'…' if len(words) > 70 else ''}"


def _where(coverage: Coverage) -> str:
    places = {
        "provisions": coverage.provisions,
        "notes": coverage.notes,
        "numbers": coverage.numbers,
        "headings": coverage.headings,
        "dropped": coverage.furniture,
        "nowhere": coverage.unassigned,
    }
    return ", ".join(f"{name} {count:,}" for name, count in places.items() if count)


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; elsewhere a line a row, with tabs, for other programs."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row), style="yellow" if row[0] == "warning" else None)
    Console(highlight=False).print(table)
