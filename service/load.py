"""How many requests are worked on at once; those beyond are told to come back rather than left to wait for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Overloaded(Exception):
    """As many requests as may are worked on, and as many as may are waiting."""


class Gate:
    """Lets `places` callers in at once.

    Args:
        places: How many, 1 or more.
        patience: Seconds that a caller waits for a place. At most twice `places` callers wait at a time.

    Raises:
        ValueError: `places` is below 1.
    """

    def __init__(self, places: int, patience: float = 2.0) -> None:
        if places < 1:
            raise ValueError(f"max_concurrency must be 1 or more, not {places!r}")
        self.threads_needed = 3 * places
        self._patience = patience
        self._inside = threading.BoundedSemaphore(places)
        self._waiting = threading.BoundedSemaphore(2 * places)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """A place, for the length of the block.

        Raises:
            Overloaded: None came free in time.
        """
        if not self._inside.acquire(blocking=False):
            if not self._waiting.acquire(blocking=False):
                raise Overloaded
            try:
                if not self._inside.acquire(timeout=self._patience):
                    raise Overloaded
            finally:
                self._waiting.release()
        try:
            yield
        finally:
            self._inside.release()
