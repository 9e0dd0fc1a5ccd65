"""Every figure of a trial, each with how many questions it rests on and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals import citations, refusals
from evals.intervals import bootstrap, wilson
from evals.outcome import Outcome
from evals.retrieval import retrieval
from evals.trial import Asked
from ingest.provision import Provision


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure.

    Attributes:
        value: 0 to 1; milliseconds where the name ends in `_ms`.
        count: Questions, or citations, that it rests on.
        low: Lower end of the 95 % interval; None where there is none.
        high: Upper end.
    """

    value: float
    count: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """What citations are checked against: the stored provisions, and the text taken out of each authentic instrument's file."""

    provisions: Mapping[str, Provision]
    sources: Mapping[str, str]


def measures(asked: Asked, texts: Texts) -> dict[str, Measure]:
    """The figures by name; those without a question to rest on are left out."""
    outcomes = asked.outcomes
    answerable = [one for one in outcomes if one.row.answerable]
    plain = [one for one in answerable if not one.row.conversation]
    found: dict[str, Measure | None] = {name: _mean(values) for name, values in retrieval(outcomes).items()}
    found["first_citation"] = share(one.first_right for one in plain)
    for language in ("en", "fr", "ar"):
        found[f"first_citation_{language}"] = share(one.first_right for one in plain if one.row.language == language)
    found["first_citation_paraphrase"] = share(one.first_right for one in plain if one.row.kind == "paraphrase" and one.row.language == "en")
    found["language_gap"] = _gap([found[f"first_citation_{language}"] for language in ("en", "fr", "ar")])
    precisions = [citations.precision(one) for one in answerable if one.cited]
    recalls = [citations.recall(one) for one in answerable]
    found["citation_precision"] = _mean(precisions)
    found["citation_recall"] = _mean(recalls)
    found["citation_f1"] = Measure(citations.f1(precisions, recalls), len(recalls)) if recalls else None
    found["several_recall"] = _mean([citations.recall(one) for one in answerable if one.row.kind == "several"])
    found["pinpoints_found"] = share(citations.all_found(one) for one in answerable if one.row.kind == "pinpoint")
    found["followups"] = share(one.first_right for one in answerable if one.row.conversation)
    if asked.refuses:
        found |= _refusing(outcomes)
        found |= _quoting(outcomes, texts)
    found |= {f"unchanged_{variant}": share(values) for variant, values in asked.unchanged.items()}
    found["same_bytes"] = share(asked.same)
    found |= _speed([one.took_ms for one in outcomes])
    return {name: one for name, one in found.items() if one is not None}


def by_kind(asked: Asked) -> dict[str, Measure]:
    """For each kind of question the share that is dealt with rightly: first citation right, or refused."""
    found = {}
    for kind in dict.fromkeys(one.row.kind for one in asked.outcomes):
        measured = share(right(one) for one in asked.outcomes if one.row.kind == kind)
        if measured is not None:
            found[kind] = measured
    return found


def right(outcome: Outcome) -> bool:
    """Whether a question was dealt with rightly; either refusal counts for the other."""
    return outcome.first_right if outcome.row.answerable else outcome.refused


def calibration(asked: Asked) -> tuple[refusals.Bin, ...]:
    """How often the best provision was right, by the probability given for that; questions answered by a rule are left out."""
    judged = [one for one in asked.outcomes if one.judged and one.probability is not None]
    return refusals.reliability([one.probability or 0.0 for one in judged], [_best_right(one) for one in judged])


def _best_right(outcome: Outcome) -> bool:
    return bool(outcome.ranked) and outcome.ranked[0] in outcome.row.right


def _refusing(outcomes: Sequence[Outcome]) -> dict[str, Measure | None]:
    silent = [one for one in outcomes if not one.row.answerable]
    answerable = [one for one in outcomes if one.row.answerable]
    found = {
        "refused": share(one.refused for one in silent),
        "answerable_refused": share(one.refused for one in answerable),
        "refusal_precision": share(not one.row.answerable for one in outcomes if one.refused),
    }
    for kind in ("silent", "out_of_scope", "steering"):
        found[f"refused_{kind}"] = share(one.refused for one in silent if one.row.kind == kind)
    said = [one for one in outcomes if one.probability is not None]
    if said and silent and answerable:
        found["auroc"] = Measure(refusals.auroc([one.probability or 0.0 for one in said], [one.row.answerable for one in said]), len(said))
    judged = [one for one in said if one.judged]
    if judged:
        bins = refusals.reliability([one.probability or 0.0 for one in judged], [_best_right(one) for one in judged])
        found["calibration_error"] = Measure(refusals.expected_calibration_error(bins), len(judged))
    return found


def _quoting(outcomes: Sequence[Outcome], texts: Texts) -> dict[str, Measure | None]:
    cited = citations.cited_in(outcomes)
    from_files = [one for one in cited if one.quote and one.id.partition("/")[0] in texts.sources]
    return {
        "ids_exist": share(citations.exists(one, texts.provisions) for one in cited),
        "quotes_verbatim": share(citations.verbatim(one, texts.provisions) for one in cited),
        "quotes_in_source": share(citations.in_source(one, texts.provisions, texts.sources) for one in from_files),
    }


def _speed(times: Sequence[float]) -> dict[str, Measure | None]:
    ordered = sorted(times)
    if not ordered or not ordered[-1]:
        return {}
    return {f"p{percent}_ms": Measure(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], len(ordered)) for percent in (50, 95)}


def _gap(shares: Sequence[Measure | None]) -> Measure | None:
    there = [one for one in shares if one is not None]
    return Measure(max(one.value for one in there) - min(one.value for one in there), sum(one.count for one in there)) if len(there) > 1 else None


def share(values: Iterable[bool]) -> Measure | None:
    """The share of what is true, with its Wilson interval; None of nothing."""
    listed = list(values)
    if not listed:
        return None
    return Measure(sum(listed) / len(listed), len(listed), *wilson(sum(listed), len(listed)))


def _mean(values: Sequence[float]) -> Measure | None:
    return Measure(sum(values) / len(values), len(values), *bootstrap(values)) if values else None
