"""Requests and responses of the HTTP interface, and how they are made from what the service works with."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from ingest.catalogue import Instrument
from ingest.provision import Kind, Part, Provision, Tier
from service.answer import Answer, Citation, Language, Mode, Refusal
from service.pinpoint import pinpoint

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
    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"question": "What does the declaration say about return?"}]})

    question: Annotated[PlainText, Field(description="The question, in English, French or Arabic.")]
    instruments: Annotated[list[InstrumentId], Field(max_length=MAX_INSTRUMENTS)] | None = None
    language: Language | None = None
    mode: Mode = "auto"
    conversation_id: ConversationId | None = None
    stream: bool = False


class SearchQuery(_Closed):
    q: PlainText
    k: Annotated[int, Field(ge=1, le=50)] = 10
    instrument: Annotated[list[InstrumentId], Field(max_length=MAX_INSTRUMENTS)] = []


class InstrumentsQuery(_Closed):
    tier: Tier | None = None
    status: Annotated[str, StringConstraints(max_length=100)] | None = None
    q: Annotated[str, StringConstraints(max_length=200)] | None = None


class LanguageQuery(_Closed):
    language: Language = "en"


class CitationOut(BaseModel):
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


class VerifiedOut(BaseModel):
    quotes: int
    checked: int


class AskResponse(BaseModel):
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
    hits: Annotated[list[CitationOut], Field(description="Best first.")]
    index_version: str
    took_ms: float


class InstrumentOut(BaseModel):
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
    instruments: list[InstrumentOut]
    index_version: str


class ProvisionRef(BaseModel):
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


class InstrumentResponse(InstrumentOut):
    contents: Annotated[list[ProvisionRef], Field(description="In reading order, notes included.")]
    index_version: str


class NoteOut(BaseModel):
    id: str
    label: str
    pinpoint: str
    text: str


class ProvisionResponse(ProvisionRef):
    instrument: str
    title: str
    text: str
    tier: Tier
    language: str
    source: str
    notes: list[NoteOut]
    before: ProvisionRef | None
    after: ProvisionRef | None
    index_version: str


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    status: Literal["ready"] = "ready"
    index_version: str


def permalink(provision: Provision) -> str:
    return f"/read/{provision.instrument}#{provision.label}"


def pinpoint_in(instrument: Instrument, provision: Provision, language: Language) -> str:
    """The provision's pinpoint, with the numerals that its instrument counts in."""
    return pinpoint(provision, language, roman=instrument.numbering.get("style") == "roman")


def citations_out(citations: Iterable[Citation], instruments: Mapping[str, Instrument], language: Language) -> list[CitationOut]:
    """Citations numbered from 1 in the order given; titles in `language`."""
    return [
        CitationOut(
            marker=marker,
            id=citation.provision.id,
            instrument=citation.provision.instrument,
            title=instruments[citation.provision.instrument].title[language],
            label=citation.provision.label,
            pinpoint=citation.pinpoint,
            part=citation.provision.part,
            tier=citation.provision.tier,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            score=round(citation.score, 4),
            url=permalink(citation.provision),
        )
        for marker, citation in enumerate(citations, start=1)
    ]


def ask_response(
    reply: Answer | Refusal, instruments: Mapping[str, Instrument], *, conversation_id: str, index_version: str, took_ms: float
) -> AskResponse:
    if isinstance(reply, Refusal):
        return AskResponse(
            status=reply.reason,
            answer=reply.text,
            language=reply.language,
            mode="extractive",
            citations=[],
            nearest=citations_out(reply.nearest, instruments, reply.language),
            interpreted_question=reply.interpreted_question,
            conversation_id=conversation_id,
            verified=VerifiedOut(quotes=0, checked=0),
            index_version=index_version,
            took_ms=took_ms,
        )
    return AskResponse(
        status="partial" if reply.partial else "answered",
        answer=reply.text,
        language=reply.language,
        mode=reply.mode,
        citations=citations_out(reply.citations, instruments, reply.language),
        nearest=[],
        interpreted_question=reply.interpreted_question,
        conversation_id=conversation_id,
        verified=VerifiedOut(quotes=reply.verified.quotes, checked=reply.verified.checked),
        index_version=index_version,
        took_ms=took_ms,
    )


def instrument_fields(instrument: Instrument, provisions: int) -> InstrumentOut:
    return InstrumentOut(
        id=instrument.id,
        title=instrument.title,
        short=instrument.short,
        abbreviations=list(instrument.abbreviations),
        date=instrument.date,
        place=instrument.place,
        symbol=instrument.symbol,
        celex=instrument.celex,
        treaty_series=instrument.treaty_series,
        status=instrument.status,
        binding=instrument.binding,
        binding_on=instrument.binding_on,
        authentic=list(instrument.authentic),
        address=instrument.address,
        tier=instrument.tier,
        provisions=provisions,
        url=f"/read/{instrument.id}",
    )


def provision_ref(instrument: Instrument, provision: Provision, language: Language) -> ProvisionRef:
    return ProvisionRef(
        id=provision.id,
        label=provision.label,
        pinpoint=pinpoint_in(instrument, provision, language),
        heading=provision.heading,
        path=list(provision.path),
        part=provision.part,
        kind=provision.kind,
        parent=provision.parent,
        verb=provision.verb,
        strength=provision.strength,
        url=permalink(provision),
    )
