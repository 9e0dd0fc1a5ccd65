"""The coverage report."""

from __future__ import annotations

from ingest.coverage import LONG, Lost, measure
from ingest.provision import Provision, Span


def provision(label: str, text: str, start: int, **values: object) -> Provision:
    return Provision("sample", label, text, spans=(Span(0, len(text), start, start + len(text)),), **values)  # type: ignore[arg-type]


def test_each_character_counts_once_and_what_is_lost_is_named() -> None:
    source = "Title\n1. One two.\n1 note\nlost words\n7"
    coverage = measure(
        source,
        [provision("para-1", "One two.", 9), provision("para-1.fn-1", "note", 20, kind="note", parent="para-1")],
        numbers=[(6, 8)],
        headings=[(0, 5)],
        furniture=[(18, 19), (len(source) - 1, len(source)), (9, 12)],
        warnings=["gap"],
    )
    assert (coverage.provisions, coverage.notes, coverage.numbers, coverage.headings, coverage.furniture) == (7, 4, 2, 5, 2)
    assert coverage.lost == (Lost(25, 35, "lost words"),)
    assert (coverage.unassigned, coverage.total) == (9, 29)
    assert coverage.share == 1 - 9 / 29
    assert coverage.warnings == ("gap",)


def test_very_long_provision_is_reported_unless_it_only_holds_others() -> None:
    text = "a" * (LONG + 1)
    long, holder = provision("art-2", text, 0), provision("art-1", text, 0)
    child = provision("art-1.1", "a", 0, parent="art-1")
    coverage = measure(text, [holder, child, long], numbers=[], headings=[], furniture=[])
    assert coverage.warnings == (f"very long: art-2 has {LONG + 1:,} characters",)


def test_nothing_is_wholly_covered() -> None:
    assert measure("", [], numbers=[], headings=[], furniture=[]).share == 1.0
