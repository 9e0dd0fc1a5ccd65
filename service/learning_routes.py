"""For those who learn: the guided path, the timeline, who is in it, and quizzes with their keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.answer import Language
from service.desk import AtDesk
from service.schema import LanguageQuery, _Closed
from service.study import quiz as quizzes
from service.study.quiz import KINDS, Item, Kind
from service.study.roll import StatesResponse
from service.study.roll import states as states_of
from service.study.shapes import ProvisionText, provision_text
from service.study.timeline import Event, Stop, events, stops
from service.study.view import study

router = APIRouter(prefix="/v1", tags=["learning"])


class PathResponse(BaseModel):
    """The guided path, and the provisions of its stops by id."""

    stops: list[Stop]
    provisions: dict[str, ProvisionText]
    index_version: str


class TimelineResponse(BaseModel):
    """Events in the order of their days."""

    events: list[Event]
    index_version: str


class QuizQuery(_Closed):
    """Equal queries on an equal index give equal quizzes."""

    language: Language = "en"
    level: Annotated[int, Field(ge=1, le=3)] = 1
    kind: Annotated[list[Kind], Field(max_length=len(KINDS), default_factory=list)]
    count: Annotated[int, Field(ge=1, le=30)] = 8
    seed: Annotated[int, Field(ge=0, le=1_000_000)] = 1


class QuizResponse(BaseModel):
    """Items with their keys; fewer than asked for when the texts hold no more."""

    items: list[Item]
    seed: int
    level: int
    index_version: str


@router.get("/path")
def path(query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> PathResponse:
    """The Process in ten minutes: stops with the provisions that they rest on."""
    with desk.assistant() as assistant:
        view = study(assistant)
        found = stops(view, query.language)
        held = {id: provision_text(view, view.provisions[id], query.language) for stop in found for id in stop.provisions}
        return PathResponse(stops=found, provisions=held, index_version=assistant.index_version)


@router.get("/timeline")
def timeline(query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> TimelineResponse:
    """Instruments and chairs over the years."""
    with desk.assistant() as assistant:
        return TimelineResponse(events=events(study(assistant), query.language), index_version=assistant.index_version)


@router.get("/states")
def states(query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> StatesResponse:
    """The participating States that the declaration names, and what is said of their number."""
    with desk.assistant() as assistant:
        return states_of(study(assistant), query.language, assistant.index_version)


@router.get("/quiz")
def quiz(query: Annotated[QuizQuery, Query()], desk: AtDesk) -> QuizResponse:
    """A quiz made of stored provisions, with its keys, citations and explanations."""
    with desk.assistant() as assistant:
        kinds = tuple(dict.fromkeys(query.kind)) or KINDS
        items = quizzes.items(study(assistant), query.language, query.level, query.seed, kinds, query.count)
        return QuizResponse(items=items, seed=query.seed, level=query.level, index_version=assistant.index_version)
