"""The commands for users' texts, run as a user runs them, on a copy of the whole index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.long_text import write_long_pdf
from ingest.index import POINTER
from tests.conftest import ROOT
from tests.ingest.test_fetch import Server, page, server

__all__ = ["server"]  # a fixture

TEXTS = ROOT.parent / "shared" / "texts"
CONVENTION = TEXTS / "refugee-convention-1951" / "BWBV0001002.md"
TREATY = """# A Treaty on Bridges

## Article 1
1. The Parties shall build bridges over all rivers of the region.
2. They shall keep the bridges that they have built, as the 1951 Refugee Convention asks.

## Article 2
No toll shall be taken of refugees.
"""
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def library_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("library") / "home"
    shutil.copytree(home, copied, symlinks=True)
    return copied


@pytest.fixture
def khartoum(library_home: Path) -> Command:
    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "service", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "KHARTOUM_HOME": str(library_home), **environment},
            timeout=280,
        )

    return run


@pytest.fixture
def treaty(tmp_path: Path) -> Path:
    path = tmp_path / "treaty.md"
    path.write_text(TREATY, "utf-8")
    return path


def state(home: Path) -> tuple[str, list[str]]:
    """The index in use, and the library."""
    return (home / POINTER).read_text("utf-8"), sorted(str(path.relative_to(home)) for path in (home / "instruments").rglob("*"))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_text_is_added_answered_from_listed_left_alone_and_removed(khartoum: Command, library_home: Path, treaty: Path) -> None:
    before = (library_home / POINTER).read_text("utf-8").partition("-")[0]
    added = khartoum("add", treaty, "--short", "Bridges Treaty")
    assert added.returncode == 0, added.stderr
    assert "art\t2" in added.stdout
    assert "art inside\t2" in added.stdout
    assert "100.00% of" in added.stdout
    assert "a-treaty-on-bridges was added: 4 provisions" in added.stdout
    assert "embedding" in added.stderr

    asked = khartoum("ask", "--instrument", "a-treaty-on-bridges", "Are tolls taken of refugees?")
    assert "No toll shall be taken of refugees" in asked.stdout
    assert "a-treaty-on-bridges/art-2" in asked.stdout

    as_it_was = state(library_home)
    again = khartoum("add", treaty)
    assert (again.returncode, again.stdout.splitlines()[-1]) == (0, "a-treaty-on-bridges holds this very file already: nothing was changed")
    assert state(library_home) == as_it_was

    other = treaty.with_name("other.md")
    other.write_text(TREATY.replace("refugees", "children"), "utf-8")
    refused = khartoum("add", other)
    assert refused.returncode == 1
    assert "say --force to replace it" in refused.stderr
    assert state(library_home) == as_it_was

    listed = khartoum("list").stdout
    assert "a-treaty-on-bridges\tA Treaty on Bridges\tauthentic\t4\ten: treaty.md" in listed
    assert "cairo-declaration-2025\tCairo Ministerial Declaration\tauthentic\t28\tcomes with the program" in listed

    removed = khartoum("remove", "a-treaty-on-bridges")
    assert (removed.returncode, removed.stdout) == (0, "a-treaty-on-bridges was removed\n")
    assert (library_home / POINTER).read_text("utf-8").partition("-")[0] == before


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not CONVENTION.exists(), reason="the official texts for tests are not in ../shared/texts")
def test_question_on_identity_papers_is_answered_from_the_convention_in_its_own_words(khartoum: Command) -> None:
    assert khartoum("add", CONVENTION).returncode == 0
    asked = khartoum("ask", "which article is on identity papers?").stdout
    assert "[1] Article 27  refugee-convention-1951/art-27, operative" in asked
    assert "“The Contracting States shall issue identity papers to any refugee in their territory" in asked
    assert "quotations verified word for word" in asked


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be taken in, each with words of the line that says so."""
    found = {}
    for name, content, words in (
        ("empty.pdf", b"", "0 bytes"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "download it again"),
        ("named.docx", b"just words", "is none"),
        ("essay.txt", b"Migration is old. People have always moved.", "--numbering none"),
        ("bytes.txt", bytes(range(128, 256)) * 40 + b"\0\0\x01", "UTF-8"),
    ):
        path = folder / name
        path.write_bytes(content)
        found[name] = (path, words)
    huge = folder / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 2**20)
    return {**found, "huge": (huge, "the most is 50"), "missing": (folder / "no.pdf", "there is no file"), "folder": (folder, "is a folder")}


