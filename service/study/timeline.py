"""What happened when: instruments by the catalogue's dates, chairs by the digest's."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, Literal

import yaml
from babel.dates import format_date
from pydantic import BaseModel

from ingest.catalogue import CORPUS
from retriever.names import country_name
from service.answer import Language
from service.study.view import Study

FOLDER = CORPUS / "learning"


class Event(BaseModel):
    """An instrument's day, or a chair's time; `id` is an instrument's or a provision's, and its source.

    `start` and `end` are for drawing: where the source leaves the day open, the year's first or last. `said` is no finer than the source.
    """

    kind: Literal["instrument", "chair"]
    title: str
    detail: str
    said: str
    start: dt.date
    end: dt.date | None
    id: str
    tier: str
    url: str


class Stop(BaseModel):
    """A stop on the guided path; `text` is this project's own, `provisions` are ids."""

    id: str
    title: str
    text: str
    provisions: list[str]


@cache
def _data(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


def events(view: Study, language: Language) -> list[Event]:
    """In the order of their days; chairs whose source is not held are left out."""
    found = [
        Event(
            kind="instrument",
            title=one.short[language],
            detail=one.title[language],
            said=_day(one.date.isoformat(), language),
            start=one.date,
            end=None,
            id=one.id,
            tier=one.tier,
            url=f"/read/{one.id}",
        )
        for one in view.instruments.values()
        if one.date
    ]
    for entry in _data("chairs")["chairs"]:
        provision = view.provisions.get(entry["provision"])
        if provision:
            found.append(
                Event(
                    kind="chair",
                    title=country_name(entry["country"], language),
                    detail=view.heading(provision, language),
                    said=_term(entry["said"][0], entry["said"][1], language),
                    start=entry["from"],
                    end=entry["to"] or None,
                    id=provision.id,
                    tier=provision.tier,
                    url=f"/read/{provision.instrument}#{provision.label}",
                )
            )
    return sorted(found, key=lambda one: (one.start, one.kind, one.id))


def _term(first: str, last: str, language: Language) -> str:
    """From and to as people write them: "2018", "2020 – March 2022", "since April 2025"."""
    if not last:
        since: str = _data("chairs")["since"][language]
        return since.format(day=_day(first, language))
    return _day(first, language) if first == last else f"{_day(first, language)} – {_day(last, language)}"


def _day(said: str, language: Language) -> str:
    """A year, a month or a day: "2018", "March 2019", "9 April 2025"."""
    parts = [int(part) for part in said.split("-")]
    if len(parts) == 1:
        return said
    date = dt.date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return str(format_date(date, "d MMMM y" if len(parts) > 2 else "MMMM y", locale=language))


def stops(view: Study, language: Language) -> list[Stop]:
    """The guided path; provisions that are not held are left out of it."""
    return [
        Stop(
            id=entry["id"],
            title=entry["title"][language],
            text=entry["text"][language],
            provisions=[id for id in entry["provisions"] if id in view.provisions],
        )
        for entry in _data("path")["stops"]
    ]
