"""What is said at the end of an answer about how it was made."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from service.answer import Answer, Language, Refusal
from service.generation.model import Why

FILE = Path(__file__).resolve().parent / "notes.yaml"


@cache
def _notes() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def fallback(extractive: Answer | Refusal, why: Why) -> Answer | Refusal:
    """The extractive answer with a note that says why the model did not write it; a refusal as it is."""
    if isinstance(extractive, Refusal):
        return extractive
    return replace(extractive, text=f"{extractive.text} {note(extractive.language, why)}")


def note(language: Language, why: Why) -> str:
    """The note by itself."""
    words = _notes()[language]
    return str(words["fallback"].format(why=words["why"][why]))


def left_out(language: Language, count: int) -> str:
    """How many sentences were left out; "" for none."""
    if not count:
        return ""
    words = _notes()[language]
    return str(words["dropped_one"] if count == 1 else words["dropped_many"].format(n=count))


def broken(language: Language) -> str:
    """That the model broke off."""
    return str(_notes()[language]["broken"])


def summary_mark(language: Language) -> str:
    """What stands behind the marker of a digest."""
    return str(_notes()[language]["summary"])
