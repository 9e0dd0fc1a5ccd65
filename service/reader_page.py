"""The reader: a whole instrument as one HTML page, every provision at its own anchor, cited words marked where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import yaml

from ingest.catalogue import Instrument
from ingest.provision import Provision
from service.answer import Language
from service.presentation import pinpoint_in
from service.reader_layout import Line, anchors_in, lay_out
from service.reader_mark import Mark
from service.schema import LinkOut, LinksOut, ParallelOut

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES: tuple[Language, ...] = ("en", "fr", "ar")

_NO_LINKS = LinksOut(forward=[], back=[])
_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title above provisions; `level` is that of the HTML element, 2 to 6."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note as the page shows it."""

    label: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision as the page shows it: the headings that begin above it, its lines, its notes."""

    provision: Provision
    pinpoint: str
    headings: tuple[Heading, ...]
    level: int
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    related: tuple[LinkOut, ...] = ()
    back: tuple[LinkOut, ...] = ()
    parallels: tuple[ParallelOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the text, by provision id: where its words lead, what mentions it, and its other languages. `instrument` has what
    mentions the instrument as a whole.
    """

    links: Mapping[str, LinksOut] = field(default_factory=dict)
    parallels: Mapping[str, Sequence[ParallelOut]] = field(default_factory=dict)
    instrument: Sequence[LinkOut] = ()


def render(
    instrument: Instrument,
    provisions: Sequence[Provision],
    *,
    language: Language,
    mark: Mark | None,
    lost: bool = False,
    around: Around = Around(),
) -> str:
    """The whole page.

    Args:
        instrument: What is read.
        provisions: Of this instrument, in reading order, notes included.
        language: Of the page's own words; the text stays in its own.
        mark: The words to mark, or None.
        lost: Words were asked for and do not stand in the text; the page says so.
        around: Links, and other languages.
    """
    return _environment.get_template("reader.html").render(
        instrument=instrument,
        entries=_entries(instrument, provisions, language, mark, around),
        mentioned=[link for link in around.instrument if link.text],
        symbol=" · ".join(filter(None, (instrument.symbol, instrument.celex, instrument.treaty_series))),
        pinpoints={one.label: pinpoint_in(instrument, one, language) for one in provisions},
        mark=mark,
        marked_pinpoint=pinpoint_in(instrument, mark.provision, language) if mark else "",
        lost=lost,
        language=language,
        languages=LANGUAGES,
        direction="rtl" if language == "ar" else "ltr",
        words=_words()[language],
        address=instrument.address if instrument.address.startswith(("https://", "http://")) else "",
    )


def render_problem(title: str, detail: str) -> str:
    """A problem as a page, for a person who followed a link that leads nowhere."""
    return _environment.get_template("problem.html").render(title=title, detail=detail)


@cache
def _words() -> Mapping[Language, Mapping[str, Any]]:
    words: Mapping[Language, Mapping[str, Any]] = yaml.safe_load((TEMPLATES / "reader.yaml").read_text("utf-8"))
    return words


def _entries(instrument: Instrument, provisions: Sequence[Provision], language: Language, mark: Mark | None, around: Around) -> list[Entry]:
    """Those without a parent; what they hold stands inside them."""
    children: dict[str, list[Provision]] = {}
    for provision in provisions:
        if provision.parent is not None:
            children.setdefault(provision.parent, []).append(provision)
    tops = [provision for provision in provisions if provision.parent is None]
    several_parts = len({provision.part for provision in tops}) > 1
    part_names = _words()[language]["parts"]

    entries: list[Entry] = []
    above: tuple[str, ...] = ()
    for provision in tops:
        own = provision.path[0].casefold() if provision.path else ""
        said_already = any(own == words["parts"][provision.part].casefold() for words in _words().values())
        path = ((part_names[provision.part],) if several_parts and not said_already else ()) + provision.path
        anchors = anchors_in(provision, children)
        starts = {label: offset for offset, label in anchors} | {provision.label: 0}
        links = around.links.get(provision.id, _NO_LINKS)
        inside = [links.back, *(around.links.get(f"{instrument.id}/{label}", _NO_LINKS).back for _, label in anchors)]
        span = None
        if mark is not None and mark.provision.label in starts:
            base = starts[mark.provision.label]
            span = (base + mark.start, base + mark.end)
        entries.append(
            Entry(
                provision=provision,
                pinpoint=pinpoint_in(instrument, provision, language),
                headings=tuple(_new_headings(above, path, provision.label)),
                level=min(2 + len(path), 6),
                lines=tuple(lay_out(provision.text, anchors, span, [(link.start, link.end, link.url) for link in links.forward if link.text])),
                notes=tuple(_notes(provision, children)),
                related=tuple(link for link in links.forward if not link.text),
                back=tuple({(link.id, link.start): link for group in inside for link in group}.values()),
                parallels=tuple(around.parallels.get(provision.id, ())),
            )
        )
        above = path
    return entries


def _new_headings(above: tuple[str, ...], path: tuple[str, ...], label: str) -> Iterable[Heading]:
    for depth, text in enumerate(path):
        if above[: depth + 1] != path[: depth + 1]:
            yield Heading(level=min(2 + depth, 6), text=text, anchor=f"above-{label}-{depth}")


def _notes(provision: Provision, children: Mapping[str, Sequence[Provision]]) -> Iterable[Note]:
    """The notes to it and to what it holds, in order."""
    for child in children.get(provision.label, ()):
        if child.kind == "note":
            yield Note(child.label, child.label.rpartition("-")[2], child.text)
        else:
            yield from _notes(child, children)
