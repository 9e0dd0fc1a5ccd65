"""Earlier turns of a conversation, and what each was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.analysis import terms
from ingest.index import Index
from ingest.provision import Provision
from retriever.frames import without
from retriever.mentions import subjects
from retriever.names import find_countries
from retriever.pinpoints import find_pinpoints
from retriever.question import ParsedQuestion
from retriever.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that was answered, as it is remembered.

    Attributes:
        question: As it was asked.
        interpreted: The full question that it was read as; "" when it was one already.
        cited: Ids that the answer cited, best first; none of a refusal.
    """

    question: str
    interpreted: str = ""
    cited: tuple[str, ...] = ()


class Past:
    """An earlier turn, read. What it cited is looked up when it is asked for: most follow-ups need it not."""

    def __init__(self, question: ParsedQuestion, cited: tuple[str, ...] | None, retriever: Retriever, instruments: Sequence[str]) -> None:
        """Takes the full question, and what the answer cited, or None when that is not known."""
        self.question = question
        self._cited = cited
        self._retriever = retriever
        self._instruments = tuple(instruments)

    @property
    def index(self) -> Index:
        """The index that is searched."""
        return self._retriever.index

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """Ids that its answer cited, best first; of a question searched for again: those it names, or the best one."""
        if self._cited is not None:
            return self._cited
        found = self._retriever.search(self.question.text, 3, self._instruments, self.question.language)
        if found.kind != "ranked":
            return tuple(hit.provision for hit in found.hits)
        return tuple(hit.provision for hit in found.hits[:1]) if self._retriever.answers(found) else ()

    @cached_property
    def source(self) -> str:
        """The instrument that it was answered from, or that is searched first."""
        if len(self._instruments) == 1:
            return self._instruments[0]
        if self.cited:
            return self.index.provisions[self.cited[0]].instrument
        return next(iter(self._instruments or self.index.instruments), "")

    @cached_property
    def pinpointed(self) -> bool:
        """Whether it asked for provisions by number or place."""
        return bool(find_pinpoints(self.question.plain, self.question.frames, provisions_of(self.index, self.source)))

    @cached_property
    def listed(self) -> bool:
        """Whether it asked for every provision that mentions something."""
        return bool(subjects(self.question))

    @cached_property
    def base(self) -> tuple[Provision, ...]:
        """The provisions that "that" means: all that were asked for by number, otherwise the first one cited."""
        chosen = self.cited if self.pinpointed else self.cited[:1]
        return tuple(self.index.provisions[one] for one in chosen)

    @cached_property
    def states(self) -> bool:
        """Whether it asked who takes part."""
        words, matched = self.question.frames.words, self.question.plain
        if words["membership"].search(matched):
            return bool(self.question.countries or words["states"].search(matched))
        # "Is Norway in the Khartoum Process?": a country, the Process, and not a word beside them.
        named = [(one.start, one.end) for one in find_countries(self.question.rest, self.question.language)]
        rest = [found.span() for found in words["process"].finditer(matched)]
        return bool(named and rest) and not terms(without(self.question.rest, named + rest), self.question.language)


def provisions_of(index: Index, instrument: str) -> list[Provision]:
    """In reading order, notes included."""
    return [one for one in index.provisions.values() if one.instrument == instrument]
