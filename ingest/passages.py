"""Passages: what is embedded. A provision, or a window of a long one; or a question that a provision answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from ingest.clauses import clauses
from ingest.provision import Provision
from ingest.questions import Asked

Kind = Literal["text", "question", "silent", "elsewhere"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WINDOW = 96
"""Word pieces of a window at most. Shorter than the model allows: a vector of one topic is nearer to a question on it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand for one provision in the vector index.

    Attributes:
        provision: Provision id; a passage never crosses a provision. Of `silent` the instrument's id, of `elsewhere` the first one's.
        kind: `text` for words of the provision itself, `question` for the editor's heading and questions, `silent` for questions that
            the editor knows the instrument not to answer, `elsewhere` for those that have nothing to do with any.
        language: ISO 639-1 code.
        text: What is embedded.
        start: Where the words begin in the provision's text; 0 for a question.
        end: Where they end; 0 for a question.
    """

    provision: str
    kind: Kind
    language: str
    text: str
    start: int = 0
    end: int = 0


def cut(provision: Provision, count_tokens: Callable[[str], int], window: int = WINDOW) -> Iterator[Passage]:
    """The passages of a provision's own text, in order: one, or overlapping windows of whole clauses when it is longer than `window`.

    Neighbouring windows share a clause. A single clause over the window is cut at a space, since nothing may be lost.
    """
    text = provision.text
    count_tokens = cache(count_tokens)
    if count_tokens(text) <= window:
        yield Passage(provision.id, "text", provision.language, text, 0, len(text))
        return
    pieces = [piece for start, end in clauses(text) for piece in _split(text, start, end, count_tokens, window)]
    # Each clause is counted once, without the model's own marks, and the counts are added: counting every window would take far longer.
    marks = count_tokens("")
    counts = [count_tokens(text[start:end]) - marks for start, end in pieces]
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and sum(counts[first : last + 2]) + marks <= window:
            last += 1
        start, end = pieces[first][0], pieces[last][1]
        yield Passage(provision.id, "text", provision.language, text[start:end], start, end)
        if last + 1 >= len(pieces):
            return
        first = last if last > first else last + 1


def _split(text: str, start: int, end: int, count_tokens: Callable[[str], int], window: int) -> Iterator[tuple[int, int]]:
    if count_tokens(text[start:end]) <= window:
        yield start, end
        return
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    space = space if space > start else text.find(" ", middle, end)
    if space <= start:
        yield start, end  # one word longer than the window: the encoder reads it in pieces
        return
    yield from _split(text, start, space, count_tokens, window)
    yield from _split(text, space + 1, end, count_tokens, window)


def asked(provision: Provision, entry: Asked | None) -> Iterator[Passage]:
    """The editor's heading and questions of a provision, as passages, and its own heading."""
    if provision.heading:
        yield Passage(provision.id, "question", provision.language, provision.heading)
    if entry:
        for language, heading in entry.heading.items():
            yield Passage(provision.id, "question", language, heading)
        for language, lines in entry.questions.items():
            for line in lines:
                yield Passage(provision.id, "question", language, line)


def unanswered(instrument: str, lists: Mapping[Literal["silent", "elsewhere"], Mapping[str, tuple[str, ...]]]) -> Iterator[Passage]:
    """The editor's questions that an instrument does not answer, as passages."""
    for kind, by_language in lists.items():
        for language, lines in by_language.items():
            for line in lines:
                yield Passage(instrument, kind, language, line)
