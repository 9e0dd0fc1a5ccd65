"""The assistant in service: opened behind the server's back, exchanged when the index on disk is, closed when nobody uses it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from ingest.catalogue import Instrument
from ingest.links import LinkTable
from ingest.provision import Provision
from service.answer import Answer, Citation, Question, Refusal
from service.claims.check import Checker

CHECK_EVERY = 1.0
RETRY_AFTER = 5.0

log = logging.getLogger(__name__)


class Assistant(Protocol):
    """What the HTTP interface asks of an assistant; `service.assistant.Assistant` is one."""

    @property
    def index_version(self) -> str:
        """Version of the index that is open."""

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """By id, in the catalogue's order."""

    @property
    def provisions(self) -> Mapping[str, Provision]:
        """By id, in reading order, notes included."""

    @property
    def links(self) -> LinkTable:
        """Mentions of other instruments, both ways."""

    @property
    def parallels(self) -> Mapping[str, Mapping[str, str]]:
        """The texts in other languages by provision id and language."""

    @property
    def checker(self) -> Checker:
        """Checks claims against the provisions."""

    def answer(self, question: Question) -> Answer | Refusal:
        """Answers a question."""

    def search(self, text: str, k: int, instruments: tuple[str, ...] = ()) -> list[Citation]:
        """The k nearest provisions, best first."""

    def is_current(self) -> bool:
        """False once another index was switched to on disk."""

    def close(self) -> None:
        """Gives back what it holds."""


class NotReady(Exception):
    """No assistant can be had now.

    Attributes:
        reason: Why, in one line; "" while the first one is being opened.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason or "the index is being opened")
        self.reason = reason


@dataclass
class _Lease:
    assistant: Assistant
    users: int = 0
    retired: bool = False


class Serving:
    """Hands out the current assistant to many threads at once.

    Args:
        open_assistant: Opens an assistant over the index that is current on disk; may take seconds, may raise anything.
    """

    def __init__(self, open_assistant: Callable[[], Assistant]) -> None:
        self._open = open_assistant
        self._lock = threading.Lock()
        self._exchange = threading.Lock()
        self._lease: _Lease | None = None
        self._reason = ""
        self._next_look = 0.0
        self._opening = False
        self._closed = False

    def start(self) -> None:
        """Begins to open the assistant in a thread; does nothing while one is already being opened."""
        with self._lock:
            if self._opening or self._closed:
                return
            self._opening = True
        threading.Thread(target=self._open_first, name="open-assistant", daemon=True).start()

    def _open_first(self) -> None:
        try:
            assistant = self._open()
        except Exception as error:  # whatever it is, it must reach those who ask as a reason, not end the server
            log.exception("the assistant could not be opened")
            with self._lock:
                self._reason = one_line(error)
                self._opening = False
                self._next_look = time.monotonic() + RETRY_AFTER
            return
        with self._lock:
            self._opening = False
            if not self._closed:
                self._lease, self._reason = _Lease(assistant), ""
                self._next_look = time.monotonic() + CHECK_EVERY
                return
        assistant.close()

    @contextmanager
    def assistant(self) -> Iterator[Assistant]:
        """The current assistant, kept open until the block ends.

        Raises:
            NotReady: It is still being opened, or could not be.
        """
        self._look_for_another()
        with self._lock:
            lease = self._lease
            if lease is None:
                raise NotReady(self._reason)
            lease.users += 1
        try:
            yield lease.assistant
        finally:
            with self._lock:
                lease.users -= 1
                unused = lease.retired and lease.users == 0
            if unused:
                lease.assistant.close()

    @property
    def index_version(self) -> str:
        """Of the assistant in service.

        Raises:
            NotReady: There is none.
        """
        with self._lock:
            if self._lease is None:
                raise NotReady(self._reason)
            return self._lease.assistant.index_version

    def _look_for_another(self) -> None:
        """At most once a second, and in one thread only: the others go on with the assistant that they have."""
        if time.monotonic() < self._next_look or not self._exchange.acquire(blocking=False):
            return
        try:
            with self._lock:
                lease, failed = self._lease, bool(self._reason)
                self._next_look = time.monotonic() + CHECK_EVERY
            if lease is None:
                if failed:
                    self.start()
            elif not lease.assistant.is_current():
                self._put_in_service()
        finally:
            self._exchange.release()

    def _put_in_service(self) -> None:
        try:
            assistant = self._open()
        except Exception:  # the old index still answers well; the next look comes later
            log.exception("the new index could not be opened; the one in service stays")
            self._next_look = time.monotonic() + RETRY_AFTER
            return
        with self._lock:
            old, self._lease = self._lease, _Lease(assistant)
            if old is not None:
                old.retired = True
            unused = old if old is not None and old.users == 0 else None
        log.info("index %s is in service", assistant.index_version)
        if unused is not None:
            unused.assistant.close()

    def close(self) -> None:
        """Closes the assistant once nobody uses it; none is opened after this."""
        with self._lock:
            self._closed = True
            lease, self._lease = self._lease, None
            if lease is not None:
                lease.retired = True
            unused = lease if lease is not None and lease.users == 0 else None
        if unused is not None:
            unused.assistant.close()


def one_line(error: Exception) -> str:
    """What an error says, in one line of at most 500 characters."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 500 else text[:499] + "…"
