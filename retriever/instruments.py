"""Which instruments a question names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import yaml

from ingest.analysis import words
from ingest.catalogue import CORPUS, Instrument
from ingest.index import Index
from retriever.names import Named, find_names

OTHER_TEXTS = CORPUS / "other-texts.yaml"


def named_instruments(text: str, language: str, index: Index) -> tuple[str, ...]:
    """Ids of the instruments that `text` names by title, short title, abbreviation or another name, in order, no repeats.

    The longest name wins: "the Universal Declaration" is not "the declaration".
    """
    return tuple(dict.fromkeys(one.code for one in instrument_names(text, language, index)))


def instrument_names(text: str, language: str, index: Index) -> list[Named]:
    """The names of instruments in `text`, each with the id that it stands for, in order."""
    return find_names(text, _names(index, language))


@lru_cache(maxsize=8)
def _names(index: Index, language: str) -> dict[tuple[str, ...], str]:
    return names_of(index.instruments.values(), language)


def other_texts(text: str, language: str, there: Iterable[Named]) -> list[Named]:
    """Names of texts of the field that are not in the corpus, in order, those left out that lie in the name of one which is there."""
    spans = [(one.start, one.end) for one in there]
    return [one for one in find_names(text, _other_names(language)) if not any(start <= one.start and one.end <= end for start, end in spans)]


@cache
def _other_names(language: str) -> dict[tuple[str, ...], str]:
    lists: dict[str, list[str]] = yaml.load(OTHER_TEXTS.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {tuple(word for word, _, _ in words(name)): name for spoken in dict.fromkeys((language, "en")) for name in lists.get(spoken, ())}


def names_of(instruments: Iterable[Instrument], language: str) -> dict[tuple[str, ...], str]:
    """What instruments are called in a language and in English, as folded words, with the id that each name stands for."""
    found: dict[tuple[str, ...], str] = {}
    for instrument in instruments:
        for spoken in dict.fromkeys((language, "en")):
            given = [instrument.title.get(spoken, ""), instrument.short.get(spoken, ""), *instrument.names.get(spoken, ())]
            for name in (*given, *instrument.mentions.get(spoken, ()), *instrument.abbreviations):
                key = tuple(word for word, _, _ in words(name))
                key = key[1:] if len(key) > 1 and key[0] in {"the", "la", "le", "l", "les"} else key
                if key:
                    found.setdefault(key, instrument.id)
    return found
