"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("KHARTOUM_"):
            monkeypatch.delenv(name)


def test_defaults_are_those_of_the_interface() -> None:
    settings = Settings()
    assert (settings.home, settings.api_port, settings.ui_port) == (Path(".khartoum"), 8000, 8501)
    assert settings.host == "127.0.0.1", "nothing beyond this machine may ask unless somebody says so"
    assert (settings.embedding_model, settings.llm) == ("all-MiniLM-L6-v2", "")


def test_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARTOUM_HOME", "/somewhere")
    monkeypatch.setenv("KHARTOUM_API_PORT", "9000")
    monkeypatch.setenv("KHARTOUM_UNKNOWN", "is passed over")
    assert (Settings().home, Settings().api_port) == (Path("/somewhere"), 9000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_PORT", "0"),
        ("API_PORT", "70000"),
        ("API_PORT", ""),
        ("UI_PORT", "-1"),
        ("MAX_CONCURRENCY", "0"),
        ("LLM_TIMEOUT", "0"),
        ("RETENTION_DAYS", "x"),
    ],
)
def test_wrong_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"KHARTOUM_{name}", value)
    with pytest.raises(ValidationError) as raised:
        Settings()
    assert raised.value.errors()[0]["loc"] == (name.lower(),)


def test_every_setting_says_what_it_is_and_the_readme_lists_it() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert f"KHARTOUM_{name.upper()}" in readme or "for tests only" in field.description, name
