"""Whether the texts answer a question at all: what speaks for the best provision, and what of the question it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.index import Index
from ingest.passages import Kind
from ingest.provision import Provision
from retriever.features import FEATURES, asked_as, overlaps, passage_stems
from retriever.names import codes, find_countries
from retriever.question import ParsedQuestion

_NUMBER_WORDS = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|million|billion|per ?cent|%)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|years?|months?|days?|regular|periodic)\b")


def evidence(
    question: ParsedQuestion, index: Index, table: NDArray[np.float32], utility: NDArray[np.float64], order: Sequence[int]
) -> dict[str, float]:
    """What tells whether the best provision answers the question, as numbers of about 0 to 1.

    Args:
        question: The question.
        index: What was searched.
        table: Features, one row a provision.
        utility: One a provision.
        order: Rows, best first; at least one.
    """
    top = order[0]
    provision = index.provisions[index.searched[top]]
    found = {name: float(table[top, column]) for column, name in enumerate(FEATURES)}
    found["utility"] = float(utility[top]) / 10
    found["margin"] = min(1.0, float(utility[top] - utility[order[1]]) / 5) if len(order) > 1 else 1.0
    covered, known = _coverage(question, index, provision)
    found["covered"] = covered
    found["known"] = known
    found["unmet"] = _unmet(question, index, provision)
    found["foreign"] = _foreign(question, provision)
    matched = question.plain
    asks_amount = bool(question.frames.words["amount"].search(matched))
    asks_date = bool(question.frames.words["date"].search(matched))
    found["no_amount"] = float(asks_amount and not _NUMBER_WORDS.search(provision.text))
    found["no_date"] = float(asks_date and not _DATE.search(provision.text))
    found["amount"] = float(asks_amount)
    found["other_language"] = float(question.language != "en")
    found["silent_best"], found["silent_dense"] = _bank(question, index, "silent", provision.instrument)
    found["elsewhere_best"], found["elsewhere_dense"] = _bank(question, index, "elsewhere", None)
    return found


def _bank(question: ParsedQuestion, index: Index, kind: Kind, instrument: str | None) -> tuple[float, float]:
    """How near the question is to one that the editor knows not to be answered: by words, and by cosine; 0 without such a list."""
    best = max((share for owner, share in overlaps(question, index, kind).items() if instrument in {None, owner}), default=0.0)
    dense = 0.0
    for vector in index.encoder.encode(asked_as(question, index), index.encoder.question_prompt):
        for row, cosine in index.vectors.nearest(vector, 20, kind):
            if instrument in {None, index.passages[row].provision}:
                dense = max(dense, cosine)
                break
    return best, dense


def _coverage(question: ParsedQuestion, index: Index, provision: Provision) -> tuple[float, float]:
    """Share of the question's words, weighted by rarity, that the provision has (in its text, in one of its questions, or through a
    concept), and share that anything in the index has."""
    own = set(question.terms)
    if not own:
        return 0.0, 0.0
    said = {term.stem for term in terms(f"{provision.heading} {provision.text}", provision.language)}
    for one, stems, _ in passage_stems(index, question.language, "question"):
        if one == provision.id:
            said |= stems
    through: set[str] = set()
    anywhere: set[str] = set()
    concepts = set(index.concepts.get(provision.id, ()))
    for mention in index.thesaurus.find(question.rest, question.language):
        anywhere |= mention.stems
        if concepts & index.thesaurus.around(mention.concept).keys():
            through |= mention.stems
    fields = [field for name, field in index.fields.items() if name != "concepts"]
    weight = {stem: max((field.idf(stem) for field in fields), default=1.0) for stem in own}
    total = sum(weight.values())
    covered = sum(weight[stem] for stem in own if stem in said or stem in through)
    known = sum(weight[stem] for stem in own if stem in anywhere or any(field.has(stem) for field in fields))
    return covered / total, known / total


def _unmet(question: ParsedQuestion, index: Index, provision: Provision) -> float:
    """Share of the concepts named in the question that the provision speaks of neither itself nor through a near one."""
    if not question.named:
        return 0.0
    own = set(index.concepts.get(provision.id, ()))
    unmet = [one for one in question.named if not own & index.thesaurus.around(one).keys()]
    return len(unmet) / len(question.named)


def _foreign(question: ParsedQuestion, provision: Provision) -> float:
    """Share of the countries named in the question that the provision does not name."""
    if not question.countries:
        return 0.0
    there = set(codes(find_countries(provision.text, provision.language)))
    return len([code for code in question.countries if code not in there]) / len(question.countries)
