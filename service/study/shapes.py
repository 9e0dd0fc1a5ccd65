"""What the study routes answer."""

from __future__ import annotations

from pydantic import BaseModel

from ingest.provision import Part, Provision, Tier
from ingest.verbs import lead_verb
from service.answer import Language
from service.presentation import permalink
from service.schema import NoteOut
from service.study.view import Study


class LinkOut(BaseModel):
    """A mention of another instrument; `start` and `end` are offsets in the text of the provision that holds it."""

    id: str
    instrument: str
    title: str
    pinpoint: str
    text: str
    start: int
    end: int
    url: str


class ProvisionText(BaseModel):
    """A provision with its words and what stands around it; `verb_words` in the language asked for."""

    id: str
    instrument: str
    title: str
    label: str
    pinpoint: str
    heading: str
    path: list[str]
    part: Part
    tier: Tier
    language: str
    text: str
    source: str
    verb: str
    verb_words: str
    strength: str
    notes: list[NoteOut]
    links: list[LinkOut]
    links_here: list[LinkOut]
    url: str


def provision_text(view: Study, provision: Provision, language: Language) -> ProvisionText:
    """A provision as readers see it, pinpoints and headings in `language`."""
    instrument = view.instruments[provision.instrument]
    verb = lead_verb(provision.text) if provision.verb else None
    notes = [
        NoteOut(id=one.id, label=one.label, pinpoint=view.pinpoint(one, language), text=one.text)
        for one in view.provisions.values()
        if one.instrument == provision.instrument and one.kind == "note" and one.parent == provision.label
    ]
    return ProvisionText(
        id=provision.id,
        instrument=instrument.id,
        title=instrument.short[language],
        label=provision.label,
        pinpoint=view.pinpoint(provision, language),
        heading=view.heading(provision, language),
        path=list(provision.path),
        part=provision.part,
        tier=provision.tier,
        language=provision.language,
        text=provision.text,
        source=provision.source,
        verb=provision.verb,
        verb_words=getattr(verb, language, "") if verb else "",
        strength=provision.strength,
        notes=notes,
        links=[_link(view, one.target, one.label, one.text, one.start, one.end, language) for one in view.links.get(provision.id, ())],
        links_here=_links_here(view, provision, language),
        url=permalink(provision),
    )


def _links_here(view: Study, provision: Provision, language: Language) -> list[LinkOut]:
    found: dict[str, LinkOut] = {}
    for one in view.links_here.get(provision.id, ()):
        source = view.provisions[one.source_id]
        found.setdefault(source.id, _link(view, source.instrument, source.label, one.text, one.start, one.end, language))
    return list(found.values())


def _link(view: Study, target: str, label: str | None, text: str, start: int, end: int, language: Language) -> LinkOut:
    provision = view.provisions.get(f"{target}/{label}") if label else None
    held = view.instruments.get(target)
    return LinkOut(
        id=provision.id if provision else target,
        instrument=target,
        title=held.short[language] if held else target,
        pinpoint=view.pinpoint(provision, language) if provision else "",
        text=text,
        start=start,
        end=end,
        url=permalink(provision) if provision else f"/read/{target}",
    )
