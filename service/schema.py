"""Requests and responses of the HTTP interface."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from ingest.provision import Kind, Part, Tier
from service.answer import Language, Mode

MAX_QUESTION = 2000
MAX_INSTRUMENTS = 50

_ALLOWED_CONTROLS = frozenset("\t\n\r")


def _plain_text(text: str) -> str:
    """The text as it is, if a person can have meant it.

    Raises:
        ValueError: It has a control character or half a surrogate pair, or nothing that can be seen.
    """
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in _ALLOWED_CONTROLS):
            what = "half a surrogate pair" if category == "Cs" else "a control character"
            raise ValueError(f"Character {place} is {what} (U+{ord(character):04X})")
    if not any(unicodedata.category(character)[0] not in "CZ" for character in text):
        raise ValueError("The text is blank")
    return text


PlainText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUESTION), AfterValidator(_plain_text)]
InstrumentId = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[a-z0-9-]+$")]
ConversationId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Score = Annotated[float, Field(ge=0, le=1)]


class _Closed(BaseModel):
    """Refuses what it does not know: a misspelt field would else be passed over in silence."""

    model_config = ConfigDict(extra="forbid")


class AskRequest(_Closed):
    """A question, and how it is to be answered."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"question": "What does the declaration say about return?"}]})

    question: Annotated[PlainText, Field(description="The question, in English, French or Arabic.")]
    instruments: Annotated[list[InstrumentId], Field(max_length=MAX_INSTRUMENTS)] | None = None
    language: Language | None = None
    mode: Mode = "auto"
    conversation_id: ConversationId | None = None
    stream: bool = False


class SearchQuery(_Closed):
    """Words to look for, how many hits, and where."""

    q: PlainText
    k: Annotated[int, Field(ge=1, le=50)] = 10
    instrument: Annotated[list[InstrumentId], Field(max_length=MAX_INSTRUMENTS)] = []


class InstrumentsQuery(_Closed):
    """Which instruments to list; what is not said limits nothing."""

    tier: Tier | None = None
    binding: bool | None = None
    authentic: Annotated[str, StringConstraints(pattern="^[a-z]{2}$"), Field(description="A language that the text is authentic in.")] | None = None
    status: Annotated[str, StringConstraints(max_length=100)] | None = None
    q: Annotated[str, StringConstraints(max_length=200)] | None = None


class LanguageQuery(_Closed):
    """The language of pinpoints and titles."""

    language: Language = "en"


class CitationOut(BaseModel):
    """A provision, its pinpoint and, in the authentic tier, words of it."""

    marker: Annotated[int, Field(ge=1)]
    id: str
    instrument: str
    title: str
    label: str
    pinpoint: str
    part: Part
    tier: Tier
    quote: Annotated[str, Field(description="Word for word in the authentic tier; empty in the digest tier.")]
    start: int
    end: int
    score: Score
    url: str


def _is_zero(count: int) -> bool:
    return count == 0


class VerifiedOut(BaseModel):
    """How many quotes were checked, and how many stood word for word."""

    quotes: int
    checked: int
    sentences: Annotated[int, Field(description="Sentences that the language model wrote; only in mode generative.", exclude_if=_is_zero)] = 0
    dropped: Annotated[int, Field(description="Those of them that could not be verified and were left out.", exclude_if=_is_zero)] = 0


class AskResponse(BaseModel):
    """An answer, which has citations, or a refusal, which has what comes nearest."""

    status: Literal["answered", "partial", "not_addressed", "out_of_scope"]
    answer: str
    language: Language
    mode: Literal["extractive", "generative"]
    citations: list[CitationOut]
    nearest: list[CitationOut]
    interpreted_question: str
    conversation_id: str
    verified: VerifiedOut
    index_version: str
    took_ms: float


class SearchResponse(BaseModel):
    """Hits without an answer made of them."""

    hits: Annotated[list[CitationOut], Field(description="Best first.")]
    index_version: str
    took_ms: float


class InstrumentOut(BaseModel):
    """What the catalogue knows of an instrument; mappings by language have the keys en, fr and ar."""

    id: str
    title: dict[str, str]
    short: dict[str, str]
    abbreviations: list[str]
    date: dt.date | None
    place: str
    symbol: str
    celex: str
    treaty_series: str
    status: str
    binding: bool
    binding_on: str
    authentic: list[str]
    address: str
    tier: Tier
    provisions: Annotated[int, Field(description="How many of its provisions are held, notes not counted.")]
    url: str


class InstrumentsResponse(BaseModel):
    """Instruments in the catalogue's order."""

    instruments: list[InstrumentOut]
    index_version: str


class ProvisionRef(BaseModel):
    """A provision without its text."""

    id: str
    label: str
    pinpoint: str
    heading: str
    path: list[str]
    part: Part
    kind: Kind
    parent: str | None
    verb: str
    strength: str
    url: str


class LinkOut(BaseModel):
    """A mention of an instrument in a provision of another, seen from one of its two ends."""

    id: Annotated[str, Field(description="Of the other end: a provision, or an instrument as a whole.")]
    instrument: str
    title: str
    label: Annotated[str | None, Field(description="Of the other end's provision; null for an instrument as a whole.")]
    pinpoint: str
    text: Annotated[str, Field(description="The words of the mention; empty for a link that an editor made.")]
    start: Annotated[int, Field(description="Where the words begin in the text of the provision that has them.")]
    end: int
    url: str


class LinksOut(BaseModel):
    """What a provision mentions, and what mentions it."""

    forward: list[LinkOut]
    back: list[LinkOut]


class ParallelOut(BaseModel):
    """The same provision in another language; it is not what is cited."""

    language: str
    text: str
    authentic: bool


class InstrumentResponse(InstrumentOut):
    """An instrument and its table of contents."""

    contents: Annotated[list[ProvisionRef], Field(description="In reading order, notes included.")]
    back: Annotated[list[LinkOut], Field(description="The provisions of other instruments that mention it.")]
    index_version: str


class NoteOut(BaseModel):
    """A note with its text."""

    id: str
    label: str
    pinpoint: str
    text: str


class NeighbourOut(ProvisionRef):
    """A provision that stands beside another one, with its text."""

    text: str


class ProvisionResponse(ProvisionRef):
    """A provision whole, with what stands around it."""

    instrument: str
    title: str
    text: str
    tier: Tier
    language: str
    source: str
    notes: list[NoteOut]
    links: LinksOut
    parallels: list[ParallelOut]
    before: NeighbourOut | None
    after: NeighbourOut | None
    index_version: str


class Health(BaseModel):
    """The process lives."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """The assistant answers, from this index."""

    status: Literal["ready"] = "ready"
    index_version: str
