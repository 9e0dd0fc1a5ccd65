"""What the service works with, made into what the HTTP interface answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.catalogue import Instrument
from ingest.provision import Provision
from service.answer import Answer, Citation, Language, Refusal
from service.pinpoint import pinpoint
from service.schema import AskResponse, CitationOut, InstrumentOut, ProvisionRef, VerifiedOut


def permalink(provision: Provision) -> str:
    """The reader's address of a provision."""
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
    """The assistant's reply as the interface shows it."""
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
        verified=VerifiedOut(
            quotes=reply.verified.quotes, checked=reply.verified.checked, sentences=reply.verified.sentences, dropped=reply.verified.dropped
        ),
        index_version=index_version,
        took_ms=took_ms,
    )


def instrument_fields(instrument: Instrument, provisions: int) -> InstrumentOut:
    """An instrument as the interface shows it; `provisions` is how many are held."""
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
    """A provision without its text; pinpoint in `language`."""
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
