"""Links between instruments, as the HTTP interface and the reader show them."""

from __future__ import annotations

from ingest.links import Link
from ingest.provision import Provision
from service.answer import Language
from service.presentation import permalink, pinpoint_in
from service.schema import LinkOut, LinksOut, ParallelOut
from service.serving import Assistant


def links_of(assistant: Assistant, provision: Provision, language: Language) -> LinksOut:
    """What a provision mentions, in the order of its text, and what mentions it, in reading order."""
    return LinksOut(
        forward=[forward(assistant, link, language) for link in assistant.links.out_of(provision.id)], back=back_of(assistant, provision.id, language)
    )


def back_of(assistant: Assistant, target: str, language: Language) -> list[LinkOut]:
    """What mentions a provision, or an instrument, by id."""
    return [back(assistant, link, language) for link in assistant.links.into(target) if link.source_id in assistant.provisions]


def forward(assistant: Assistant, link: Link, language: Language) -> LinkOut:
    """A link seen from the provision that has the words: where it leads."""
    instrument = assistant.instruments.get(link.target)
    there = assistant.provisions.get(link.target_id) if link.label else None
    return LinkOut(
        id=link.target_id if there else link.target,
        instrument=link.target,
        title=instrument.short[language] if instrument else link.target,
        label=there.label if there else None,
        pinpoint=pinpoint_in(instrument, there, language) if instrument and there else "",
        text=link.text,
        start=link.start,
        end=link.end,
        url=permalink(there) if there else f"/read/{link.target}",
    )


def back(assistant: Assistant, link: Link, language: Language) -> LinkOut:
    """A link seen from what it leads to: where the words stand."""
    source = assistant.provisions[link.source_id]
    instrument = assistant.instruments[source.instrument]
    marked = f"?at={source.label}&start={link.start}&end={link.end}" if link.end else ""
    return LinkOut(
        id=source.id,
        instrument=source.instrument,
        title=instrument.short[language],
        label=source.label,
        pinpoint=pinpoint_in(instrument, source, language),
        text=link.text,
        start=link.start,
        end=link.end,
        url=f"/read/{source.instrument}{marked}#{source.label}",
    )


def parallels_of(assistant: Assistant, provision: Provision) -> list[ParallelOut]:
    """The provision in the other languages that are held."""
    authentic = assistant.instruments[provision.instrument].authentic
    found = assistant.parallels.get(provision.id, {})
    return [ParallelOut(language=language, text=text, authentic=language in authentic) for language, text in found.items()]
