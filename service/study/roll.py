"""Who is in it: the States that the declaration's list names, and what the texts say of each and of their number."""

from __future__ import annotations

from pydantic import BaseModel

from retriever.names import codes, country_name, find_countries, group
from service.answer import Language
from service.states import rolls
from service.study.shapes import ProvisionText, provision_text
from service.study.view import Study

COUNTED = ("khartoum-process/item-6", "khartoum-process/item-7", "khartoum-process/item-8", "khartoum-process/item-9", "khartoum-process/item-10")
"""Where the summary speaks of how many members there are, who they are, and why sources differ."""


class Mention(BaseModel):
    """A provision that names a State."""

    id: str
    title: str
    pinpoint: str
    heading: str
    tier: str
    url: str


class State(BaseModel):
    """A State on the list; `written` is how the text writes it."""

    code: str
    name: str
    written: str
    region: str
    mentions: list[Mention]


class StatesResponse(BaseModel):
    """The list, the provision that it stands in, and the provisions on the number of members."""

    states: list[State]
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
        return StatesResponse(states=[], provision=None, start=0, end=0, on_the_count=on_the_count, index_version=index_version)
    mentions: dict[str, list[Mention]] = {}
    for one in view.numbered:
        if one.id == roll.provision.id or one.instrument not in {"khartoum-process", roll.provision.instrument}:
            continue
        for code in codes(find_countries(one.text, one.language)):
            mentions.setdefault(code, []).append(
                Mention(
                    id=one.id,
                    title=view.instruments[one.instrument].short[language],
                    pinpoint=view.pinpoint(one, language),
                    heading=view.heading(one, language),
                    tier=one.tier,
                    url=f"/read/{one.instrument}#{one.label}",
                )
            )
    african = group("africa")
    written = {one.code: roll.provision.text[one.start : one.end] for one in reversed(roll.names)}
    return StatesResponse(
        states=[
            State(
                code=code,
                name=country_name(code, language),
                written=written[code],
                region="africa" if code in african else "europe",
                mentions=mentions.get(code, []),
            )
            for code in codes(roll.names)
        ],
        provision=provision_text(view, roll.provision, language),
        start=roll.start,
        end=roll.end,
        on_the_count=on_the_count,
        index_version=index_version,
    )
