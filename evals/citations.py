"""Citations of answers: are they the right provisions, do they exist, are the quotes the text's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evals.outcome import Cited, Outcome
from ingest.provision import Provision


def precision(outcome: Outcome) -> float:
    """Share of the citations that a right answer may make, 0 to 1; of an answer alone.

    Source: Gao et al. 2023, Enabling large language models to generate text with citations (ALCE), 4.3; a person's judgement, in the
    set's `relevant` and `acceptable`, stands in for the entailment model there.
    """
    return sum(one.id in outcome.row.right for one in outcome.cited) / len(outcome.cited)


def recall(outcome: Outcome) -> float:
    """Share of the needed provisions that are cited, 0 to 1; 0 for a refusal. Source: as `precision`."""
    cited = {one.id for one in outcome.cited}
    return sum(one in cited for one in outcome.row.relevant) / len(outcome.row.relevant)


def f1(precisions: Sequence[float], recalls: Sequence[float]) -> float:
    """Harmonic mean of mean precision and mean recall, 0 to 1."""
    if not precisions or not recalls:
        return 0.0
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * p * r / (p + r) if p + r else 0.0


def all_found(outcome: Outcome) -> bool:
    """Whether every needed provision is cited."""
    return recall(outcome) == 1.0


def exists(cited: Cited, provisions: Mapping[str, Provision]) -> bool:
    """Whether the cited id is a provision's."""
    return cited.id in provisions


def verbatim(cited: Cited, provisions: Mapping[str, Provision]) -> bool:
    """Whether the quote stands, word for word, at its offsets in the stored provision. A digest must not be quoted at all."""
    provision = provisions.get(cited.id)
    if provision is None:
        return False
    if provision.tier != "authentic":
        return not cited.quote
    return bool(cited.quote) and provision.text[cited.start : cited.end] == cited.quote


def in_source(cited: Cited, provisions: Mapping[str, Provision], sources: Mapping[str, str]) -> bool:
    """Whether the quote stands in the text file too, where the provision's spans say.

    Between two spans the documented clean-up joined what the file broke apart: there, and only there, the quote may have white
    space of its own.

    Args:
        cited: A citation of an authentic text.
        provisions: By id.
        sources: Text taken out of the file, by instrument.
    """
    provision = provisions.get(cited.id)
    if provision is None or provision.instrument not in sources:
        return False
    source = sources[provision.instrument]
    placed = {
        place: span.source_start + place - span.start
        for span in provision.spans
        for place in range(max(cited.start, span.start), min(cited.end, span.end))
    }
    if not placed or len(cited.quote) != cited.end - cited.start:
        return False
    return all(
        source[placed[place]] == character if place in placed else character.isspace() for place, character in enumerate(cited.quote, cited.start)
    )


def cited_in(outcomes: Iterable[Outcome]) -> list[Cited]:
    """Every citation of every answer."""
    return [cited for outcome in outcomes for cited in outcome.cited]
