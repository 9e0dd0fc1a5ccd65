"""What is imported is this checkout, asking stays light, and importing reads nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "retriever", "service", "ui", "evals")
HEAVY = ("torch", "transformers", "sentence_transformers")


def run(script: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_that_of_this_checkout(package: str) -> None:
    assert Path(str(import_module(package).__file__)).resolve().is_relative_to(ROOT)


ASK = """
import json, sys
from pathlib import Path
from service.answer import Question
from service.opening import ready_assistant
answer = ready_assistant(Path(sys.argv[1]), "all-MiniLM-L6-v2").answer(Question("What does the declaration say about return?"))
assert answer.citations
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""

SERVE = """
import json, sys
from pathlib import Path
from fastapi.testclient import TestClient
from service.http import create_app
from service.opening import open_assistant
import time
with TestClient(create_app(lambda: open_assistant(Path(sys.argv[1]), "all-MiniLM-L6-v2"))) as client:
    until = time.monotonic() + 60
    while client.get("/readyz").status_code != 200 and time.monotonic() < until:
        time.sleep(0.05)
    assert client.post("/v1/ask", json={"question": "What does the declaration say about return?"}).json()["citations"]
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""


@pytest.mark.parametrize("script", [ASK, SERVE], ids=["ask", "serve"])
def test_asking_and_serving_import_no_heavy_library(small_home: Path, script: str) -> None:
    loaded = json.loads(run(script, str(small_home)).splitlines()[-1])
    assert "onnxruntime" in loaded, "this looked at a real answer"
    assert [name for name in HEAVY if name in loaded] == []
    if script is ASK:
        assert [name for name in ("streamlit", "langchain", "fastapi", "rdflib") if name in loaded] == []


IMPORT_ALL = """
import os, pkgutil, sys
from importlib import import_module

read = []
original = os._Environ.__getitem__
def spy(self, key):
    if key.startswith("KHARTOUM_"):
        read.append(key)
    return original(self, key)
os._Environ.__getitem__ = spy
for package in sys.argv[1:]:
    for found in pkgutil.walk_packages(import_module(package).__path__, package + "."):
        if not found.name.endswith(("__main__", "ui.app", "_worker")):
            import_module(found.name)
print(read)
print([name for name in ("torch", "transformers", "sentence_transformers") if name in sys.modules])
"""


def test_importing_any_module_reads_no_setting_and_loads_nothing_heavy() -> None:
    read, heavy = run(IMPORT_ALL, "ingest", "retriever", "service").splitlines()[-2:]
    assert (read, heavy) == ("[]", "[]")


@pytest.mark.slow
def test_question_is_answered_without_any_network(small_home: Path) -> None:
    """In a network namespace of its own there is no interface at all, not even loopback up."""
    command = ["unshare", "-n", sys.executable, "-m", "service", "ask", "What does the declaration say about return?"]
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no network namespaces here")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "KHARTOUM_HOME": str(small_home)})
    assert (done.returncode, done.stderr) == (0, "")
    assert "para. 23" in done.stdout
