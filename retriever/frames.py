"""How questions are put in each language: the patterns of corpus/frames, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.analysis import fold

FRAMES = Path(__file__).resolve().parent.parent / "corpus" / "frames"
LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Frames:
    """The patterns of one language. All are matched on `plain` text.

    Attributes:
        language: en, fr or ar.
        units: Words that ask for a numbered provision, by label prefix.
        words: Other word lists of the file, each as one pattern.
        patterns: Lists of patterns, in the file's order.
        parts: Words for preamble and operative part.
    """

    language: str
    units: dict[str, re.Pattern[str]]
    words: dict[str, re.Pattern[str]]
    patterns: dict[str, tuple[re.Pattern[str], ...]]
    parts: dict[str, re.Pattern[str]]

    @property
    def unit(self) -> re.Pattern[str]:
        """Any word that asks for a numbered provision."""
        return self.words["unit"]


_CHARACTER, _LETTER = r"\w", r"[^\W\d]"
_LISTS = ("mention", "mention_before", "where", "wrappers", "fabricate")


def plain(text: str) -> str:
    """Folded text of the same length as `text` wherever folding keeps one character for one; the form that patterns are matched on."""
    return "".join(folded if len(folded := fold(c)) == 1 else (folded[:1] or " ") for c in text.replace("’", "'").replace("‘", "'"))


@cache
def frames(language: str) -> Frames:
    """The frames of a language; those of English for a language without a file."""
    path = FRAMES / f"{language if language in LANGUAGES else 'en'}.yaml"
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    units = {prefix: words.split(" | ") for prefix, words in data["units"].items() if words}
    every = "(?:" + "|".join(word for words in units.values() for word in words) + ")"
    listed = {name: [pattern.replace("{unit}", every) for pattern in data[name]] for name in _LISTS}
    rest = {name: words.split(" | ") for name, words in data.items() if isinstance(words, str)}
    edge = _arabic_edge if path.stem == "ar" else _edge
    return Frames(
        path.stem,
        {prefix: edge(_either(words), digits=True) for prefix, words in units.items()},
        {**{name: edge(_either(words)) for name, words in rest.items()}, "unit": edge(every, digits=True)},
        {name: tuple(edge(pattern) for pattern in patterns) for name, patterns in listed.items()},
        {part: edge(_either(words.split(" | "))) for part, words in data["parts"].items()},
    )


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _edge(pattern: str, *, digits: bool = False) -> re.Pattern[str]:
    """A pattern that begins and ends at the edge of a word; with `digits` a number may follow at once ("para12")."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!{_LETTER if digits else _CHARACTER})", re.IGNORECASE)


def _arabic_edge(pattern: str, *, digits: bool = False) -> re.Pattern[str]:
    """The same in Arabic, where "and", "so", "to" and "in" are written together with the word after them."""
    return re.compile(rf"(?<!\w)[وفلب]?(?:{pattern})(?!{_LETTER if digits else _CHARACTER})", re.IGNORECASE)


def without(text: str, spans: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> str:
    """`text` with the given runs of characters blanked, its length kept."""
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)
