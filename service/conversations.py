"""Conversations kept between questions, in a database: what follow-ups are read by, and what a client may read again or delete."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from retriever.followup import REMEMBERED
from retriever.turns import Turn
from service.database import open_engine

DAY = 24 * 3600.0
_PAUSE = 15.0
"""Seconds that a database server that did not answer is left alone, so that not every question waits for it."""

_TRIES = 5
_METADATA = MetaData()
_TURNS = Table(
    "khartoum_turns",
    _METADATA,
    Column("conversation", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False),
    Column("interpreted", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("status", String(20), nullable=False),
    Column("cited", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("created", DateTime, nullable=False),  # UTC: not every database keeps a time zone
    Index("khartoum_turns_created", "created"),
)
log = logging.getLogger(__name__)


class ConversationsDown(Exception):
    """The database cannot be read or written now; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and what became of it.

    Attributes:
        number: From 1, in the order of the conversation.
        interpreted: The full question that it was read as; "" when it was one.
        language: Of the answer.
        cited: Ids that the answer cites, best first.
        answer: The response as it went out.
        created: UTC.
    """

    number: int
    question: str
    interpreted: str
    language: str
    status: str
    cited: tuple[str, ...]
    answer: dict[str, Any]
    created: dt.datetime


class Conversations:
    """Turns by conversation, each kept for some days.

    Args:
        url: Any database that SQLAlchemy reaches; SQLite in a file is what the service has by default.
        retention_days: Days after which a turn is deleted, 1 or more.

    Raises:
        DatabaseUrlInvalid: The URL cannot be read, or its driver is not installed. Nothing is connected to yet.
    """

    def __init__(self, url: str, retention_days: int = 30) -> None:
        self.retention_days = retention_days
        self._engine = open_engine(url)
        self._lock = threading.Lock()
        self._made = False
        self._closed = threading.Event()
        self._not_before = 0.0

    @classmethod
    def in_folder(cls, home: Path, url: str = "", retention_days: int = 30) -> Conversations:
        """Those of `url`, or of a SQLite file in `home` when it is empty."""
        return cls(url or f"sqlite:///{(home / 'conversations.db').resolve()}", retention_days)

    def start(self) -> None:
        """Deletes what is too old, now and once a day, in a thread."""
        threading.Thread(target=self._prune_daily, name="prune-conversations", daemon=True).start()

    def close(self) -> None:
        """Ends the thread and gives back the connections."""
        self._closed.set()
        self._engine.dispose()

    def history(self, conversation: str) -> tuple[Turn, ...]:
        """The last turns, oldest first; none, and a line in the log, when the database is down: the question is then read alone."""
        try:
            with self._connection() as connection:
                query = select(_TURNS.c.question, _TURNS.c.interpreted, _TURNS.c.cited).where(_TURNS.c.conversation == conversation)
                rows = connection.execute(query.order_by(_TURNS.c.number.desc()).limit(REMEMBERED)).all()
        except ConversationsDown as error:
            log.warning("a question is read without its conversation: %s", error)
            return ()
        return tuple(Turn(row.question, row.interpreted, tuple(json.loads(row.cited))) for row in reversed(rows))

    def keep(self, conversation: str, question: str, answer: dict[str, Any]) -> None:
        """Adds a turn; only a line in the log when the database is down: the answer goes out all the same.

        Args:
            conversation: Id.
            question: As asked.
            answer: The response, as `AskResponse.model_dump(mode="json")` gives it.
        """
        cited = [one["id"] for one in answer["citations"]]
        values = {
            "question": question,
            "interpreted": answer["interpreted_question"],
            "language": answer["language"],
            "status": answer["status"],
            "cited": json.dumps(cited),
            "answer": json.dumps(answer, ensure_ascii=False),
            "created": _now(),
        }
        try:
            self._add(conversation, values)
        except ConversationsDown as error:
            log.warning("a turn of a conversation was not kept: %s", error)

    def read(self, conversation: str) -> list[KeptTurn]:
        """Every turn, oldest first; none of an unknown conversation.

        Raises:
            ConversationsDown: The database cannot be read.
        """
        with self._connection() as connection:
            rows = connection.execute(select(_TURNS).where(_TURNS.c.conversation == conversation).order_by(_TURNS.c.number)).all()
        return [
            KeptTurn(
                row.number,
                row.question,
                row.interpreted,
                row.language,
                row.status,
                tuple(json.loads(row.cited)),
                json.loads(row.answer),
                row.created.replace(tzinfo=dt.UTC),
            )
            for row in rows
        ]

    def delete(self, conversation: str) -> int:
        """Deletes a conversation, and says how many turns it had.

        Raises:
            ConversationsDown: The database cannot be written.
        """
        with self._connection() as connection:
            return connection.execute(delete(_TURNS).where(_TURNS.c.conversation == conversation)).rowcount

    def prune(self, now: dt.datetime | None = None) -> int:
        """Deletes the turns that are too old, and says how many.

        Raises:
            ConversationsDown: The database cannot be written.
        """
        oldest = (now.astimezone(dt.UTC).replace(tzinfo=None) if now else _now()) - dt.timedelta(days=self.retention_days)
        with self._connection() as connection:
            return connection.execute(delete(_TURNS).where(_TURNS.c.created < oldest)).rowcount

    def _add(self, conversation: str, values: dict[str, Any]) -> None:
        # One statement numbers and writes the turn, so that SQLite never has to turn a reader into a writer, which fails when there are two.
        number = select(literal(conversation), func.coalesce(func.max(_TURNS.c.number), 0) + 1, *(literal(value) for value in values.values()))
        statement = insert(_TURNS).from_select(["conversation", "number", *values], number.where(_TURNS.c.conversation == conversation))
        for last in (*(False,) * (_TRIES - 1), True):
            try:
                with self._connection() as connection:
                    connection.execute(statement)
                return
            except ConversationsDown as error:
                # Two servers numbered a turn of one conversation at once: the number is taken now, the next one is free.
                if last or not isinstance(error.__cause__, IntegrityError):
                    raise

    def _prune_daily(self) -> None:
        while not self._closed.is_set():
            try:
                gone = self.prune()
                if gone:
                    log.info("%d turns older than %d days were deleted", gone, self.retention_days)
            except ConversationsDown as error:
                log.warning("old conversations were not deleted: %s", error)
            self._closed.wait(DAY)

    def _make(self) -> None:
        """Makes the table when it is not there."""
        with self._lock:
            if self._made:
                return
            try:
                _METADATA.create_all(self._engine)
            except SQLAlchemyError:
                _METADATA.create_all(self._engine)  # another process may have made it between our look and our doing
            self._made = True

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A connection in a transaction, the table made.

        Raises:
            ConversationsDown: Whatever the database, its driver or its file does not let us do.
        """
        if time.monotonic() < self._not_before:
            raise ConversationsDown("the database did not answer a moment ago")
        try:
            self._make()
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            if self._engine.dialect.name != "sqlite" and not isinstance(error, IntegrityError):
                self._not_before = time.monotonic() + _PAUSE
            raise ConversationsDown(" ".join(str(getattr(error, "orig", None) or error).split())[:300]) from error


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
