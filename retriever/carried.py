"""Whether an answer to a follow-up meets what was asked now, and not only the topic that was carried over."""

from __future__ import annotations

from ingest.analysis import terms
from ingest.index import Index
from ingest.provision import Provision
from retriever.question import ParsedQuestion, parse
from retriever.retriever import Found, Retriever
from retriever.silence import line_stems


def only_carried(own: str, found: Found, retriever: Retriever) -> bool:
    """Whether the best provision answers the old topic alone.

    "Cairo Action Plan: what's its budget?" finds the paragraph on the Plan, which has no word on a budget. Where the provision has none
    of the words asked now, they must be answerable by themselves, and no amount or date may be asked for that it does not have.

    Args:
        own: The follow-up's own words; "" when it was a whole question.
        found: For the whole question that was made of it.
        retriever: Looks for the own words alone.
    """
    if not own or found.kind != "ranked" or not found.hits:
        return False
    question = parse(own, retriever.index, found.question.language)
    if not question.terms or _met(question, retriever.index.provisions[found.hits[0].provision], retriever.index):
        return False
    if found.evidence.get("no_amount") or found.evidence.get("no_date"):
        return True
    if question.frames.words["date"].search(question.plain):
        return False  # a date was asked for, and the provision has one
    alone = retriever.search(own, 1, found.scope, found.question.language)
    return not retriever.answers(alone)


def _met(question: ParsedQuestion, provision: Provision, index: Index) -> bool:
    """Whether the provision has any of the question's words: in its text, in an editor's question on it, or through a concept."""
    own = set(question.terms)
    if own & {term.stem for term in terms(f"{provision.heading} {provision.text}", provision.language)}:
        return True
    if own & line_stems(provision.id, question.language, index):
        return True
    concepts = set(index.concepts.get(provision.id, ()))
    return any(concepts & index.thesaurus.around(one).keys() for one in question.named)
