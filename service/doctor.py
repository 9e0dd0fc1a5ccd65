"""`khartoum doctor`: looks at everything that an answer needs and says in plain words what is wrong and what to do."""

from __future__ import annotations

import os
import socket
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
    yield Finding("settings", True, ", ".join(_set()) or "none set; the defaults hold")
    yield _home(settings.home)
    yield _index(settings)
    yield _language_model(settings)
    yield from (_port(settings, port, name) for port, name in ((settings.api_port, "KHARTOUM_API_PORT"), (settings.ui_port, "KHARTOUM_UI_PORT")))


def report(findings: Iterator[Finding]) -> int:
    """Prints each finding as it comes; 1 when something is not in order."""
    wrong = 0
    for one in findings:
        wrong += not one.good
        print(f"{'ok   ' if one.good else 'WRONG'} {one.name}: {one.said}", flush=True)
    print("everything is in order" if not wrong else f"{wrong} {'thing needs' if wrong == 1 else 'things need'} attention")
    return 1 if wrong else 0


def _set() -> list[str]:
    """Names of the settings that are set; no values, since a key may stand among them."""
    known = {f"KHARTOUM_{name.upper()}" for name in Settings.model_fields} | {"KHARTOUM_API_URL"}  # the chat reads that one
    unknown = sorted(name for name in os.environ if name.startswith("KHARTOUM_") and name not in known)
    return [*sorted(name for name in known if name in os.environ), *(f"{name} (nobody reads it; is it misspelt?)" for name in unknown)]


def _home(home: Path) -> Finding:
    place = home
    while not place.exists() and place != place.parent:
        place = place.parent
    good = place.is_dir() and os.access(place, os.W_OK)
    return Finding(
        "KHARTOUM_HOME", good, f"{home.resolve()} {'can be written' if good else 'cannot be written; set KHARTOUM_HOME to a folder that can'}"
    )


def _index(settings: Settings) -> Finding:
    from ingest.export import ModelUnavailable
    from ingest.index import IndexBroken, IndexMismatch, IndexMissing
    from service.answer import Question
    from service.opening import open_assistant

    try:
        assistant = open_assistant(settings.home, settings.embedding_model)
    except (IndexBroken, IndexMismatch, IndexMissing, ModelUnavailable) as error:
        return Finding("index", False, str(error))
    try:
        assistant.answer(Question("What does the declaration say about return?"))
        return Finding(
            "index",
            True,
            f"version {assistant.index_version}, {len(assistant.instruments)} instruments, {len(assistant.provisions)} provisions; it answers",
        )
    finally:
        assistant.close()


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
    return Finding("language model", bool(said.strip()), f"{settings.llm} {'answers' if said.strip() else 'answered nothing'}")


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


def _port(settings: Settings, port: int, setting: str) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, port))
        except OSError as error:
            if setting == "KHARTOUM_API_PORT" and _is_ours(settings.host, port):
                return Finding(f"port {port}", True, "the API runs there already")
            return Finding(f"port {port}", False, f"cannot be used ({error.strerror}); end what listens there, or set {setting} to another")
    return Finding(f"port {port}", True, "is free")


def _is_ours(host: str, port: int) -> bool:
    import httpx

    try:
        return bool(httpx.get(f"http://{host}:{port}/healthz", timeout=2, trust_env=False).json() == {"status": "ok"})
    except (httpx.HTTPError, ValueError):
        return False
