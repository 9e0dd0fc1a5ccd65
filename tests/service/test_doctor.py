"""`khartoum doctor` says in plain words what is wrong."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from service.doctor import Finding, examine, report
from service.settings import Settings
from tests.service.language_model import Reply, ScriptedModel, serving


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def findings(home: Path, **changes: object) -> dict[str, Finding]:
    settings = Settings(home=home, api_port=free_port(), ui_port=free_port(), **changes)  # type: ignore[arg-type]
    return {one.name: one for one in examine(lambda: settings)}


def test_missing_index_is_told_with_what_to_do(tmp_path: Path) -> None:
    found = findings(tmp_path)
    assert (found["index"].good, "khartoum ingest" in found["index"].said) == (False, True)
    assert found["language model"] == Finding("language model", True, "none (KHARTOUM_LLM is not set): answers are extractive")


def test_taken_port_is_told_with_its_setting(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = Settings(home=tmp_path, api_port=free_port(), ui_port=port)
        said = {one.name: one for one in examine(lambda: settings)}[f"port {port}"]
    assert (said.good, "KHARTOUM_UI_PORT" in said.said) == (False, True)


def test_setting_that_cannot_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARTOUM_API_PORT", "many")
    (found,) = examine()
    assert (found.good, found.said.startswith("KHARTOUM_API_PORT is 'many'")) == (False, True)


def test_misspelt_setting_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARTOUM_LMM", "x")
    settings = Settings(home=tmp_path, api_port=free_port(), ui_port=free_port())
    told = [one for one in examine(lambda: settings) if not one.good and one.name == "settings"]
    assert [one.said.startswith("nobody reads KHARTOUM_LMM") for one in told] == [True]


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"database_url": "nonsense"}, "conversations", "sqlite:////"),
        ({"database_url": "sqlite:////nowhere/at/all.db"}, "conversations", "cannot be used"),
        ({"public_url": "portal.example"}, "KHARTOUM_PUBLIC_URL", "https://"),
        ({"embedding_model": "/nowhere"}, "index", "KHARTOUM_EMBEDDING_MODEL is '/nowhere'"),
        ({"llm": "qwen3"}, "language model", "ollama:qwen3:8b"),
        ({"llm": "nobody:knows"}, "language model", "no provider 'nobody'"),
        ({"llm": "openai:"}, "language model", "half a name"),
        ({"llm": "openai:scripted"}, "language model", "set OPENAI_API_KEY"),
        ({"llm": "cohere:command"}, "language model", "pip install langchain-cohere"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], name: str, words: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    found = findings(tmp_path, **changes)[name]
    assert (found.good, words in found.said) == (False, True)


def test_two_services_on_one_port_are_told(tmp_path: Path) -> None:
    port = free_port()
    said = {one.name: one for one in examine(lambda: Settings(home=tmp_path, api_port=port, ui_port=port))}[f"port {port}"]
    assert (said.good, "the same" in said.said) == (False, True)


def test_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert not findings(tmp_path / "file" / "home")["KHARTOUM_HOME"].good


@pytest.mark.parametrize(
    ("reply", "good", "words"), [(Reply("ready"), True, "answers"), (Reply(status=401), False, "key"), (Reply(""), False, "nothing")]
)
def test_language_model_is_asked_for_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Reply, good: bool, words: str) -> None:
    pytest.importorskip("langchain_openai", reason="pip install 'khartoum-assistant[openai]'")
    with serving(ScriptedModel(reply)) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        found = findings(tmp_path, llm="openai:scripted")["language model"]
    assert (found.good, words in found.said) == (good, True)


def test_report_counts_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(iter([Finding("a", True, "fine"), Finding("b", False, "broken")])) == 1
    assert capsys.readouterr().out == "ok    a: fine\nWRONG b: broken\n1 thing needs attention\n"
