"""Hand-made outcomes."""

from __future__ import annotations

from evals.outcome import Cited, Outcome
from evals.sets import Row


def a_row(id: str = "q", kind: str = "topic", language: str = "en", **changes: object) -> Row:
    facts: dict[str, object] = {"relevant": ("d/para-1",), "expect": "answered"}
    return Row(id, "What about it?", language, kind, **(facts | changes))  # type: ignore[arg-type]


def a_refusal_row(id: str = "r", kind: str = "silent") -> Row:
    return Row(id, "What about tea?", "en", kind, "not_addressed")


def answered(row: Row, *cited: str, ranked: tuple[str, ...] = (), probability: float | None = 0.9, took_ms: float = 5.0) -> Outcome:
    return Outcome(row, "answered", ranked or cited, tuple(Cited(one) for one in cited), probability, True, took_ms, f"body {cited}")


def refused(row: Row, ranked: tuple[str, ...] = (), probability: float | None = 0.1) -> Outcome:
    return Outcome(row, "not_addressed", ranked, (), probability, True, 5.0, "silent")
