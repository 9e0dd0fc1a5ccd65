"""Whole texts and what they speak of: an instrument's provisions with their words, and the subjects A to Z."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from service.answer import Language
from service.desk import AtDesk, instrument_at
from service.problems import Fault, Problem
from service.schema import LanguageQuery
from service.study.shapes import ProvisionText, provision_text
from service.study.view import Study, study

router = APIRouter(prefix="/v1", tags=["instruments"])


class TextResponse(BaseModel):
    """An instrument whole, in reading order; notes stand with their provisions."""

    id: str
    title: str
    provisions: list[ProvisionText]
    index_version: str


class Place(BaseModel):
    """A provision that a subject leads to; `start` and `end` are offsets of the words that name the subject."""

    id: str
    instrument: str
    title: str
    pinpoint: str
    tier: str
    start: int
    end: int
    url: str


class Subject(BaseModel):
    """A concept of the thesaurus that at least one provision names; `other` are its other names, abbreviations among them."""

    id: str
    label: str
    letter: str
    definition: str
    other: list[str]
    broader: list[str]
    places: list[Place]


class SubjectsResponse(BaseModel):
    """Subjects in the order of their names."""

    subjects: list[Subject]
    index_version: str


@router.get("/instruments/{id}/text")
def text(id: str, query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> TextResponse:
    """All provisions of an instrument with their words, notes and links; headings and pinpoints in `language`."""
    with desk.assistant() as assistant:
        instrument, view = instrument_at(assistant, id), study(assistant)
        return TextResponse(
            id=id,
            title=instrument.title[query.language],
            provisions=[provision_text(view, one, query.language) for one in view.numbered if one.instrument == id],
            index_version=assistant.index_version,
        )


@router.get("/subjects")
def subjects(query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> SubjectsResponse:
    """What the texts speak of, A to Z, with the provisions that name it in so many words."""
    with desk.assistant() as assistant:
        view = study(assistant)
        found = [_subject(view, concept, query.language) for concept in view.by_subject]
        return SubjectsResponse(
            subjects=sorted(found, key=lambda one: (one.letter, _folded(one.label))),
            index_version=assistant.index_version,
        )


@router.get("/subjects/{id}")
def subject(id: str, query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> Subject:
    """One subject."""
    with desk.assistant() as assistant:
        view = study(assistant)
        if id not in view.by_subject:
            detail = f"No provision names {id!r}. The subjects are listed at /v1/subjects."
            raise Problem(404, "unknown-subject", detail, faults=(Fault("There is no subject with this id", parameter="id"),))
        return _subject(view, id, query.language)


def _subject(view: Study, concept_id: str, language: Language) -> Subject:
    concept = view.thesaurus.concepts[concept_id]
    label = concept.preferred[language]
    places = []
    for provision in view.by_subject[concept_id]:
        mention = next(one for one in view.mentions[provision.id] if one.concept == concept_id)
        places.append(
            Place(
                id=provision.id,
                instrument=provision.instrument,
                title=view.instruments[provision.instrument].short[language],
                pinpoint=view.pinpoint(provision, language),
                tier=provision.tier,
                start=mention.start,
                end=mention.end,
                url=f"/read/{provision.instrument}#{provision.label}",
            )
        )
    return Subject(
        id=concept_id,
        label=label,
        letter=_letter(label, language),
        definition=concept.definition.get(language, ""),
        other=[other for other in concept.labels[language] if other != label and other.isupper()][:4],
        broader=list(concept.broader),
        places=places,
    )


def _letter(label: str, language: Language) -> str:
    bare = label.removeprefix("ال") if language == "ar" and len(label) > 4 else label
    first = _folded(bare)[:1].upper()
    return {"أ": "ا", "إ": "ا", "آ": "ا"}.get(first, first)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
