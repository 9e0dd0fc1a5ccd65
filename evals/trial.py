"""A trial: one set, asked of one system within one scope."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.ours import Ours, body, cited
from evals.outcome import Cited, Outcome, System
from evals.sets import Row, find_set, load_set, sample
from evals.variants import VARIANTS, Variant, vary

Progress = Callable[[str, int, int], None]
DECLARATION = "cairo-declaration-2025"
AGAIN = 60
"""Questions of a set that are asked a second time, to see whether the bytes are the same."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions and where to look for answers.

    Attributes:
        name: Of the set, with "-all" added when every instrument is searched.
        rows: The questions.
        scope: Ids of the instruments to search in; empty for all.
        closely: Whether to ask again in other forms, and a second time, too.
    """

    name: str
    rows: tuple[Row, ...]
    scope: tuple[str, ...] = ()
    closely: bool = True

    @property
    def held_out(self) -> bool:
        """Whether single questions must not be looked at: the name says `test` or `held-back`."""
        return not {"test", "held", "heldout"}.isdisjoint(self.name.split("-"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A trial's outcomes.

    Attributes:
        trial: What was asked.
        system: Name of the system.
        refuses: See `System.refuses`.
        outcomes: One a row, in order.
        unchanged: For each way of putting a question less carefully, whether each question tried kept its first citation.
        same: For each question asked twice, whether both answers had the same bytes.
    """

    trial: Trial
    system: str
    refuses: bool
    outcomes: tuple[Outcome, ...]
    unchanged: dict[Variant, tuple[bool, ...]]
    same: tuple[bool, ...] = ()


def trial_of(name: str, limit: int | None = None) -> Trial:
    """The trial of a set: within the declaration for this folder's sets on it, in every instrument for others.

    Raises:
        SetError: There is no such set, or it is not in its documented form.
    """
    path = find_set(name)
    scope = (DECLARATION,) if path.stem.startswith("declaration-") else ()
    return Trial(path.stem, tuple(sample(load_set(path), limit)), scope)


def everywhere(trial: Trial) -> Trial:
    """The same questions over every instrument.

    What the declaration does not say another instrument may: its `silent` questions are left out.
    """
    return Trial(f"{trial.name}-all", tuple(row for row in trial.rows if row.kind != "silent"), (), closely=False)


def ask_all(system: System, trial: Trial, progress: Progress) -> Asked:
    """Asks every question of a trial."""
    step = f"{trial.name}: {system.name}"
    outcomes = []
    if isinstance(system, Ours):
        system.warm()
    for done, row in enumerate(trial.rows):
        progress(step, done, len(trial.rows))
        # Where nothing is looked at closely no time is taken either, and vectors that another trial computed will do.
        outcomes.append(system.ask(row, trial.scope, replay=not trial.closely) if isinstance(system, Ours) else system.ask(row, trial.scope))
    progress(step, len(trial.rows), len(trial.rows))
    if not (trial.closely and isinstance(system, Ours)):
        return Asked(trial, system.name, system.refuses, tuple(outcomes), {})
    unchanged = {variant: _unchanged(system, trial, outcomes, variant, progress) for variant in VARIANTS}
    return Asked(trial, system.name, system.refuses, tuple(outcomes), unchanged, _same(system, trial, outcomes, progress))


def _unchanged(system: Ours, trial: Trial, outcomes: Sequence[Outcome], variant: Variant, progress: Progress) -> tuple[bool, ...]:
    """Whether each answerable English question, put otherwise, has the first citation that it had."""
    step = f"{trial.name}: {variant}"
    tried = [one for one in outcomes if one.row.answerable and one.row.language == "en" and not one.row.conversation]
    found = []
    for done, outcome in enumerate(tried):
        progress(step, done, len(tried))
        found.append(_first(cited(system.answer(vary(outcome.row, variant), trial.scope))) == _first(outcome.cited))
    progress(step, len(tried), len(tried))
    return tuple(found)


def _first(citations: Sequence[Cited]) -> str:
    return citations[0].id if citations else ""


def _same(system: Ours, trial: Trial, outcomes: Sequence[Outcome], progress: Progress) -> tuple[bool, ...]:
    """Whether a question asked again, everything computed again, gets the same bytes."""
    step = f"{trial.name}: again"
    chosen = {row.id for row in sample(trial.rows, AGAIN)}
    tried = [one for one in outcomes if one.row.id in chosen]
    found = []
    for done, outcome in enumerate(tried):
        progress(step, done, len(tried))
        found.append(body(system.answer(outcome.row, trial.scope)) == outcome.body)
    progress(step, len(tried), len(tried))
    return tuple(found)
