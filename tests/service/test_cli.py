"""The `khartoum` command as people run it: answers on standard output, one clear line on standard error, an exit code that tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from ingest.index import current_generation
from ingest.provision import Provision
from service.answer import Citation, Refusal
from service.terminal import show

ROOT = Path(__file__).resolve().parents[2]


def khartoum(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KHARTOUM_")}
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**clean, "KHARTOUM_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environment},
    )


def one_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The only line on standard error of a command that failed."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("khartoum: ")
    assert "Traceback" not in done.stderr
    return lines[0]


def test_question_is_answered_with_its_citation(small_home: Path) -> None:
    done = khartoum(small_home, "ask", "What does the declaration say about return and readmission?")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("In para. 23 (operative) the ministers highlight “")
    assert "[1] para. 23  cairo-declaration-2025/para-23, operative" in done.stdout
    assert "1 of 1 quotations verified word for word" in done.stdout


def test_answer_as_data_is_json(small_home: Path) -> None:
    done = khartoum(small_home, "ask", "--json", "ماذا تقول الفقرة 23؟")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["language"]) == ("answered", "ar")
    assert [one["id"] for one in answer["citations"]] == ["cairo-declaration-2025/para-23"]


@pytest.mark.parametrize("question", ["", "  \t\n", "x" * 2001])
def test_question_of_no_length_or_too_much_is_refused(tmp_path: Path, question: str) -> None:
    assert "1 to 2,000 characters" in one_line(khartoum(tmp_path, "ask", question), 2)
    assert list(tmp_path.iterdir()) == []


def test_unknown_instrument_is_refused_with_those_that_exist(small_home: Path) -> None:
    said = one_line(khartoum(small_home, "ask", "return", "--instrument", "nowhere"), 2)
    assert "'nowhere'" in said
    assert "cairo-declaration-2025" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [("KHARTOUM_API_PORT", "eighty"), ("KHARTOUM_API_PORT", "0"), ("KHARTOUM_UI_PORT", "65536"), ("KHARTOUM_MAX_CONCURRENCY", "0")],
)
def test_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    said = one_line(khartoum(tmp_path, "ask", "return", **{name: value}), 1)
    assert name in said
    assert repr(value) in said


def test_damaged_model_is_one_clear_line(small_home: Path, models: Path) -> None:
    (small_home / "models").unlink()
    (small_home / "models" / "all-MiniLM-L6-v2").mkdir(parents=True)
    (small_home / "models" / "all-MiniLM-L6-v2" / "encoder.json").write_text("{}", "utf-8")
    assert "khartoum ingest --force" in one_line(khartoum(small_home, "ask", "return"), 1)


def test_home_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = khartoum(tmp_path / "file", "ask", "return")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"khartoum: File exists: {tmp_path / 'file'}; nothing was changed"]


@pytest.mark.slow
def test_unknown_model_is_one_clear_line(tmp_path: Path) -> None:
    done = khartoum(tmp_path / "home", "ask", "return", KHARTOUM_EMBEDDING_MODEL="nobody/no-such-model", HF_HUB_OFFLINE="1")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("khartoum: the model 'nobody/no-such-model' cannot be loaded")
    assert "Traceback" not in done.stderr


def test_one_question_does_not_depend_on_chroma(small_home: Path) -> None:
    for path in (current_generation(small_home) / "chroma").rglob("data_level0.bin"):
        path.write_bytes(b"")  # Chroma itself ends the process with a segmentation fault here
    done = khartoum(small_home, "ask", "What does the declaration say about return and readmission?")
    assert done.returncode == 0
    assert done.stdout.startswith("In para. 23")
    assert done.stderr == ""


def test_unknown_command_is_no_trace(tmp_path: Path) -> None:
    done = khartoum(tmp_path, "nonsense")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_reader_that_goes_away_leaves_no_trace(small_home: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m service ask 'paragraphs 1 to 28' | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "KHARTOUM_HOME": str(small_home)},
    )
    assert "Traceback" not in done.stderr


def test_markup_in_words_is_shown_as_it_is() -> None:
    console = Console(record=True, width=200, highlight=False)
    provision = Provision("one", "para-1", "[bold]not bold[/bold] [1]")
    show(Refusal("not_addressed", "[red]no[/red]", "en", (Citation(provision, "para. [i]1[/i]", provision.text, 0, 25, 0.5),)), console)
    shown = console.export_text()
    assert "[red]no[/red]" in shown
    assert "[bold]not bold[/bold] [1]" in shown
    assert "[i]1[/i]" in shown
