"""An answer streamed while it is made: a sentence as soon as it is verified, and an end to the model's call when nobody listens any more."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack

import anyio.from_thread
import anyio.to_thread
from starlette.requests import Request

from service.answer import Answer, Question, Refusal
from service.generation.assistant import GenerativeAssistant
from service.generation.generate import Said, Understood
from service.presentation import citations_out
from service.schema import AskResponse
from service.serving import Assistant
from service.stream import event, events

PATIENCE = 10.0
"""Seconds without an event after which a comment is sent: proxies close what is silent."""
WAITING = ": waiting for the language model\n\n"
LOOK_EVERY = 0.25
"""Seconds between two looks whether a client is still there."""
log = logging.getLogger(__name__)

Present = Callable[[Answer | Refusal], AskResponse]
"""Makes the reply into the response that `done` carries."""


def happenings(assistant: GenerativeAssistant, question: Question, present: Present, stop: threading.Event) -> Iterator[str]:
    """The events of an answer, each as soon as it can be known: `interpreted`, `citation` and `sentence` once verified, `done` with all of it.

    An answer that the model did not write comes at the end, all at once.
    """
    said: list[str] = []
    cited = 0
    understood = Understood("", question.language or "en")
    try:
        for one in assistant.stream(question, stop):
            if isinstance(one, Understood):
                understood = one
                if one.interpreted_question:
                    yield event("interpreted", {"interpreted_question": one.interpreted_question})
                continue
            if not isinstance(one, Said):
                whole = present(one)
                if not said:
                    yield from events(whole, interpreted=not understood.interpreted_question)
                    return
                rest = whole.answer.removeprefix("".join(said))
                if rest:
                    yield event("sentence", {"text": rest})
                yield event("done", whole.model_dump(mode="json"))
                return
            for citation in citations_out(one.citations, assistant.instruments, understood.language):
                cited += 1
                yield event("citation", citation.model_copy(update={"marker": cited}).model_dump(mode="json"))
            said.append((" " if said else "") + one.text)
            yield event("sentence", {"text": said[-1]})
    except Exception:  # the status is sent: what goes wrong now can only be told as an event
        log.exception("a streamed answer failed")
        yield event("error", {"title": "Internal Server Error", "status": 500, "detail": "The service met an error of its own. It has been logged."})


class Gone(threading.Event):
    """Set once the client of a request has gone away. Asked in the thread of an endpoint alone, which is where the model is waited for."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self._request = request
        self._looked = time.monotonic()

    def is_set(self) -> bool:
        """Whether the client is gone; looks again when the last look is long enough ago."""
        if not super().is_set() and time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            if anyio.from_thread.run(self._request.is_disconnected):
                self.set()
        return super().is_set()


def answered(assistant: Assistant, question: Question, request: Request) -> Answer | Refusal:
    """The whole answer; a client that goes away stops the model's call."""
    return assistant.answer(question, Gone(request)) if isinstance(assistant, GenerativeAssistant) else assistant.answer(question)


async def relayed(happening: Iterator[str], stop: threading.Event, held: ExitStack) -> AsyncIterator[str]:
    """The events, made in a thread; when the client goes away `stop` is set, and `held` (the assistant) is given back in any case."""
    try:
        while True:
            coming = asyncio.ensure_future(anyio.to_thread.run_sync(next, happening, None, abandon_on_cancel=True))
            try:
                while not (await asyncio.wait({coming}, timeout=PATIENCE))[0]:
                    yield WAITING
            finally:
                coming.cancel()
            if (one := coming.result()) is None:
                return
            yield one
    finally:
        stop.set()
        threading.Thread(target=_end, args=(happening, held), name="end-stream", daemon=True).start()


def _end(happening: Iterator[str], held: ExitStack) -> None:
    """Closes the events, which ends the model's call, once the thread that makes the next one has let go of them; then gives `held` back."""
    try:
        while True:
            try:
                happening.close()  # type: ignore[attr-defined]
            except ValueError:  # it is being executed; `stop` ends that soon
                time.sleep(0.02)
            else:
                return
    finally:
        held.close()
