"""`khartoum doctor`: looks at everything that an answer needs and says in plain words what is wrong and what to do."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from service.settings import Settings

MODEL_PATIENCE = 20.0
"""Seconds that the language model may take to say a word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        name: What.
        good: Whether it is in order.
        said: What was found, and where it is not in order what to do.
    """

    name: str
    good: bool
    said: str


def examine(read: Callable[[], Settings] = Settings) -> Iterator[Finding]:
    """Looks at one thing after the other; without settings that can be read there is nothing else to look at."""
    try:
        settings = read()
    except ValidationError as error:
        for one in error.errors():
            name = "KHARTOUM_" + "_".join(str(part) for part in one["loc"]).upper()
            yield Finding("settings", False, f"{name} is {one['input']!r}: {one['msg']}. Set it to another value, or unset it.")
        return
    known, unknown = _set()
    if unknown:
        yield Finding("settings", False, f"nobody reads {', '.join(unknown)}; misspelt? The README lists what can be set.")
    yield Finding("settings", True, ", ".join(known) or "none set; the defaults hold")
    yield _home(settings.home)
    yield _index(settings)
    yield _database(settings)
    yield _language_model(settings)
    if settings.public_url and not settings.public_url.startswith(("http://", "https://")):
        yield Finding("KHARTOUM_PUBLIC_URL", False, f"{settings.public_url!r} is no address that a browser opens; it begins with http:// or https://")
    yield from _ports(settings)


def report(findings: Iterator[Finding]) -> int:
    """Prints each finding as it comes; 1 when something is not in order."""
    wrong = 0
    for one in findings:
        wrong += not one.good
        print(f"{'ok   ' if one.good else 'WRONG'} {one.name}: {one.said}", flush=True)
    print("everything is in order" if not wrong else f"{wrong} {'thing needs' if wrong == 1 else 'things need'} attention")
    return 1 if wrong else 0


def _set() -> tuple[list[str], list[str]]:
    """Names of the settings that are set, those that are known and others; no values, since a key may stand among them."""
    known = {f"KHARTOUM_{name.upper()}" for name in Settings.model_fields} | {"KHARTOUM_API_URL"}  # the chat reads that one
    found = sorted(name for name in os.environ if name.startswith("KHARTOUM_"))
    return [name for name in found if name in known], [name for name in found if name not in known]


def _home(home: Path) -> Finding:
    place = home
    while not place.exists() and place != place.parent:
        place = place.parent
    good = place.is_dir()
    try:
        # Permissions do not tell of a disk that is full or only read.
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"written")
    except OSError:
        good = False
    return Finding(
        "KHARTOUM_HOME", good, f"{home.resolve()} {'can be written' if good else 'cannot be written; set KHARTOUM_HOME to a folder that can'}"
    )


def _index(settings: Settings) -> Finding:
    from ingest.export import BUNDLED, ModelUnavailable
    from ingest.index import IndexBroken, IndexMismatch, IndexMissing
    from service.answer import Question
    from service.opening import open_assistant

    try:
        assistant = open_assistant(settings.home, settings.embedding_model)
    except (IndexBroken, IndexMismatch, IndexMissing, ModelUnavailable) as error:
        model = "" if settings.embedding_model == BUNDLED else f" (KHARTOUM_EMBEDDING_MODEL is {settings.embedding_model!r})"
        return Finding("index", False, f"{error}{model}")
    try:
        assistant.answer(Question("What does the declaration say about return?"))
        return Finding(
            "index",
            True,
            f"version {assistant.index_version}, {len(assistant.instruments)} instruments, {len(assistant.provisions)} provisions; it answers",
        )
    finally:
        assistant.close()


def _database(settings: Settings) -> Finding:
    if not settings.keep_conversations:
        return Finding("conversations", True, "are not kept (KHARTOUM_KEEP_CONVERSATIONS is 0)")
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from service.database import open_engine
    from service.settings import DatabaseUrlInvalid

    if not settings.database_url:
        return Finding("conversations", True, "are kept in KHARTOUM_HOME")
    try:
        engine = open_engine(settings.database_url)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DatabaseUrlInvalid as error:
        return Finding("conversations", False, str(error))
    except SQLAlchemyError as error:
        cause = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
        return Finding("conversations", False, f"the database of KHARTOUM_DATABASE_URL cannot be used ({cause}); is it running, and may it be used?")
    return Finding("conversations", True, "are kept in the database of KHARTOUM_DATABASE_URL, which answers")


def _language_model(settings: Settings) -> Finding:
    if not settings.llm:
        return Finding("language model", True, "none (KHARTOUM_LLM is not set): answers are extractive")
    from service.generation.model import Deadline, Model, ModelFailed, ModelUnusable

    try:
        model = Model.named(settings.llm, min(settings.llm_timeout, MODEL_PATIENCE))
    except ModelUnusable as error:
        return Finding("language model", False, str(error))
    try:
        said = "".join(model.stream([("user", "Answer with the one word: ready")], Deadline.within(MODEL_PATIENCE), threading.Event()))
    except ModelFailed as error:
        return Finding(
            "language model", False, f"{settings.llm} did not answer ({error.why}: {' '.join(str(error).split())[:200]}). {_ADVICE[error.why]}"
        )
    finally:
        model.close()
    if not said.strip():
        return Finding("language model", False, f"{settings.llm} answered nothing; is it a model that chats? Try another.")
    return Finding("language model", True, f"{settings.llm} answers")


_ADVICE = {
    "timeout": "Is its server running, and its address (OPENAI_BASE_URL, OLLAMA_HOST) right?",
    "busy": "It has too much to do; try again later.",
    "refused": "Its server refused: check the key and the model's name.",
    "length": "Its context is too short.",
    "unreachable": "Is its server running, and its address (OPENAI_BASE_URL, OLLAMA_HOST) right?",
    "error": "Look into its server's own log.",
    "empty": "",
    "form": "",
    "unverified": "",
}


def _ports(settings: Settings) -> Iterator[Finding]:
    try:
        family = socket.getaddrinfo(settings.host, None, type=socket.SOCK_STREAM)[0][0]
    except (OSError, UnicodeError):
        yield Finding(
            "KHARTOUM_HOST", False, f"{settings.host!r} is no address of this machine; 127.0.0.1 is, and 0.0.0.0 means all of its addresses"
        )
        return
    if settings.api_port == settings.ui_port:
        yield Finding(f"port {settings.api_port}", False, "KHARTOUM_API_PORT and KHARTOUM_UI_PORT are the same; set one to another")
        return
    for port, setting in ((settings.api_port, "KHARTOUM_API_PORT"), (settings.ui_port, "KHARTOUM_UI_PORT")):
        yield _port(settings.host, family, port, setting)


def _port(host: str, family: socket.AddressFamily, port: int, setting: str) -> Finding:
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if setting == "KHARTOUM_API_PORT" and _is_ours(host, port):
                return Finding(f"port {port}", True, "the API runs there already")
            if error.errno == errno.EADDRNOTAVAIL:
                return Finding(
                    "KHARTOUM_HOST", False, f"{host!r} is no address of this machine; 127.0.0.1 is, and 0.0.0.0 means all of its addresses"
                )
            if error.errno == errno.EACCES:
                return Finding(f"port {port}", False, f"may not be used by this user, as ports under 1024 often may not; set {setting} to another")
            return Finding(f"port {port}", False, f"cannot be used ({error.strerror}); end what listens there, or set {setting} to another")
    return Finding(f"port {port}", True, "is free")


def _strange_host(host: str) -> Finding:
    return Finding("KHARTOUM_HOST", False, f"{host!r} is no address of this machine; 127.0.0.1 is, and 0.0.0.0 means all that it has")


def _is_ours(host: str, port: int) -> bool:
    import httpx

    try:
        return bool(httpx.get(f"http://{f'[{host}]' if ':' in host else host}:{port}/healthz", timeout=2, trust_env=False).json() == {"status": "ok"})
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False
