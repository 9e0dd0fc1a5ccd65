"""What each part is worth: the same system with one part switched off, on the development questions.

The weights stay those of the whole: the table shows what the answers lean on, not how well one could do without a part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from evals.measures import Texts
from evals.ours import Ours
from evals.report import Result
from evals.run import result_of
from evals.trial import Progress, Trial, ask_all
from evals.view import View
from ingest.index import Index

PARTS: dict[str, Callable[[Index], Index]] = {
    "nothing": View,
    "the concepts": lambda whole: View(whole, concepts=False),
    "editors' questions": lambda whole: View(whole, kinds=("text", "silent", "elsewhere")),
    "words (BM25)": lambda whole: View(whole, mute=("text", "pairs", "questions", "surroundings")),
    "meaning (vectors)": lambda whole: View(whole, dense=False),
    "what is not answered": lambda whole: View(whole, kinds=("text", "question")),
}
HISTORY = "the conversation"
MEASURES = (
    "first_citation",
    "first_citation_en",
    "first_citation_fr",
    "first_citation_ar",
    "first_citation_paraphrase",
    "followups",
    "citation_f1",
    "refused",
    "answerable_refused",
    "auroc",
    "recall@10",
    "mrr",
    "ndcg@10",
)


def ablate(index: Index, trial: Trial, texts: Texts, progress: Progress) -> list[Result]:
    """The main figures without each part, `Result.system` naming what was left out."""
    loose = replace(trial, closely=False)
    found = [_result(Ours(view(index), f"without {part}"), loose, texts, progress) for part, view in PARTS.items()]
    alone = replace(loose, rows=tuple(replace(row, conversation=()) for row in loose.rows))
    # The rows keep their kind, so that follow-ups can still be told from the others.
    asked = ask_all(Ours(index, f"without {HISTORY}"), alone, progress)
    restored = replace(asked, outcomes=tuple(replace(one, row=row) for one, row in zip(asked.outcomes, loose.rows, strict=True)))
    return [*found, _only(result_of(restored, texts))]


def first_development(trials: Sequence[Trial]) -> Trial | None:
    """The first trial of a set that may be learnt from; None when there is none."""
    return next((one for one in trials if not one.held_out and one.closely), None)


def _result(system: Ours, trial: Trial, texts: Texts, progress: Progress) -> Result:
    return _only(result_of(ask_all(system, trial, progress), texts))


def _only(result: Result) -> Result:
    return replace(result, measures={name: result.measures[name] for name in MEASURES if name in result.measures}, kinds={}, calibration=())
