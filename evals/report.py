"""What a run found, as data: reports/eval.json, and evals/latest.json when it is put on record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evals.intervals import Comparison
from evals.measures import Measure
from evals.refusals import Bin

LATEST = Path(__file__).resolve().parent / "latest.json"


@dataclass(frozen=True, slots=True)
class Result:
    """One system on one set.

    Attributes:
        set: Name of the trial.
        system: Name of the system.
        questions: How many.
        measures: By name.
        kinds: Share dealt with rightly, by kind of question.
        calibration: Reliability of the probabilities; empty from a system that gives none.
    """

    set: str
    system: str
    questions: int
    measures: Mapping[str, Measure]
    kinds: Mapping[str, Measure] = field(default_factory=dict)
    calibration: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of two systems on one set."""

    set: str
    first: str
    second: str
    measure: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Report:
    """A run.

    Attributes:
        index: Version of the index.
        model: Name of the embedding model.
        results: In the order they were run.
        ablation: The same system with one part switched off each, `Result.system` naming the part.
        compared: Tests between two systems.
        cold_start: Seconds by what was started, and `ratio`.
        failures: Thresholds missed, one line each.
    """

    index: str
    model: str
    results: tuple[Result, ...]
    ablation: tuple[Result, ...] = ()
    compared: tuple[Compared, ...] = ()
    cold_start: Mapping[str, float] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


def figures(results: Sequence[Result], system: str = "ours") -> dict[str, Mapping[str, Measure]]:
    """A system's measures by set."""
    return {one.set: one.measures for one in results if one.system == system}


def to_json(report: Report) -> str:
    """The report as JSON, numbers rounded to what they mean."""
    return json.dumps(_rounded(asdict(report)), indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Report:
    """Reads what `to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: It is something else.
    """
    data = json.loads(text)
    return Report(
        index=data["index"],
        model=data["model"],
        results=tuple(_result(one) for one in data["results"]),
        ablation=tuple(_result(one) for one in data["ablation"]),
        compared=tuple(Compared(**{**one, "comparison": Comparison(**one["comparison"])}) for one in data["compared"]),
        cold_start=data["cold_start"],
        failures=tuple(data["failures"]),
    )


def _result(entry: dict[str, Any]) -> Result:
    measured = {name: {key: Measure(**value) for key, value in entry[name].items()} for name in ("measures", "kinds")}
    return Result(entry["set"], entry["system"], entry["questions"], **measured, calibration=tuple(Bin(**one) for one in entry["calibration"]))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value
