"""Names of countries, and of groups of them, in a question or a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.analysis import words

COUNTRIES = Path(__file__).resolve().parent.parent / "corpus" / "countries.yaml"
LANGUAGES = ("en", "fr", "ar")
_ARTICLES = {"the", "la", "le", "l", "les"}


@dataclass(frozen=True, slots=True)
class Named:
    """A country or a group found in a text: its code ("JP", "eu") and the offsets of its name."""

    code: str
    start: int
    end: int


def country_name(code: str, language: str) -> str:
    """The name of a country in a language, as the Unicode CLDR has it; the code itself when it has none."""
    return _territories(language).get(code, code)


def find_countries(text: str, language: str) -> list[Named]:
    """Countries that `text` names in `language`, in order; the longest name wins ("South Sudan" is not Sudan)."""
    return find_names(text, _names(language))


def find_groups(text: str, language: str) -> list[Named]:
    """Groups of countries that `text` names, such as `africa`, in order."""
    return find_names(text, _group_names(language))


def group(code: str) -> frozenset[str]:
    """Codes of the countries of a group."""
    return frozenset(_data()["groups"][code]["members"])


def find_names(text: str, names: dict[tuple[str, ...], str]) -> list[Named]:
    """Names (as folded words, with what they stand for) in `text`, in order; the longest one wins."""
    longest = max((len(name) for name in names), default=0)
    found, run = [], list(words(text))
    place = 0
    while place < len(run):
        for length in range(min(longest, len(run) - place), 0, -1):
            code = names.get(tuple(word for word, _, _ in run[place : place + length]))
            if code:
                found.append(Named(code, run[place][1], run[place + length - 1][2]))
                place += length
                break
        else:
            place += 1
    return found


@cache
def _names(language: str) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for spoken in dict.fromkeys((language, "en")):
        for code, name in _territories(spoken).items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "UN", "EZ", "ZZ", "QO", "XA", "XB"}:
                found.setdefault(_key(name), code)
    for code, others in _data()["names"].items():
        for name in others:
            found.setdefault(_key(name), code)
    if language == "ar":
        for key, code in list(found.items()):
            for joined in _with_arabic_prefixes(key[0]):
                found.setdefault((joined, *key[1:]), code)
    return found


def _with_arabic_prefixes(word: str) -> list[str]:
    """The word with "and", "so", "in" and "to" written together with it; "to" takes the first letter of the article away."""
    return [f"و{word}", f"ف{word}", f"ب{word}", f"لل{word.removeprefix('ال')}" if word.startswith("ال") else f"ل{word}"]


@cache
def _group_names(language: str) -> dict[tuple[str, ...], str]:
    spoken = dict.fromkeys((language, "en"))
    return {_key(name): code for code, entry in _data()["groups"].items() for one in spoken for name in entry["names"].get(one, ())}


def _key(name: str) -> tuple[str, ...]:
    key = tuple(word for word, _, _ in words(name))
    return key[1:] if len(key) > 1 and key[0] in _ARTICLES else key


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language if language in LANGUAGES else "en").territories)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(COUNTRIES.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


def codes(found: Iterable[Named]) -> list[str]:
    """The codes, in order, no repeats."""
    return list(dict.fromkeys(one.code for one in found))
