"""The system that is measured: the assistant and its retriever over an index."""

from __future__ import annotations

import json
import time

from evals.outcome import DEPTH, Cited, Outcome
from evals.replay import ReplayingEncoder
from evals.sets import Row
from ingest.index import Index
from retriever.retriever import Retriever
from service.answer import Answer, Question, Refusal
from service.assistant import Assistant
from service.terminal import as_data

WARMING = ("What is said about return?", "Que dit le texte du retour ?", "ماذا يقول النص عن العودة؟")


class Ours:
    """The assistant, in its mode without a language model."""

    refuses = True

    def __init__(self, index: Index, name: str = "ours") -> None:
        self.name = name
        self.index = index
        self._assistant = Assistant(index)
        self._retriever = Retriever(index)

    def warm(self) -> None:
        """Reads what is read once for each language, so that no question pays for it; what the first one pays is the cold start."""
        for text in WARMING:
            self._assistant.answer(Question(text))

    def ask(self, row: Row, scope: tuple[str, ...], *, replay: bool = False) -> Outcome:
        """Asks the assistant, and the retriever for what it ranked; see `System.ask`.

        Args:
            row: The question.
            scope: Instruments to search in.
            replay: Take vectors that were computed before; no time is taken then.
        """
        begun = time.perf_counter()
        answer = self.answer(row, scope, replay=replay)
        took = (time.perf_counter() - begun) * 1000
        self._replay(True)
        # A follow-up is searched for as the assistant read it.
        found = self._retriever.search(answer.interpreted_question or row.question, DEPTH, row.instruments or scope)
        ruled_out = found.question.fabricates or not found.question.rest
        return Outcome(
            row,
            "answered" if isinstance(answer, Answer) else answer.reason,
            tuple(hit.provision for hit in found.hits[:DEPTH]),
            cited(answer),
            0.0 if ruled_out else found.answerable,
            found.kind == "ranked" and not ruled_out,
            0.0 if replay else took,
            body(answer),
        )

    def answer(self, row: Row, scope: tuple[str, ...], *, replay: bool = False) -> Answer | Refusal:
        """What the assistant says; see `ask`."""
        self._replay(replay)
        return self._assistant.answer(Question(row.question, row.instruments or scope, history=row.conversation))

    def _replay(self, on: bool) -> None:
        if isinstance(self.index.encoder, ReplayingEncoder):
            self.index.encoder.replay = on


def cited(answer: Answer | Refusal) -> tuple[Cited, ...]:
    """The citations of an answer, best first; of a refusal none."""
    return tuple(Cited(one.provision.id, one.quote, one.start, one.end) for one in answer.citations) if isinstance(answer, Answer) else ()


def body(answer: Answer | Refusal) -> str:
    """Everything that an asker gets, as text."""
    return json.dumps({**as_data(answer), "interpreted_question": answer.interpreted_question}, ensure_ascii=False, sort_keys=True)
