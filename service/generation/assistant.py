"""An assistant that answers by a language model where it may, over the one that answers without."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from ingest.catalogue import Instrument
from ingest.links import LinkTable
from ingest.provision import Provision
from service.answer import Answer, Citation, Question, Refusal
from service.claims.check import Checker
from service.generation.generate import Said, Understood, generate
from service.generation.model import Model
from service.generation.prompt import Request
from service.serving import Assistant

OFFERED = 8
"""Provisions that a model is given at most."""


class GenerativeAssistant:
    """Answers as `inner` does; in mode auto and generative the language model puts what was found into its own, verified, sentences.

    What to refuse, and which provisions may be cited, is decided without the model.
    """

    def __init__(self, inner: Assistant, model: Model, *, timeout: float = 60.0) -> None:
        self._inner = inner
        self._model = model
        self._timeout = timeout

    @property
    def index_version(self) -> str:
        """Version of the index that is open."""
        return self._inner.index_version

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """By id, in the catalogue's order."""
        return self._inner.instruments

    @property
    def provisions(self) -> Mapping[str, Provision]:
        """By id, in reading order, notes included."""
        return self._inner.provisions

    @property
    def links(self) -> LinkTable:
        """Mentions of other instruments, both ways."""
        return self._inner.links

    @property
    def parallels(self) -> Mapping[str, Mapping[str, str]]:
        """The texts in other languages by provision id and language."""
        return self._inner.parallels

    @cached_property
    def checker(self) -> Checker:
        """Checks claims against the provisions."""
        return self._inner.checker

    def search(self, text: str, k: int, instruments: tuple[str, ...] = ()) -> list[Citation]:
        """The k nearest provisions, best first."""
        return self._inner.search(text, k, instruments)

    def is_current(self) -> bool:
        """Whether no newer index was switched to."""
        return self._inner.is_current()

    def close(self) -> None:
        """Gives back the index's files and ends calls of the model."""
        self._model.close()
        self._inner.close()

    def answer(self, question: Question, stop: threading.Event | None = None) -> Answer | Refusal:
        """Answers a question; `stop`, once set, ends the model's call."""
        *_, whole = self.stream(question, stop or threading.Event())
        assert isinstance(whole, Answer | Refusal)
        return whole

    def stream(self, question: Question, stop: threading.Event) -> Iterator[Understood | Said | Answer | Refusal]:
        """What the question was read as, each sentence of the model as soon as it is verified, and the whole reply; only that where it is not asked.

        Args:
            question: The question.
            stop: Set when nobody waits any more; ends the model's call.
        """
        extractive = self._inner.answer(question)
        if isinstance(extractive, Refusal) or question.mode == "extractive":
            yield extractive
            return
        yield Understood(extractive.interpreted_question, extractive.language)
        asked = extractive.interpreted_question or question.text
        request = Request(asked, extractive.language, self._offered(extractive, asked, question.instruments), _asked_before(question))
        for one in generate(request, extractive, self._model, self.checker, timeout=self._timeout, stop=stop):
            yield replace(one, interpreted_question=extractive.interpreted_question) if isinstance(one, Answer) else one

    def _offered(self, extractive: Answer, asked: str, instruments: tuple[str, ...]) -> tuple[Citation, ...]:
        """What the extractive answer cites, then what else is near."""
        scope = instruments or tuple(dict.fromkeys(one.provision.instrument for one in extractive.citations))
        near = self._inner.search(asked, OFFERED, scope)
        found = {one.provision.id: one for one in (*extractive.citations, *near)}
        return tuple(found.values())[:OFFERED]


def _asked_before(question: Question) -> tuple[str, ...]:
    """The earlier questions of the conversation, as they were asked."""
    return tuple(one if isinstance(one, str) else one.question for one in question.history)
