"""Answers a question by a language model, sentence by verified sentence, and by the extractive answer where that fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.answer import Answer, Citation, Language, Refusal, Verified
from service.claims.check import Checker
from service.generation.checked import Shown, Verifier, numbered
from service.generation.fallback import broken, fallback, left_out, summary_mark
from service.generation.grammar import Parser, Sentence
from service.generation.model import FIRST_PAUSE, LONGEST_PAUSE, Deadline, Model, ModelFailed, Why
from service.generation.prompt import Request, messages, shorter

ATTEMPTS = 4
"""Calls of the model for one question at most."""
MOST_SENTENCES = 12

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """A verified sentence with its markers, and the citations that it is the first to use."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What the question was read as, known before the model is asked.

    Attributes:
        interpreted_question: "" where it was taken as it is.
        language: Of the answer.
    """

    interpreted_question: str
    language: Language


@dataclass(slots=True)
class _Draft:
    """What came of the model so far."""

    shown: list[Shown] = field(default_factory=list)
    dropped: int = 0
    parsed: int = 0


def generate(
    request: Request, extractive: Answer, model: Model, checker: Checker, *, timeout: float, stop: threading.Event
) -> Iterator[Said | Answer | Refusal]:
    """Each sentence once it is verified, then the whole answer: the model's, or the extractive one with a note.

    Args:
        request: What the model is asked.
        extractive: What is answered when the model fails. Also how the citations are worded.
        model: The model.
        checker: Checks its sentences.
        timeout: Seconds for everything, all calls together.
        stop: Set by whoever no longer wants the answer; the call of the model is then cut off.
    """
    deadline = Deadline.within(timeout)
    draft = _Draft()
    fault, pause = "", FIRST_PAUSE
    why: Why = "error"
    cut = False
    for _ in range(ATTEMPTS):
        try:
            for shown in _attempt(request, fault, model, checker, draft, deadline, stop):
                yield _said(draft, shown, request)
            if draft.shown or stop.is_set():
                break
            if fault or not deadline.left:
                why = "unverified" if draft.dropped and draft.parsed else "form" if draft.dropped else "empty"
                break
            fault, why = _fault(draft)
        except ModelFailed as error:
            log.warning("the language model failed (%s): %s", error.why, str(error)[:300])
            why = error.why
            if draft.shown:
                cut = True
                break
            if error.why == "length":
                request = Request(request.question, request.language, shorter(request.offered), request.history[-1:])
            wait = pause if error.pause is None else error.pause
            if not error.again or not request.offered or wait >= deadline.left or stop.wait(wait):
                break
            pause = min(2 * pause, LONGEST_PAUSE)
    yield _whole(draft, request, cut=cut) if draft.shown else fallback(extractive, why)


def _attempt(
    request: Request, fault: str, model: Model, checker: Checker, draft: _Draft, deadline: Deadline, stop: threading.Event
) -> Iterator[Shown]:
    """The verified sentences of one call of the model; counts those that are not."""
    parser, verifier = Parser(), Verifier(checker, request.offered, request.language)
    draft.dropped = draft.parsed = 0
    pieces = model.stream(messages(request, fault), deadline, stop)
    try:
        for piece in pieces:
            yield from _verified(list(parser.feed(piece)), verifier, draft)
            if parser.truncated or len(draft.shown) >= MOST_SENTENCES:
                return
    finally:
        pieces.close()  # type: ignore[attr-defined]
    yield from _verified(list(parser.finish()), verifier, draft)


def _verified(sentences: Sequence[Sentence], verifier: Verifier, draft: _Draft) -> Iterator[Shown]:
    if not sentences:
        return
    draft.parsed += sum(bool(one.ids) for one in sentences)
    for shown in verifier.verify(sentences):
        if shown is None:
            draft.dropped += 1
        elif len(draft.shown) < MOST_SENTENCES and shown.text not in {one.text for one in draft.shown}:
            draft.shown.append(shown)
            yield shown


def _fault(draft: _Draft) -> tuple[str, Why]:
    """What to tell a model whose answer had nothing that could be shown."""
    if not draft.dropped:
        return "it was empty", "empty"
    if not draft.parsed:
        return "no sentence had the id of a provision in square brackets after it", "form"
    return "no sentence was supported by the provision that it named, or it named an id that was not given", "unverified"


def _said(draft: _Draft, shown: Shown, request: Request) -> Said:
    summary = summary_mark(request.language)
    texts, after = numbered(draft.shown, summary)
    _, before = numbered(draft.shown[:-1], summary)
    return Said(texts[-1], after[len(before) :])


def _whole(draft: _Draft, request: Request, *, cut: bool) -> Answer:
    texts, citations = numbered(draft.shown, summary_mark(request.language))
    notes = [broken(request.language) if cut else "", left_out(request.language, draft.dropped)]
    quotes = sum(one.quotes for one in draft.shown)
    counts = Verified(quotes, quotes, sentences=len(draft.shown) + draft.dropped, dropped=draft.dropped)
    return Answer(" ".join([*texts, *filter(None, notes)]), request.language, citations, counts, partial=cut, mode="generative")
