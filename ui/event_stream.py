"""An answer as it comes: the service's server-sent events as checked data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from ui.api_client import ApiClient, Citation, Reply, Unavailable, unexpected


@dataclass(frozen=True)
class Interpreted:
    """The full question that the one asked was read as."""

    question: str


@dataclass(frozen=True)
class Sentence:
    """The next piece of the answer's text, verified."""

    text: str


Event = Interpreted | Citation | Sentence | Reply
"""A Reply is the last, and has the whole answer."""


class _Rewritten(BaseModel, frozen=True):
    interpreted_question: str


class _Said(BaseModel, frozen=True):
    text: str


class _Failed(BaseModel, frozen=True):
    detail: str = ""


def ask(client: ApiClient, question: str, *, conversation_id: str, instruments: Sequence[str] = ()) -> Iterator[Event]:
    """Asks a question as a part of a conversation, of some instruments if they are named; the last event is the whole reply.

    Raises:
        ServiceError: Any of its kinds, at any moment; also when the answer breaks off.
    """
    body: dict[str, object] = {"question": question, "conversation_id": conversation_id, "stream": True}
    body |= {"instruments": list(instruments)} if instruments else {}
    whole = False
    try:
        for event in read_events(client.stream("/v1/ask", body)):
            whole = whole or isinstance(event, Reply)
            yield event
    except ValidationError as error:
        raise unexpected(client.address) from error
    if not whole:
        raise Unavailable  # it broke off


def read_events(lines: Iterable[str]) -> Iterator[Event]:
    """The events in lines of `text/event-stream`; kinds that are not known are passed over, as the format asks.

    Raises:
        Unavailable: The service told that it failed.
        pydantic.ValidationError: An event is not what it should be.
    """
    kind, data = "", []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "event":
            kind = value.strip()
        elif name == "data":
            data.append(value.removeprefix(" "))
        elif not line:
            if data:
                yield from _event(kind, "\n".join(data))
            kind, data = "", []


def _event(kind: str, data: str) -> Iterator[Event]:
    if kind == "interpreted":
        yield Interpreted(_Rewritten.model_validate_json(data).interpreted_question)
    elif kind == "citation":
        yield Citation.model_validate_json(data)
    elif kind == "sentence":
        yield Sentence(_Said.model_validate_json(data).text)
    elif kind == "done":
        yield Reply.model_validate_json(data)
    elif kind == "error":
        raise Unavailable(_Failed.model_validate_json(data).detail)
