"""The gate: figures against thresholds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.measures import Measure

THRESHOLDS = Path(__file__).resolve().parent / "thresholds.toml"


class ThresholdsError(Exception):
    """The thresholds file is not in its documented form; the message names file, set and measure."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a measure of a set must reach; at least one of the two bounds is set."""

    set: str
    measure: str
    least: float | None = None
    most: float | None = None


def read_thresholds(path: Path = THRESHOLDS) -> tuple[Threshold, ...]:
    """Every threshold, in the file's order.

    Raises:
        ThresholdsError: The file is not TOML, or an entry is not `{ least = …, most = … }` with one of the two or both.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ThresholdsError(f"{path}: {error}") from error
    found = []
    for name, table in tables.items():
        for measure, bounds in table.items() if isinstance(table, dict) else [("", table)]:
            if not isinstance(bounds, dict) or not bounds or not bounds.keys() <= {"least", "most"}:
                raise ThresholdsError(f"{path}: [{name}] {measure}: is {bounds!r}; write {{ least = 0.9 }}, {{ most = 0.1 }} or both")
            if not all(isinstance(bound, int | float) for bound in bounds.values()):
                raise ThresholdsError(f"{path}: [{name}] {measure}: is {bounds!r}; bounds are numbers")
            found.append(Threshold(name, measure, bounds.get("least"), bounds.get("most")))
    return tuple(found)


def failures(figures: Mapping[str, Mapping[str, Measure]], thresholds: tuple[Threshold, ...]) -> list[str]:
    """One line for each threshold that is missed; thresholds of sets that were not run are passed over.

    Args:
        figures: By set, then by measure.
        thresholds: What to reach.
    """
    lines = []
    for one in thresholds:
        if one.set not in figures:
            continue
        measure = figures[one.set].get(one.measure)
        if measure is None:
            lines.append(f"{one.set}: {one.measure} was not measured")
        # Rounding in the table must not show a figure as reached that is not, nor a float's last digit fail one that is.
        elif one.least is not None and measure.value < one.least - 1e-9:
            lines.append(f"{one.set}: {one.measure} is {measure.value:.4f}, below {one.least:g}")
        elif one.most is not None and measure.value > one.most + 1e-9:
            lines.append(f"{one.set}: {one.measure} is {measure.value:.4f}, above {one.most:g}")
    return lines
