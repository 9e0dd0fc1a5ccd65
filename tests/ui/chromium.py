"""What tests in a real browser share: the browser, the front end over a service, waiting, and axe-core."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def axe() -> str:
    """The source of axe-core, from the package that brings it."""
    package = find_spec("axe_playwright_python")
    assert package
    assert package.origin
    return (Path(package.origin).parent / "axe.min.js").read_text("utf-8")


def busy() -> float:
    """How much longer things take on this machine now: as many times as more wants to run than it has cores, 1 at least."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def settle(page: Any) -> None:
    """Waits until the script has run."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.wait_for_timeout(300)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)


class FrontEnd:
    """`streamlit run` over a service; entered, it is its address."""

    def __init__(self, service: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "ui", f"--server.port={port}", "--server.address=127.0.0.1"]
        self._environment = os.environ | {"KHARTOUM_API_URL": service, "PYTHONPATH": str(ROOT)}

    def __enter__(self) -> str:
        self._process = subprocess.Popen(self._command, cwd=ROOT / "ui", env=self._environment)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.address}/_stcore/health", trust_env=False).status_code == 200:
                    return self.address
            except httpx.TransportError:
                time.sleep(0.2)
        self.__exit__()
        raise TimeoutError("the front end did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)
