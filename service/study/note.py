"""A briefing note: what its writer chose, checked again against the stored provisions, ready to be set in Word or PDF."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from ingest.provision import Provision
from service.answer import Language
from service.problems import Fault
from service.study.view import Study

_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_QUOTED = re.compile(r"[“«\"]\s*([^“”«»\"]{12,}?)\s*[”»\"]")
"""What an answer sets between quotation marks; shorter pieces are single words under discussion."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A citation as the writer's side sent it; nothing of it is believed but the id."""

    id: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ChosenItem:
    """An answer (`question` and `answer`), a provision (one citation), or a remark alone."""

    question: str
    answer: str
    citations: tuple[Chosen, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line: words, or the number of a footnote."""

    text: str = ""
    footnote: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the note."""

    kind: Literal["title", "heading", "label", "text", "quote", "summary", "remark", "small"]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What is set: blocks in order, and footnotes numbered from 1."""

    language: Language
    title: str
    blocks: tuple[Block, ...]
    footnotes: tuple[str, ...]


class NotFaithful(Exception):
    """The note quotes what the texts do not say; `faults` name each place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.detail for fault in faults))
        self.faults = tuple(faults)


def compose(view: Study, title: str, items: Sequence[ChosenItem], language: Language, *, address: str, version: str, today: dt.date) -> Note:
    """The note, every quote of it checked.

    Args:
        view: The stored provisions.
        title: In the writer's words; a plain one when blank.
        items: In the writer's order.
        language: Of the note's own words.
        address: Where the reader's pages are, without a slash at the end.
        version: Of the index.
        today: The date to print.

    Raises:
        NotFaithful: A citation names no stored provision, or a quote does not stand there word for word.
    """
    faults = [fault for place, item in enumerate(items) for fault in _faults(view, item, f"/items/{place}")]
    if faults:
        raise NotFaithful(faults)
    return _Setter(view, language, address).note(title, items, version, today)


def _faults(view: Study, item: ChosenItem, pointer: str) -> list[Fault]:
    found = []
    held: list[Provision] = []
    for place, one in enumerate(item.citations):
        where = f"{pointer}/citations/{place}"
        provision = view.provisions.get(one.id)
        if provision is None:
            found.append(Fault(f"There is no provision {one.id!r}", pointer=f"{where}/id"))
            continue
        held.append(provision)
        if one.quote and (provision.tier != "authentic" or provision.text[one.start : one.end] != one.quote):
            found.append(Fault(f"The quote does not stand word for word in {one.id}", pointer=f"{where}/quote"))
    for words in _QUOTED.findall(item.answer):
        if words not in item.question and not any(_folded(words) in _folded(one.text) for one in held):
            found.append(Fault(f"The answer quotes words that no provision it cites has: {words[:80]!r}", pointer=f"{pointer}/answer"))
    for marker in _MARKER.findall(item.answer):
        if not 1 <= int(marker) <= len(item.citations):
            found.append(Fault(f"The answer has a marker [{marker}] without a citation", pointer=f"{pointer}/answer"))
    return found


def _folded(text: str) -> str:
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


class _Setter:
    def __init__(self, view: Study, language: Language, address: str) -> None:
        self.view, self.language, self.address = view, language, address
        self.words = _words()[language]
        self.footnotes: list[str] = []
        self.quotes = 0

    def note(self, title: str, items: Sequence[ChosenItem], version: str, today: dt.date) -> Note:
        title = " ".join(title.split()) or self.words["title"]
        blocks = [Block("title", (Run(title),))]
        for item in items:
            blocks += self._blocks(item)
        line = self.words["checked"].format(checked=self.quotes, quotes=self.quotes, date=today.isoformat(), version=version)
        remarks = f" {self.words['remarks_own']}" if any(item.remark.strip() for item in items) else ""
        blocks.append(Block("small", (Run(f"{line} {self.words['official']}{remarks}"),)))
        return Note(self.language, title, tuple(blocks), tuple(self.footnotes))

    def _blocks(self, item: ChosenItem) -> list[Block]:
        found = []
        if item.answer:
            found.append(Block("heading", (Run(" ".join(item.question.split()) or self.words["question"]),)))
            found += [Block("text", self._with_footnotes(line, item)) for line in item.answer.splitlines() if line.strip()]
        else:
            for one in item.citations:
                found += self._provision(one)
        found += [Block("remark", (Run(f"{self.words['remark']}: {line.strip()}"),)) for line in item.remark.splitlines() if line.strip()]
        return found

    def _with_footnotes(self, line: str, item: ChosenItem) -> tuple[Run, ...]:
        runs, done = [], 0
        for found in _MARKER.finditer(line):
            runs.append(Run(line[done : found.start()]))
            runs.append(Run(footnote=self._footnote(item.citations[int(found[1]) - 1])))
            done = found.end()
        runs.append(Run(line[done:]))
        return tuple(run for run in runs if run.text or run.footnote)

    def _provision(self, one: Chosen) -> list[Block]:
        provision = self.view.provisions[one.id]
        title = self.view.instruments[provision.instrument].short[self.language]
        heading = self.words["cited"].format(title=title, pinpoint=self.view.pinpoint(provision, self.language))
        named = self.view.heading(provision, self.language)
        found = [Block("heading", (Run(f"{heading} – {named}" if named else heading),))]
        if provision.tier == "digest":
            found.append(Block("label", (Run(self.words["digest"]),)))
            found.append(Block("summary", (Run(" ".join(provision.text.split())), Run(footnote=self._footnote(one)))))
            return found
        quoted = one if one.quote else Chosen(one.id, provision.text, 0, len(provision.text))
        words = self.words["quote"].format(quote=quoted.quote)
        lines = [line for line in words.splitlines() if line.strip()]
        found += [Block("quote", (Run(line),)) for line in lines[:-1]]
        return [*found, Block("quote", (Run(lines[-1]), Run(footnote=self._footnote(quoted))))]

    def _footnote(self, one: Chosen) -> int:
        provision = self.view.provisions[one.id]
        instrument = self.view.instruments[provision.instrument]
        self.quotes += bool(one.quote)
        parts = [self.words["cited"].format(title=instrument.title[self.language], pinpoint=self.view.pinpoint(provision, self.language))]
        parts += [part for part in (instrument.symbol, instrument.date.isoformat() if instrument.date else "") if part]
        text = f"{', '.join(parts)}. {self.address}/read/{provision.instrument}#{provision.label}"
        if provision.tier == "digest":
            text += f" ({self.words['digest']})"
        self.footnotes.append(text)
        return len(self.footnotes)


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "note_words.yaml").read_text("utf-8"))
    return words
