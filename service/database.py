"""The database that conversations are kept in: SQLite in a file, or what a SQLAlchemy URL names."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from service.settings import DatabaseUrlInvalid

PATIENCE = 2.0
"""Seconds that a question waits for the database at most; the answer then goes out unremembered."""

log = logging.getLogger(__name__)


def open_engine(url: str) -> Engine:
    """An engine for any SQLAlchemy URL, set so that a database that does not answer holds nobody up for long. Nothing is connected to yet.

    Raises:
        DatabaseUrlInvalid: The URL cannot be read, or its driver is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlInvalid("KHARTOUM_DATABASE_URL is no SQLAlchemy URL; one looks like sqlite:////var/lib/khartoum/talks.db") from None
    try:
        return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else create_engine(parsed, pool_pre_ping=True, **_hurried(parsed))
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseUrlInvalid(f"KHARTOUM_DATABASE_URL needs a driver that is not installed ({error}); install it") from error


def _hurried(url: URL) -> dict[str, Any]:
    """Options that keep a database server that does not answer from holding up an answer."""
    known = {"postgresql": "connect_timeout", "mysql": "connect_timeout", "mariadb": "connect_timeout"}
    name = known.get(url.get_backend_name())
    return {"pool_timeout": PATIENCE, "connect_args": {name: int(PATIENCE)} if name else {}}


def _sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {"connect_args": {"timeout": PATIENCE, "check_same_thread": False}}
    if url.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool  # otherwise each thread would have an empty database of its own
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            try:
                cursor.execute(f"PRAGMA {pragma}")
            except Exception as error:  # a file that is only read says so here; what it holds is read all the same
                log.debug("PRAGMA %s: %s", pragma, error)
        cursor.close()

    return engine
