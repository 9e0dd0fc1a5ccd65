"""Who is in it: the States that the declaration's list names, and what the texts say of each and of their number."""

from __future__ import annotations

import re

from pydantic import BaseModel

from ingest.clauses import clauses
from ingest.provision import Provision
from retriever.names import codes, country_name, find_countries, group
from service.answer import Language
from service.states import Roll, rolls
from service.study.shapes import ProvisionText, provision_text
from service.study.view import Study

PROCESS = "khartoum-process"
COUNTED = ("khartoum-process/item-6", "khartoum-process/item-7", "khartoum-process/item-8", "khartoum-process/item-9", "khartoum-process/item-10")
"""Where the summary speaks of how many members there are, who they are, and why sources differ."""


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z«“(])")


class Mention(BaseModel):
    """A provision that names a State; `words` are the clause of an official text, or the sentence of a summary, that does."""

    id: str
    title: str
    pinpoint: str
    heading: str
    tier: str
    words: str
    url: str


class State(BaseModel):
    """A State; `written` is how the list writes it, "" when it does not."""

    code: str
    name: str
    written: str
    region: str
    mentions: list[Mention]


class StatesResponse(BaseModel):
    """The list, the provision that it stands in, the provisions on the number of members, and who these name beside the list."""

    states: list[State]
    beside: list[State]
    provision: ProvisionText | None
    start: int
    end: int
    on_the_count: list[ProvisionText]
    index_version: str


def states(view: Study, language: Language, index_version: str) -> StatesResponse:
    """The States of the first list that a text opens with; none without an index."""
    on_the_count = [provision_text(view, view.provisions[id], language) for id in COUNTED if id in view.provisions]
    roll = next(iter(rolls(view.index)), None) if view.index else None
    if roll is None:
        return StatesResponse(states=[], beside=[], provision=None, start=0, end=0, on_the_count=on_the_count, index_version=index_version)
    mentions = _mentions(view, roll, language)
    listed = codes(roll.names)
    written = {one.code: roll.provision.text[one.start : one.end] for one in reversed(roll.names)}
    beside = [code for one in on_the_count for code in codes(find_countries(view.provisions[one.id].text, "en")) if code not in written]
    return StatesResponse(
        states=[_state(code, written[code], mentions, language) for code in listed],
        beside=[_state(code, "", mentions, language) for code in dict.fromkeys(beside)],
        provision=provision_text(view, roll.provision, language),
        start=roll.start,
        end=roll.end,
        on_the_count=on_the_count,
        index_version=index_version,
    )


def _state(code: str, written: str, mentions: dict[str, list[Mention]], language: Language) -> State:
    region = "africa" if code in group("africa") else "europe"
    return State(code=code, name=country_name(code, language), written=written, region=region, mentions=mentions.get(code, []))


def _mentions(view: Study, roll: Roll, language: Language) -> dict[str, list[Mention]]:
    """Where the declaration, beyond its list, and the summary of the Process name each State."""
    found: dict[str, list[Mention]] = {}
    for one in view.numbered:
        if one.id == roll.provision.id or one.instrument not in {PROCESS, roll.provision.instrument}:
            continue
        for code, words in _named(one).items():
            found.setdefault(code, []).append(
                Mention(
                    id=one.id,
                    title=view.instruments[one.instrument].short[language],
                    pinpoint=view.pinpoint(one, language),
                    heading=view.heading(one, language),
                    tier=one.tier,
                    words=words,
                    url=f"/read/{one.instrument}#{one.label}",
                )
            )
    return found


def _named(provision: Provision) -> dict[str, str]:
    """The States that a provision names, each with the piece of its text that first does."""
    text = provision.text
    parts = [text[start:end] for start, end in clauses(text)] if provision.tier == "authentic" else _SENTENCE.split(text)
    found: dict[str, str] = {}
    for part in parts:
        for code in codes(find_countries(part, provision.language)):
            found.setdefault(code, part.strip(" ;,"))
    return found