@pytest.mark.parametrize("name", ["empty.pdf", "cut.pdf", "named.docx", "essay.txt", "bytes.txt", "huge", "missing", "folder"])
def test_bad_file_gets_one_line_and_changes_nothing(khartoum: Command, library_home: Path, tmp_path: Path, name: str) -> None:
    path, words = bad_files(tmp_path)[name]
    before = state(library_home)
    for command in ("add", "check"):
        done = khartoum(command, path)
        line = done.stderr.splitlines()[-1]
        assert (done.returncode, line.startswith("khartoum: "), words in line) == (1, True, True), done.stderr
        assert "Traceback" not in done.stderr
    assert state(library_home) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--id", "../evil"), "is no id"),
        (("--id", "cairo-declaration-2025"), "comes with the program"),
        (("--numbering", "verse"), "is no unit"),
        (("--date", "yesterday"), "is not a date"),
        (("--language", "english"), "two letters"),
    ],
)
def test_wish_that_makes_no_sense_is_refused(khartoum: Command, library_home: Path, treaty: Path, arguments: tuple[str, ...], words: str) -> None:
    before = state(library_home)
    done = khartoum("add", treaty, *arguments)
    assert (done.returncode, words in done.stderr.splitlines()[-1]) == (1, True), done.stderr
    assert state(library_home) == before


def test_home_that_cannot_be_written_is_told_in_one_line(khartoum: Command, treaty: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = khartoum("add", treaty, KHARTOUM_HOME=str(tmp_path / "file" / "home"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("khartoum: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("id", ["../generations", "nothing-here"])
def test_nothing_else_can_be_removed(khartoum: Command, library_home: Path, id: str) -> None:
    before = state(library_home)
    done = khartoum("remove", id)
    assert (done.returncode, done.stderr.startswith("khartoum: ")) == (1, True)
    assert state(library_home) == before


def test_check_shows_what_was_found_and_exits_with_1_when_something_looks_wrong(khartoum: Command, treaty: Path) -> None:
    assert khartoum("check", treaty).returncode == 0
    treaty.write_text(TREATY.replace("Article 2", "Article 4"), "utf-8")
    done = khartoum("check", treaty)
    assert done.returncode == 1
    assert "warning\t" in done.stdout


def articles_page(count: int) -> bytes:
    said = "".join(f"<h3>Article {number}</h3><p>Everyone may cross bridge {number}.</p>" for number in range(1, count + 1))
    return f"<html><body><h1>Universal Declaration of Human Rights</h1>{said}</body></html>".encode()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_official_text_is_fetched_and_added_and_a_page_about_it_is_not(khartoum: Command, library_home: Path, server: Server) -> None:
    host = {"KHARTOUM_FETCH_TEST_HOST": server.address}
    before = state(library_home)
    server.answers = [page(b"<html><body><p>1. Read more of it.</p><p>2. Contact us.</p></body></html>")]
    refused = khartoum("fetch", "udhr-1948", **host)
    assert (refused.returncode, "is not its text" in refused.stderr.splitlines()[-1]) == (1, True), refused.stderr
    assert state(library_home) == before

    server.answers = [page(articles_page(30))]
    done = khartoum("fetch", "udhr-1948", **host)
    assert done.returncode == 0, done.stderr
    assert "fetching udhr-1948 …" in done.stderr
    assert "udhr-1948 was added in the place of this project's summary: 30 provisions" in done.stdout
    assert "udhr-1948 holds this very file already" in khartoum("fetch", "udhr-1948", **host).stdout
    assert khartoum("remove", "udhr-1948").stdout == "udhr-1948 was removed; this project's summary of it is back\n"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_long_pdf_is_added_with_progress_and_a_second_time_changes_nothing(khartoum: Command, library_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    articles = write_long_pdf(path)
    started = time.monotonic()
    done = khartoum("add", path)
    print(f"300 pages: {time.monotonic() - started:.0f} s")
    assert done.returncode == 0, done.stderr
    assert f"art\t{articles}\n" in done.stdout
    assert "warning" not in done.stdout
    assert [line for line in done.stderr.splitlines() if line.endswith("…")][:3] == ["reading long.pdf …", "reading …", "embedding …"]
    before = state(library_home)
    assert "nothing was changed" in khartoum("add", path).stdout
    assert state(library_home) == before
