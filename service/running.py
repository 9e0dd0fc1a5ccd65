"""Starting the API, and the API with the chat, as `khartoum serve` and `make run` do."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from ingest.generation import Progress
from service.settings import Settings

if TYPE_CHECKING:
    from service.assistant import Assistant
    from service.generation.assistant import GenerativeAssistant

UI = Path(__file__).resolve().parent.parent / "ui" / "app.py"
PATIENCE = 60.0
"""Seconds that a started service may take to answer."""


class PortTaken(OSError):
    """Another program listens on the port."""


def serve(settings: Settings, host: str, port: int, progress: Progress) -> None:
    """Serves the API until it is stopped; brings the index up to date with the corpus first.

    Raises:
        PortTaken: Another program listens there; the message says which setting to change.
    """
    import uvicorn

    from service.conversations import Conversations
    from service.generation.model import check_model
    from service.http import create_app
    from service.opening import ingest, open_assistant, with_model

    _check_port(host, port, "KHARTOUM_API_PORT")
    ingest(settings.home, settings.embedding_model, progress=progress)
    close = getattr(progress, "close", None)
    if close:
        close()
    check_model(settings.llm)

    def opened() -> Assistant | GenerativeAssistant:
        return with_model(open_assistant(settings.home, settings.embedding_model), settings.llm, settings.llm_timeout)

    kept = Conversations.in_folder(settings.home, settings.database_url, settings.retention_days) if settings.keep_conversations else None
    app = create_app(
        opened, max_concurrency=settings.max_concurrency, language_model=settings.llm, conversations=kept, public_url=settings.public_url
    )
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5)


def run_both(settings: Settings, progress: Progress) -> None:
    """Starts the API and the chat, prints where they are and what to try, and stops both when one ends or Ctrl-C comes.

    Raises:
        PortTaken: Another program listens on one of the ports.
        OSError: One of the two did not start.
    """
    from service.opening import ingest

    _check_port(settings.host, settings.api_port, "KHARTOUM_API_PORT")
    _check_port(settings.host, settings.ui_port, "KHARTOUM_UI_PORT")
    ingest(settings.home, settings.embedding_model, progress=progress)
    close = getattr(progress, "close", None)
    if close:
        close()
    environment = {
        **os.environ,
        "KHARTOUM_HOME": str(settings.home.resolve()),
        "KHARTOUM_API_PORT": str(settings.api_port),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(UI.parent.parent), os.environ.get("PYTHONPATH", "")])),
    }
    api = [sys.executable, "-m", "service", "serve", "--host", settings.host, "--port", str(settings.api_port)]
    chat = [
        sys.executable, "-m", "ui", "--server.port", str(settings.ui_port), "--server.address", settings.host,
        "--server.headless", "true", "--browser.gatherUsageStats", "false", "--client.showErrorDetails", "none",
    ]  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []

    def stop(*_: int | FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        # A session of their own: Ctrl-C reaches this process alone, which then stops them in order.
        running.append(subprocess.Popen(api, env=environment, start_new_session=True))
        running.append(subprocess.Popen(chat, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, cwd=UI.parent))
        _wait_for(settings.host, settings.api_port, running)
        _wait_for(settings.host, settings.ui_port, running)
        _welcome(settings)
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        raise OSError("the API or the chat stopped by itself; what it printed above says why")
    except KeyboardInterrupt:
        print("\nstopping …", flush=True)
    finally:
        for process in reversed(running):
            _end(process)


def _welcome(settings: Settings) -> None:
    print(
        f"\n  Chat     http://localhost:{settings.ui_port}\n"
        f"  API      http://localhost:{settings.api_port}/docs\n"
        f"  Reader   http://localhost:{settings.api_port}/read/cairo-declaration-2025\n\n"
        "  Try: What does the declaration say about return and readmission?\n"
        "       Is Japan a participating State?      Which paragraphs mention human rights?\n"
        "  Ctrl-C stops both.\n",
        flush=True,
    )


def _check_port(host: str, port: int, setting: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            said = f"port {port} cannot be used ({error.strerror}); end what listens there, or set {setting} to another"
            raise PortTaken(error.errno, said, host) from error


def _wait_for(host: str, port: int, running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if any(process.poll() is not None for process in running):
            raise OSError("a service did not start; what it printed above says why")
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.2)
    raise OSError(f"nothing answered on port {port} within {PATIENCE:.0f} seconds")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks a service to stop; one that does not within ten seconds is killed."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
