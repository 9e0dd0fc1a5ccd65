"""The front end's own words, in three languages, from `languages/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class Topic:
    """Suggested questions on one topic."""

    topic: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """One language's words. They are Markdown of our own making; what is filled in must be escaped by who fills it in."""

    language: str
    texts: dict[str, str]
    topics: tuple[Topic, ...]
    builtin: dict[str, str]
    """Streamlit's own words, by the English ones; digits stand as #."""

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def fill(self, key: str, **values: object) -> str:
        """The words of `key` with `values` in their places."""
        return self.texts[key].format(**values)


@cache
def words_in(language: str) -> Words:
    """The words of a language.

    Raises:
        FileNotFoundError: There is no such language.
    """
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    topics = tuple(Topic(entry["topic"], tuple(entry["questions"])) for entry in data.pop("suggestions"))
    builtin = data.pop("builtin")
    return Words(language, data, topics, builtin)
