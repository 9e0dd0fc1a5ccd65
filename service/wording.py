"""The assistant's own sentences, by language: the files of service/wording."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent / "wording"
LANGUAGES = ("en", "fr", "ar")


@cache
def wording(language: str) -> dict[str, Any]:
    """The sentences of a language; English for one without a file."""
    path = FOLDER / f"{language if language in LANGUAGES else 'en'}.yaml"
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def listed(items: list[str], language: str) -> str:
    """Joins items as a language does: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    comma, last = ("، ", f" {wording(language)['and']}") if language == "ar" else (", ", f" {wording(language)['and']} ")
    return comma.join(items[:-1]) + last + items[-1]


def opening(sentence: str) -> str:
    """With a capital letter first."""
    return sentence[:1].upper() + sentence[1:]
