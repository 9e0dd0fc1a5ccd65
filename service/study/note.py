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
from babel.dates import format_date

from ingest.provision import Provision
from service.answer import Language
from service.problems import Fault
from service.study.note_check import MARKER, Chosen, ChosenItem, faults, located
from service.study.note_letters import has_arabic
from service.study.view import Study

__all__ = ["Block", "Chosen", "ChosenItem", "Footnote", "NotFaithful", "Note", "Run", "compose", "words_of"]


LONG = 60
"""Letters above which a foreign quote in an Arabic answer has lines of its own."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line: words, or the number of a footnote."""

    text: str = ""
    footnote: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the note; `language` is that of its words."""

    kind: Literal["title", "meta", "heading", "label", "text", "quote", "summary", "remark", "small"]
    runs: tuple[Run, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where words stand: `words`, then the `address` to open, then `mark`, which says that it is a summary, or ""."""

    words: str
    address: str
    mark: str

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self.words} {self.address}{f' ({self.mark})' if self.mark else ''}"


@dataclass(frozen=True, slots=True)
class Note:
    """What is set: blocks in order, and footnotes numbered from 1."""

    language: Language
    title: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]


class NotFaithful(Exception):
    """The note quotes what the texts do not say; `faults` name each place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.detail for fault in faults))
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
        NotFaithful: A citation names no stored provision, a quote does not stand there word for word, or an answer has a marker or a
            number that nothing cited bears out.
    """
    setter = _Setter(view, language, address)
    wrong = faults(view, items, setter.say, setter.name)
    if wrong:
        raise NotFaithful(wrong)
    return setter.note(title, items, version, today)


class _Setter:
    def __init__(self, view: Study, language: Language, address: str) -> None:
        self.view, self.language, self.address = view, language, address
        self.words = words_of(language)
        self.footnotes: list[Footnote] = []
        self.quotes = 0

    def say(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def name(self, provision: Provision) -> str:
        title = self.view.instruments[provision.instrument].short[self.language]
        return self.say("cited", title=title, pinpoint=self.view.pinpoint(provision, self.language))

    def day(self, date: dt.date) -> str:
        return str(format_date(date, "d MMMM y", locale=self.language))

    def note(self, title: str, items: Sequence[ChosenItem], version: str, today: dt.date) -> Note:
        title = " ".join(title.split()) or self.words["title"]
        body = [block for item in items for block in self._blocks(item)]
        line = self.say("checked", checked=self.quotes, quotes=self.quotes, date=self.day(today), version=version)
        remarks = f" {self.words['remarks_own']}" if any(item.remark.strip() for item in items) else ""
        blocks = [
            self._block("title", title),
            self._block("meta", self.say("made", date=self.day(today), version=version)),
            *body,
            self._block("small", f"{line} {self.words['official']}{remarks}"),
        ]
        return Note(self.language, title, tuple(blocks), tuple(self.footnotes))

    def _block(self, kind: Literal["title", "meta", "heading", "label", "remark", "small"], text: str) -> Block:
        return Block(kind, (Run(text),), self.language)

    def _blocks(self, item: ChosenItem) -> list[Block]:
        found = []
        if item.answer:
            found.append(self._block("heading", " ".join(item.question.split()) or self.words["question"]))
            for line in item.answer.splitlines():
                found += self._answered(line, item) if line.strip() else []
        else:
            for one in item.citations:
                found += self._provision(one)
        lines = [line.strip() for line in item.remark.splitlines() if line.strip()]
        return found + [self._block("remark", line if place else f"{self.words['remark']}: {line}") for place, line in enumerate(lines)]

    def _answered(self, line: str, item: ChosenItem) -> list[Block]:
        """A line of an answer; in an Arabic note a long quote in another direction has lines of its own, with its footnote, for inside the
        sentence its lines would each begin where the one before ends.
        """
        long = {one.quote: self.view.provisions[one.id].language for one in item.citations if len(one.quote) > LONG and not has_arabic(one.quote)}
        if not long or self.language != "ar":
            return [Block("text", self._with_footnotes(line, item), self.language)]
        quotes = "|".join(map(re.escape, sorted(long, key=len, reverse=True)))
        blocks = []
        for place, piece in enumerate(re.split(rf"([«“\"]\s?(?:{quotes})\s?[»”\"](?:\s*\[\d+\])?[.،؛\s]*)", line)):
            if piece.strip():
                runs = self._with_footnotes(piece.strip(), item)
                foreign = next((language for quote, language in long.items() if place % 2 and quote in piece), "")
                blocks.append(Block("quote" if foreign else "text", runs, foreign or self.language))
        return blocks

    def _with_footnotes(self, line: str, item: ChosenItem) -> tuple[Run, ...]:
        runs, done = [], 0
        for found in MARKER.finditer(line):
            runs.append(Run(line[done : found.start()]))
            runs.append(Run(footnote=self._footnote(item.citations[int(found[1]) - 1])))
            done = found.end()
        runs.append(Run(line[done:]))
        return tuple(run for run in runs if run.text or run.footnote)

    def _provision(self, one: Chosen) -> list[Block]:
        provision = self.view.provisions[one.id]
        heading, named = self.name(provision), self.view.heading(provision, self.language)
        found = [self._block("heading", f"{heading} – {named}" if named else heading)]
        if provision.tier == "digest":
            found.append(self._block("label", self.words["digest"]))
            runs = (Run(" ".join(provision.text.split())), Run(footnote=self._footnote(one)))
            return [*found, Block("summary", runs, provision.language)]
        quoted = one if one.quote else Chosen(one.id, provision.text, 0, len(provision.text))
        words = words_of(provision.language)["quote"].format(quote=quoted.quote)
        lines = [line for line in words.splitlines() if line.strip()]
        found += [Block("quote", (Run(line),), provision.language) for line in lines[:-1]]
        return [*found, Block("quote", (Run(lines[-1]), Run(footnote=self._footnote(quoted))), provision.language)]

    def _footnote(self, one: Chosen) -> int:
        where = located(self.view, one) or one
        provision = self.view.provisions[where.id]
        instrument = self.view.instruments[provision.instrument]
        self.quotes += bool(where.quote)
        parts = [instrument.title[self.language], self.day(instrument.date) if instrument.date else "", instrument.symbol]
        parts.append(self.view.pinpoint(provision, self.language))
        words = f"{self.words['comma']} ".join(part for part in parts if part)
        mark = self.words["digest"] if provision.tier == "digest" else ""
        self.footnotes.append(Footnote(f"{words}.", f"{self.address}/read/{provision.instrument}#{provision.label}", mark))
        return len(self.footnotes)


def words_of(language: str) -> dict[str, str]:
    """The words of notes in a language; English for one that notes are not written in."""
    return _words().get(language, _words()["en"])


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "note_words.yaml").read_text("utf-8"))
    return words
