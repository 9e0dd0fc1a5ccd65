"""Silence near the text: each question once more with every provision that answers it taken out of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evals.measures import share
from evals.ours import Ours
from evals.report import Result
from evals.sets import Row
from evals.trial import Progress, Trial
from evals.view import View
from ingest.index import Index
from service.answer import Refusal

KINDS = ("fact", "topic", "paraphrase")
"""Kinds of questions that are asked: one about a number that is gone is refused by rule, and says nothing."""


def refused_when_taken_away(index: Index, trial: Trial, progress: Progress) -> list[bool]:
    """Whether each question is refused when what answers it is gone, in the order of the provisions taken away."""
    groups: dict[frozenset[str], list[Row]] = {}
    for row in trial.rows:
        if row.answerable and row.kind in KINDS and not row.conversation:
            groups.setdefault(row.right, []).append(row)
    step = f"{trial.name}: taken away"
    found: list[bool] = []
    for done, (right, rows) in enumerate(sorted(groups.items(), key=lambda one: sorted(one[0]))):
        progress(step, done, len(groups))
        found.extend(_refused(View(index, instruments=trial.scope, without=right), rows, trial.scope))
    progress(step, len(groups), len(groups))
    return found


def with_taken_away(result: Result, index: Index, trials: Sequence[Trial], progress: Progress) -> Result:
    """Our result on a trial with `refused_taken_away` added; any other as it is."""
    trial = next(one for one in trials if one.name == result.set)
    if result.system != "ours" or not trial.scope:
        return result
    measured = share(refused_when_taken_away(index, trial, progress))
    return replace(result, measures={**result.measures, **({"refused_taken_away": measured} if measured else {})})


def _refused(view: View, rows: Sequence[Row], scope: tuple[str, ...]) -> list[bool]:
    system = Ours(view)
    return [isinstance(system.answer(row, scope, replay=True), Refusal) for row in rows]
