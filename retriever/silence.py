"""Whether the texts answer a question at all: what speaks for the best provision, and what of the question it leaves open."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.clauses import clauses
from ingest.index import Index
from ingest.passages import Kind
from ingest.provision import Provision
from retriever.features import FEATURES, Near, overlapping, overlaps, passage_stems
from retriever.names import codes, find_countries
from retriever.question import ParsedQuestion

BANKS: tuple[Kind, ...] = ("question", "silent", "elsewhere")
_NUMBER_WORDS = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand"
    r"|million|billion|per ?cent|%)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:years?|months?|days?|regular|periodic)\b"
)


def evidence(
    question: ParsedQuestion,
    index: Index,
    table: NDArray[np.float32],
    utility: NDArray[np.float64],
    order: Sequence[int],
    near: Near,
    without: Collection[str] = (),
) -> dict[str, float]:
    """What tells whether the best provision answers the question, as numbers of about 0 to 1.

    Args:
        question: The question.
        index: What was searched.
        table: Features, one row a provision.
        utility: One a provision.
        order: Rows, best first; at least one.
        near: The passages nearest to the question.
        without: Ids of provisions that are to count as not there.
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
    found["no_amount"] = float(asks_amount and not _NUMBER_WORDS.search(_about(question, provision)))
    found["no_date"] = float(asks_date and not _DATE.search(_about(question, provision)))
    found["amount"] = float(asks_amount)
    found["other_language"] = float(question.language != "en")
    found["near_meaning"] = _near_meaning(index, provision.instrument, near, without)
    found["near_words"] = _near_words(question, index, provision.instrument, without)
    for kind in ("silent", "elsewhere"):
        found[f"{kind}_best"] = max(overlaps(question, index, kind).values(), default=0.0)
        found[f"{kind}_dense"] = near[kind][0][1] if near[kind] else 0.0
    return found


def _about(question: ParsedQuestion, provision: Provision) -> str:
    """The clauses of a provision that share a word with the question, where its answer would have to stand; all of them when none does."""
    pieces = [provision.text[start:end] for start, end in clauses(provision.text)]
    sharing = [one for one in pieces if any(term.stem in question.english for term in terms(one, provision.language))]
    return " ".join(sharing or pieces)


def _near_meaning(index: Index, instrument: str, near: Near, without: Collection[str]) -> float:
    """Of the questions nearest in meaning, the share of those that the instrument answers, against those it is known not to."""
    found = [
        (cosine, kind == "question")
        for kind in BANKS
        for row, cosine in near[kind]
        if index.passages[row].provision.partition("/")[0] == instrument and index.passages[row].provision not in without
    ]
    return _share(found, 20.0)


def _near_words(question: ParsedQuestion, index: Index, instrument: str, without: Collection[str]) -> float:
    """The same for the questions that share the most words."""
    found = [
        (share, kind == "question")
        for kind in BANKS
        for owner, share in overlapping(question, index, kind)
        if owner.partition("/")[0] == instrument and owner not in without
    ]
    return _share(found, 12.0)


def _share(found: list[tuple[float, bool]], sharpness: float) -> float:
    """Share of the answered among the 50 most alike, each weighing exp(sharpness * likeness); 0.5 where there is nothing to go by."""
    nearest = sorted(found, key=lambda one: (-one[0], one[1]))[:50]
    if not nearest or not any(not answered for _, answered in found):
        return 0.5
    weights = [math.exp(sharpness * (likeness - nearest[0][0])) for likeness, _ in nearest]
    return sum(weight for weight, (_, answered) in zip(weights, nearest, strict=True) if answered) / sum(weights)


def _coverage(question: ParsedQuestion, index: Index, provision: Provision) -> tuple[float, float]:
    """Share of the question's words, weighted by rarity, that the provision has (in its text, in one of its questions, or through a
    concept), and share that anything in the index has.
    """
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
