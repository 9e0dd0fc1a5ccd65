"""The real index, built once a run, and a guard against any connection beyond this machine.

What takes long, exporting the model and embedding, is kept between runs in pytest's cache and taken from `.khartoum` where `make run` left it;
both are checked by content before they are used, so a test never sees an older model or text.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import hypothesis
import pytest

from ingest.encoder import Encoder, ensure_encoder, model_folder
from ingest.export import BUNDLED, sha256_of, source_hash, source_of
from ingest.index import POINTER, Index, open_index
from service.assistant import Assistant
from service.opening import ingest
from tests.small_corpus import write_small_corpus

ROOT = Path(__file__).resolve().parent.parent
_beyond: list[str] = []


def _is_here(host: object) -> bool:
    if host is None or host in ("", "localhost", b"localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuses connections and look-ups beyond loopback; an audit hook sees those made from C too, and cannot be undone."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket has a path
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        _beyond.append(f"{event} {host!r}")
        raise OSError(f"tests reach nothing beyond this machine: {event} {host!r}")


# The same examples every time, so that a change is red for its own sake; HYPOTHESIS_PROFILE=wide looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("wide", max_examples=2000, deadline=None)


def pytest_configure() -> None:
    sys.addaudithook(_guard)
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fails a test that tried to reach beyond this machine, even when a library swallowed the refusal."""
    before = len(_beyond)
    yield
    tried = _beyond[before:]
    assert not tried, f"tried to reach beyond this machine: {tried}"


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest) -> Path:
    """A folder `models` with the bundled model's real export."""
    assert request.config.cache is not None
    kept = request.config.cache.mkdir("khartoum")
    wanted = source_hash(Path(source_of(BUNDLED)))
    for home in (ROOT / ".khartoum", kept):
        folder = model_folder(home, BUNDLED)
        with contextlib.suppress(OSError, ValueError, KeyError):
            record = json.loads((folder / "encoder.json").read_text("utf-8"))
            if record["source_sha256"] == wanted and record["onnx_sha256"] == sha256_of(folder / "model.onnx"):
                return folder.parent
    ensure_encoder(kept, BUNDLED, force=True)
    return kept / "models"


@pytest.fixture(scope="session")
def encoder(models: Path) -> Encoder:
    """The real MiniLM."""
    return Encoder.from_folder(models / BUNDLED)


@pytest.fixture(scope="session")
def home(request: pytest.FixtureRequest, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KHARTOUM_HOME with the index of the whole corpus. Not to be changed: `copied_home` is for that."""
    assert request.config.cache is not None
    home = tmp_path_factory.mktemp("khartoum") / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    kept = Path(request.config.cache.mkdir("khartoum")) / "generation-0"
    for place, seed in enumerate((kept, *_generations(ROOT / ".khartoum"))):
        # Not pointed at: it only gives its vectors to passages with the same words.
        with contextlib.suppress(OSError, shutil.Error):
            shutil.copytree(seed, home / "generations" / f"seed-{place}", ignore=shutil.ignore_patterns("chroma", "lexical"))
    built = ingest(home, BUNDLED)
    if built.embedded:
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(built.folder, kept, ignore=shutil.ignore_patterns("chroma", "lexical"))
    return home


def _generations(home: Path) -> Sequence[Path]:
    with contextlib.suppress(OSError):
        return [home / "generations" / (home / POINTER).read_text("utf-8").strip()]
    return []


@pytest.fixture(scope="session")
def index(home: Path, encoder: Encoder) -> Iterator[Index]:
    """The real index of the whole corpus, open."""
    opened = open_index(home, encoder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def assistant(index: Index) -> Assistant:
    """The assistant over the real index."""
    return Assistant(index)


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """A corpus of the declaration with a few questions and concepts, to be edited; it is indexed in seconds."""
    return write_small_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def small_home_built(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the index of the small corpus; copied by `small_home`."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "home").mkdir()
    (folder / "home" / "models").symlink_to(models)
    ingest(folder / "home", BUNDLED, corpus=write_small_corpus(folder / "corpus"))
    return folder / "home"


@pytest.fixture
def small_home(small_home_built: Path, tmp_path: Path) -> Path:
    """A home with the index of the small corpus, to be damaged."""
    return Path(shutil.copytree(small_home_built, tmp_path / "home", symlinks=True))


@pytest.fixture
def empty_home(models: Path, tmp_path: Path) -> Path:
    """A home with the model's export and no index."""
    home = tmp_path / "empty"
    home.mkdir()
    (home / "models").symlink_to(models)
    return home
