"""One topic across instruments, provision by provision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from ingest.clauses import clauses
from ingest.provision import Provision
from ingest.verbs import STRENGTHS
from service.answer import Language
from service.desk import AtDesk, check_instruments
from service.problems import Fault, Problem
from service.schema import MAX_INSTRUMENTS, InstrumentId, PlainText, _Closed
from service.study.shapes import ProvisionText, provision_text
from service.study.view import Study, study

router = APIRouter(prefix="/v1", tags=["instruments"])

MOST = 200
NEAR = 0.1
"""Probability below which a provision is not shown for free words: what is further away is about something else."""


class CompareQuery(_Closed):
    """A subject of the thesaurus, or words of one's own; exactly one of them."""

    subject: Annotated[str, StringConstraints(max_length=100)] | None = None
    q: PlainText | None = None
    instrument: Annotated[list[InstrumentId], Field(max_length=MAX_INSTRUMENTS, default_factory=list)]
    language: Language = "en"


class Row(BaseModel):
    """A provision that speaks of the topic; `start` and `end` are offsets of the clause that does (0 and 0: the whole)."""

    provision: ProvisionText
    start: int
    end: int


class ComparedText(BaseModel):
    """An instrument that speaks of the topic: what it is, how many of its provisions do, and the strongest verb of those that open with one."""

    id: str
    title: str
    tier: str
    status: str
    binding: bool
    provisions: int
    strongest: str


class CompareResponse(BaseModel):
    """Rows in the catalogue's and the texts' order, the instruments they are of, and those asked for that say nothing of it."""

    topic: str
    texts: list[ComparedText]
    rows: list[Row]
    silent: list[str]
    index_version: str


@router.get("/compare")
def compare(query: Annotated[CompareQuery, Query()], desk: AtDesk) -> CompareResponse:
    """What each instrument says of one topic: every provision that names the subject, or up to three of each for free words."""
    if (query.subject is None) == (query.q is None):
        raise Problem(422, "invalid-request", "Give either subject or q.", faults=(Fault("Give either subject or q", parameter="subject"),))
    with desk.assistant() as assistant:
        check_instruments(query.instrument, assistant, parameter="instrument")
        view = study(assistant)
        if query.subject is not None:
            if query.subject not in view.by_subject:
                fault = Fault("There is no subject with this id", parameter="subject")
                raise Problem(404, "unknown-subject", f"No provision names {query.subject!r}; see /v1/subjects.", faults=(fault,))
            topic = view.thesaurus.concepts[query.subject].preferred[query.language]
            # What is narrower speaks of it as well: readmission of return.
            subjects = {query.subject, *view.thesaurus.narrower.get(query.subject, ())}
            naming = {one.id for subject in subjects for one in view.by_subject.get(subject, ())}
            found = [(one, *_clause(view, one, subjects)) for one in view.numbered if one.id in naming]
        else:
            topic = query.q or ""
            found = []
            for id in query.instrument or list(view.instruments):
                found += [(hit.provision, hit.start, hit.end) for hit in assistant.search(topic, 3, (id,)) if hit.score >= NEAR]
        kept = [one for one in found if not query.instrument or one[0].instrument in query.instrument]
        present = {one[0].instrument for one in kept}
        return CompareResponse(
            topic=topic,
            texts=[_text(view, id, [one for one, _, _ in kept if one.instrument == id], query.language) for id in view.instruments if id in present],
            rows=[Row(provision=provision_text(view, one, query.language), start=start, end=end) for one, start, end in kept[:MOST]],
            silent=[id for id in (query.instrument or view.instruments) if id not in present],
            index_version=assistant.index_version,
        )


def _text(view: Study, id: str, provisions: list[Provision], language: Language) -> ComparedText:
    held = view.instruments[id]
    found = [one.strength for one in provisions if one.tier == "authentic" and one.strength in STRENGTHS]
    return ComparedText(
        id=id,
        title=held.short[language],
        tier=held.tier,
        status=held.status,
        binding=held.binding,
        provisions=len(provisions),
        strongest=max(found, key=STRENGTHS.index, default=""),
    )


def _clause(view: Study, provision: Provision, subjects: set[str]) -> tuple[int, int]:
    """The first clause that names one of the subjects."""
    mention = next(one for one in view.mentions[provision.id] if one.concept in subjects)
    whole = ((start, end) for start, end in clauses(provision.text) if start <= mention.start and mention.end <= end)
    return next(whole, (mention.start, mention.end))
