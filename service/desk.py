"""What the routes work with: the assistant in service, the gate before it, and what cannot be served told as problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from ingest.catalogue import Instrument
from ingest.provision import Provision
from service.conversations import Conversations
from service.load import Gate, Overloaded
from service.problems import Fault, Problem
from service.serving import Assistant, NotReady, Serving


@dataclass(frozen=True)
class Desk:
    """One for each application.

    Attributes:
        language_model: Name of the language model that answers in generative mode, or "" when there is none.
        public_url: Where whoever reads an answer reaches the service, for links; "" for where it was asked.
        conversations: Where turns are kept; None where nothing is, and every question is read alone.
    """

    serving: Serving
    gate: Gate
    language_model: str = ""
    conversations: Conversations | None = None
    public_url: str = ""

    @contextmanager
    def assistant(self) -> Iterator[Assistant]:
        """The assistant, kept open for the length of the block.

        Raises:
            Problem: 503, with Retry-After: it is not ready, or has too much to do.
        """
        try:
            with self.gate.entered(), self.serving.assistant() as assistant:
                yield assistant
        except Overloaded:
            raise Problem(503, "overloaded", "Too many questions at once. Ask again in a second.", headers={"Retry-After": "1"}) from None
        except NotReady as error:
            raise not_ready(error) from None


def not_ready(error: NotReady) -> Problem:
    """The 503 for an assistant that cannot be had: the reason, or that it is starting."""
    if error.reason:
        return Problem(503, "index-unavailable", f"The index cannot be opened: {error.reason}", headers={"Retry-After": "5"})
    return Problem(503, "starting", "The service is starting: the index is being opened.", headers={"Retry-After": "1"})


async def get_desk(request: Request) -> Desk:
    """The application's desk, for routes."""
    desk: Desk = request.app.state.desk  # async, so that FastAPI spends no thread on it
    return desk


AtDesk = Annotated[Desk, Depends(get_desk)]


def check_instruments(asked: Sequence[str], assistant: Assistant, *, pointer: str | None = None, parameter: str | None = None) -> None:
    """Lets instruments pass that are held; their list is at `pointer` in the body or came in the query as `parameter`.

    Raises:
        Problem: 422, naming each instrument that is not held.
    """
    unknown = [(place, name) for place, name in enumerate(asked) if name not in assistant.instruments]
    if not unknown:
        return
    names = ", ".join(repr(name) for _, name in unknown)
    faults = tuple(
        Fault(f"There is no instrument {name!r}", pointer=None if pointer is None else f"{pointer}/{place}", parameter=parameter)
        for place, name in unknown
    )
    raise Problem(422, "unknown-instrument", f"Not held: {names}. {_held(assistant)}", faults=faults)


def instrument_at(assistant: Assistant, instrument_id: str) -> Instrument:
    """The instrument of that id.

    Raises:
        Problem: 404.
    """
    try:
        return assistant.instruments[instrument_id]
    except KeyError:
        fault = Fault("There is no instrument with this id", parameter="id")
        raise Problem(404, "unknown-instrument", f"Not held: {instrument_id!r}. {_held(assistant)}", faults=(fault,)) from None


def provision_at(assistant: Assistant, instrument_id: str, label: str, *, parameter: str = "label") -> Provision:
    """The provision of that label; `parameter` is what the label came in.

    Raises:
        Problem: 404.
    """
    instrument_at(assistant, instrument_id)
    try:
        return assistant.provisions[f"{instrument_id}/{label}"]
    except KeyError:
        detail = f"{instrument_id!r} has no provision {label!r}. Its labels are listed at /v1/instruments/{instrument_id}."
        raise Problem(404, "unknown-label", detail, faults=(Fault("There is no provision with this label", parameter=parameter),)) from None


def provisions_of(assistant: Assistant, instrument_id: str) -> list[Provision]:
    """In reading order, notes included."""
    return [provision for provision in assistant.provisions.values() if provision.instrument == instrument_id]


def _held(assistant: Assistant) -> str:
    return "All ids are listed at /v1/instruments." if len(assistant.instruments) > 5 else f"Held: {', '.join(assistant.instruments)}."
