"""What the service answers beside answers, as checked data; fields that are not shown are passed over."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel

from ui.api_client import Note, Reply


class Link(BaseModel, frozen=True):
    """A mention of another instrument."""

    id: str
    instrument: str
    title: str
    pinpoint: str
    text: str
    url: str


class Paragraph(BaseModel, frozen=True):
    """A provision with its words and what stands around it."""

    id: str
    instrument: str
    title: str
    label: str
    pinpoint: str
    heading: str
    path: tuple[str, ...]
    part: str
    tier: str
    text: str
    source: str
    verb: str
    verb_words: str
    strength: str
    notes: tuple[Note, ...]
    links: tuple[Link, ...]
    links_here: tuple[Link, ...]
    url: str


class WholeText(BaseModel, frozen=True):
    """An instrument's provisions."""

    id: str
    title: str
    provisions: tuple[Paragraph, ...]
    index_version: str


class Place(BaseModel, frozen=True):
    """A provision that a subject leads to."""

    id: str
    instrument: str
    title: str
    pinpoint: str
    tier: str
    url: str


class Subject(BaseModel, frozen=True):
    """A concept that the texts name."""

    id: str
    label: str
    letter: str
    definition: str
    other: tuple[str, ...]
    places: tuple[Place, ...]


class Subjects(BaseModel, frozen=True):
    """All of them, A to Z."""

    subjects: tuple[Subject, ...]


class Stop(BaseModel, frozen=True):
    """A stop on the guided path."""

    id: str
    title: str
    text: str
    provisions: tuple[str, ...]


class GuidedPath(BaseModel, frozen=True):
    """The stops, and their provisions by id."""

    stops: tuple[Stop, ...]
    provisions: dict[str, Paragraph]


class Event(BaseModel, frozen=True):
    """An instrument's day, or a chair's time."""

    kind: str
    title: str
    detail: str
    said: str
    start: dt.date
    end: dt.date | None
    id: str
    url: str


class Timeline(BaseModel, frozen=True):
    """Events in the order of their days."""

    events: tuple[Event, ...]


class Mention(BaseModel, frozen=True):
    """A provision that names a State."""

    id: str
    title: str
    pinpoint: str
    heading: str
    tier: str
    words: str
    url: str


class State(BaseModel, frozen=True):
    """A State; `written` is how the list writes it, "" when it does not."""

    code: str
    name: str
    written: str
    region: str
    mentions: tuple[Mention, ...]


class States(BaseModel, frozen=True):
    """Who is in it, where it says so, and what is said of the number."""

    states: tuple[State, ...]
    beside: tuple[State, ...]
    provision: Paragraph | None
    on_the_count: tuple[Paragraph, ...]


class Option(BaseModel, frozen=True):
    """A choice."""

    text: str
    correct: bool


class QuizItem(BaseModel, frozen=True):
    """A question with its key."""

    kind: str
    question: str
    quote: str
    start: int
    end: int
    summary: str
    options: tuple[Option, ...]
    explanation: str
    provision: Paragraph

    @property
    def key(self) -> int:
        """Place of the right choice."""
        return next(place for place, option in enumerate(self.options) if option.correct)


class Quiz(BaseModel, frozen=True):
    """A quiz."""

    items: tuple[QuizItem, ...]
    seed: int
    level: int
    index_version: str


class Row(BaseModel, frozen=True):
    """A provision on the topic, with the offsets of the clause that speaks of it."""

    provision: Paragraph
    start: int
    end: int


class ComparedText(BaseModel, frozen=True):
    """An instrument that speaks of the topic."""

    id: str
    title: str
    tier: str
    binding: bool
    provisions: int
    strongest: str


class Comparison(BaseModel, frozen=True):
    """A topic across instruments."""

    topic: str
    texts: tuple[ComparedText, ...]
    rows: tuple[Row, ...]
    silent: tuple[str, ...]


class Facts(BaseModel, frozen=True):
    """What the service holds and keeps."""

    index_version: str
    instruments: int
    official: int
    provisions: int
    kept_days: int
    language_model: str


class Figure(BaseModel, frozen=True):
    """A measure of the answers."""

    set: str
    questions: int
    measure: str
    value: float
    low: float | None
    high: float | None


class Evaluation(BaseModel, frozen=True):
    """The last evaluation on record."""

    index_version: str
    figures: tuple[Figure, ...]


class KeptTurn(BaseModel, frozen=True):
    """A question of a kept conversation, and what became of it."""

    question: str
    answer: Reply


class KeptConversation(BaseModel, frozen=True):
    """A conversation that the service keeps."""

    id: str
    turns: tuple[KeptTurn, ...]
    kept_days: int
