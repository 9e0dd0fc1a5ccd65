"""Runs trials on systems and turns what came out into results."""

from __future__ import annotations

from collections.abc import Sequence

from evals.intervals import compare
from evals.measures import Texts, by_kind, calibration, measures, right
from evals.outcome import System
from evals.report import Compared, Result
from evals.retrieval import retrieval
from evals.trial import Asked, Progress, Trial, ask_all


def run(systems: Sequence[System], trials: Sequence[Trial], texts: Texts, progress: Progress) -> tuple[list[Result], list[Asked]]:
    """Every system on every trial."""
    results, every = [], []
    for trial in trials:
        for system in systems:
            asked = ask_all(system, trial, progress)
            every.append(asked)
            results.append(result_of(asked, texts))
    return results, every


def result_of(asked: Asked, texts: Texts) -> Result:
    """The figures of a trial."""
    return Result(asked.trial.name, asked.system, len(asked.outcomes), measures(asked, texts), by_kind(asked), calibration(asked))


def compared(every: Sequence[Asked], first: str, second: str) -> list[Compared]:
    """Tests of whether two systems differ, on each set that both were asked."""
    by_set = {(one.trial.name, one.system): one for one in every}
    found = []
    for set_ in dict.fromkeys(one.trial.name for one in every):
        a, b = by_set.get((set_, first)), by_set.get((set_, second))
        if a is None or b is None:
            continue
        for measure, (values, others) in _paired(a, b).items():
            if values:
                found.append(Compared(set_, first, second, measure, compare(values, others)))
    return found


def _paired(a: Asked, b: Asked) -> dict[str, tuple[list[float], list[float]]]:
    ranked, others = retrieval(a.outcomes), retrieval(b.outcomes)
    found: dict[str, tuple[list[float], list[float]]] = {
        name: (ranked[name], others[name]) for name in ("recall@10", "mrr", "ndcg@10") if name in ranked
    }
    first_right = [[float(one.first_right) for one in asked.outcomes if one.row.answerable and not one.row.conversation] for asked in (a, b)]
    dealt_with = [[float(right(one)) for one in asked.outcomes] for asked in (a, b)]
    return {"first_citation": (first_right[0], first_right[1]), "dealt with rightly": (dealt_with[0], dealt_with[1]), **found}
