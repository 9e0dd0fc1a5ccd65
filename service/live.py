"""An answer streamed while it is made: a sentence as soon as it is verified, and an end to the model's call when nobody listens any more."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack

import anyio.to_thread

from service.answer import Answer, Question, Refusal
from service.generation.assistant import GenerativeAssistant
from service.generation.generate import Said
from service.presentation import citations_out
from service.schema import AskResponse
from service.stream import event, events

log = logging.getLogger(__name__)

Present = Callable[[Answer | Refusal], AskResponse]
"""Makes the reply into the response that `done` carries."""


def happenings(assistant: GenerativeAssistant, question: Question, present: Present, stop: threading.Event) -> Iterator[str]:
    """The events of an answer, each as soon as it can be known: `citation` and `sentence` once verified, then `done` with the whole answer.

    An answer that the model did not write comes at the end, all at once.
    """
    said: list[str] = []
    cited = 0
    try:
        for one in assistant.stream(question, stop):
            if not isinstance(one, Said):
                whole = present(one)
                if not said:
                    yield from events(whole)
                    return
                rest = whole.answer.removeprefix("".join(said))
                if rest:
                    yield event("sentence", {"text": rest})
                yield event("done", whole.model_dump(mode="json"))
                return
            for citation in citations_out(one.citations, assistant.instruments, question.language or "en"):
                cited += 1
                yield event("citation", citation.model_copy(update={"marker": cited}).model_dump(mode="json"))
            said.append((" " if said else "") + one.text)
            yield event("sentence", {"text": said[-1]})
    except Exception:  # the status is sent: what goes wrong now can only be told as an event
        log.exception("a streamed answer failed")
        yield event("error", {"title": "Internal Server Error", "status": 500, "detail": "The service met an error of its own. It has been logged."})


async def relayed(happening: Iterator[str], stop: threading.Event, held: ExitStack) -> AsyncIterator[str]:
    """The events, made in a thread; when the client goes away `stop` is set, and `held` (the assistant) is given back in any case."""
    try:
        while (one := await anyio.to_thread.run_sync(next, happening, None, abandon_on_cancel=True)) is not None:
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
