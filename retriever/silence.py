"""Whether the texts answer a question at all: what speaks for the best provision, and what of the question it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.clauses import clauses
from ingest.index import Index
from ingest.provision import Provision
from retriever.features import FEATURES
from retriever.look import Look
from retriever.names import codes, find_countries
from retriever.question import ParsedQuestion
from retriever.votes import Votes

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
    look: Look, index: Index, table: NDArray[np.float32], utility: NDArray[np.float64], order: Sequence[int], votes: Votes
) -> dict[str, float]:
    """What tells whether the best provision answers the question, as numbers of about -1 to 1.

    Args:
        look: The question.
        index: What was searched.
        table: Features, one row a provision.
        utility: One a provision.
        order: Rows, best first; at least one.
        votes: Of the lines, among the provisions of `order`.
    """
    question, top = look.question, order[0]
    provision = index.provisions[index.searched[top]]
    found = {name: float(table[top, column]) for column, name in enumerate(FEATURES)}
    found["utility"] = float(utility[top]) / 10
    found["margin"] = min(1.0, float(utility[top] - utility[order[1]]) / 5) if len(order) > 1 else 1.0
    found["covered"], found["known"] = _coverage(question, index, provision)
    found["unmet"] = _unmet(question, index, provision)
    found["foreign"] = _foreign(question, provision)
    found["other_text"] = float(bool(question.other_texts))
    asks_amount = bool(question.frames.words["amount"].search(question.plain))
    asks_date = bool(question.frames.words["date"].search(question.plain))
    found["no_amount"] = float(asks_amount and not _NUMBER_WORDS.search(_about(question, provision)))
    found["no_date"] = float(asks_date and not _DATE.search(_about(question, provision)))
    found["amount"] = float(asks_amount)
    found["other_language"] = float(question.language != "en")
    found["sharp"], found["broad"] = votes.sharp / 9, votes.broad / 9
    found["answered_line"], found["silent_line"], found["elsewhere_line"] = votes.answered, votes.silent, votes.elsewhere
    found["pull"], found["wide_pull"] = votes.pull, votes.wide_pull
    found["agreed"] = float(votes.shares[top])
    found["judged"] = max(-1.5, min(1.5, votes.judged))
    for kind in ("silent", "elsewhere"):
        found[f"{kind}_dense"] = look.near[kind][0][1] if look.near[kind] else 0.0
    return found


def _about(question: ParsedQuestion, provision: Provision) -> str:
    """The clauses of a provision that share a word with the question, where its answer would have to stand; all of them when none does."""
    pieces = [provision.text[start:end] for start, end in clauses(provision.text)]
    sharing = [one for one in pieces if any(term.stem in question.english for term in terms(one, provision.language))]
    return " ".join(sharing or pieces)


def _coverage(question: ParsedQuestion, index: Index, provision: Provision) -> tuple[float, float]:
    """Share of the question's words, weighted by rarity, that the provision has (in its text, in one of its questions, or through a
    concept), and share that anything in the index has.
    """
    own = set(question.terms)
    if not own:
        return 0.0, 0.0
    said = {term.stem for term in terms(f"{provision.heading} {provision.text}", provision.language)}
    said |= line_stems(provision.id, question.language, index)
    through: set[str] = set()
    anywhere: set[str] = set()
    concepts = set(index.concepts.get(provision.id, ()))
    for mention in index.thesaurus.find(question.rest, question.language):
        anywhere |= mention.stems
        if concepts & index.thesaurus.around(mention.concept).keys():
            through |= mention.stems
    fields = [index.fields[name] for name in ("text", "questions") if name in index.fields]
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


def line_stems(provision: str, language: str, index: Index) -> frozenset[str]:
    """The stems of a provision's lines in a language."""
    known, key = _known_stems(index), (provision, language)
    if key not in known:
        own = (index.passages[row] for row in lines_by_provision(index).get(provision, ()))
        known[key] = frozenset(term.stem for one in own if one.language == language for term in terms(one.text, language))
    return known[key]


@lru_cache(maxsize=4)
def _known_stems(_index: Index) -> dict[tuple[str, str], frozenset[str]]:
    """Those that were worked out. They are kept an index apart: an index of before, with all its vectors, would not be let go otherwise."""
    return {}


@lru_cache(maxsize=4)
def lines_by_provision(index: Index) -> dict[str, list[int]]:
    """Rows of the passages that are lines of each provision."""
    found: dict[str, list[int]] = {}
    for row, one in enumerate(index.passages):
        if one.kind == "question":
            found.setdefault(one.provision, []).append(row)
    return found
