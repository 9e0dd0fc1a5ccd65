"""Instruments and provisions as data: what is held, how it is arranged, and each provision by its permanent id."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query

from ingest.catalogue import Instrument
from ingest.provision import Provision
from service.answer import Language
from service.desk import AtDesk, instrument_at, provision_at, provisions_of
from service.linking import back_of, links_of, parallels_of
from service.presentation import instrument_fields, pinpoint_in, provision_ref
from service.schema import InstrumentResponse, InstrumentsQuery, InstrumentsResponse, LanguageQuery, NeighbourOut, NoteOut, ProvisionResponse

router = APIRouter(prefix="/v1/instruments", tags=["instruments"])


@router.get("")
def instruments(query: Annotated[InstrumentsQuery, Query()], desk: AtDesk) -> InstrumentsResponse:
    """The instruments held, in the catalogue's order; `q` looks in ids, titles, names, abbreviations and symbols."""
    with desk.assistant() as assistant:
        counts = Counter(provision.instrument for provision in assistant.provisions.values() if provision.kind == "provision")
        chosen = [instrument for instrument in assistant.instruments.values() if _fits(instrument, query)]
        return InstrumentsResponse(
            instruments=[instrument_fields(instrument, counts[instrument.id]) for instrument in chosen],
            index_version=assistant.index_version,
        )


@router.get("/{id}")
def instrument(id: str, query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> InstrumentResponse:
    """What is known of one instrument, and its table of contents; pinpoints in `language`."""
    with desk.assistant() as assistant:
        found = instrument_at(assistant, id)
        held = provisions_of(assistant, id)
        count = sum(provision.kind == "provision" for provision in held)
        return InstrumentResponse(
            **instrument_fields(found, count).model_dump(),
            back=back_of(assistant, id, query.language),
            contents=[provision_ref(found, provision, query.language) for provision in held],
            index_version=assistant.index_version,
        )


@router.get("/{id}/provisions/{label}")
def provision(id: str, label: str, query: Annotated[LanguageQuery, Query()], desk: AtDesk) -> ProvisionResponse:
    """One provision whole, with its notes and its neighbours of the same rank."""
    with desk.assistant() as assistant:
        found, instrument, language = provision_at(assistant, id, label), assistant.instruments[id], query.language
        held = provisions_of(assistant, id)
        notes = [note for note in held if note.kind == "note" and f"{note.parent}.".startswith(f"{label}.")]
        before, after = _neighbours(found, held)
        return ProvisionResponse(
            **provision_ref(instrument, found, language).model_dump(),
            instrument=id,
            title=instrument.title[language],
            text=found.text,
            tier=found.tier,
            language=found.language,
            source=found.source,
            notes=[NoteOut(id=note.id, label=note.label, pinpoint=pinpoint_in(instrument, note, language), text=note.text) for note in notes],
            links=links_of(assistant, found, language),
            parallels=parallels_of(assistant, found),
            before=None if before is None else _neighbour(instrument, before, language),
            after=None if after is None else _neighbour(instrument, after, language),
            index_version=assistant.index_version,
        )


def _neighbour(instrument: Instrument, provision: Provision, language: Language) -> NeighbourOut:
    return NeighbourOut(**provision_ref(instrument, provision, language).model_dump(), text=provision.text)


def _neighbours(provision: Provision, held: list[Provision]) -> tuple[Provision | None, Provision | None]:
    """Before and after it, of the same kind under the same parent; None at either end."""
    row = [other for other in held if other.kind == provision.kind and other.parent == provision.parent]
    place = row.index(provision)
    return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)


def _fits(instrument: Instrument, query: InstrumentsQuery) -> bool:
    if query.tier is not None and instrument.tier != query.tier:
        return False
    if query.binding is not None and instrument.binding != query.binding:
        return False
    if query.authentic is not None and query.authentic not in instrument.authentic:
        return False
    if query.status is not None and instrument.status != query.status:
        return False
    names = [name for language in instrument.names.values() for name in language]
    words = [instrument.id, instrument.symbol, *instrument.title.values(), *instrument.short.values(), *names, *instrument.abbreviations]
    return query.q is None or any(_folded(query.q) in _folded(word) for word in words)


def _folded(text: str) -> str:
    """Without case and accents: "declaration" finds "Déclaration"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().strip())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
