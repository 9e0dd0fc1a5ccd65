"""The words that follow-ups are put in, by language: the `followup` lists of corpus/frames, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from ingest.analysis import Term, terms
from retriever.frames import FRAMES, LANGUAGES, plain, without

EDGES = " \t.,:;?!؟،…\"'“”«»()[]-–—"
"""Characters that say nothing at the edges of a question or a topic."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one language; patterns are matched on `frames.plain` text.

    Attributes:
        language: en, fr or ar.
        words: Word lists, each as one pattern from edge to edge of a word.
        asks: Openings of questions up to their topic ("what does … say about"), the likeliest first.
        part: Words for preamble and operative part.
        units: Words for a numbered provision in a sentence of ours, one and several, by label prefix.
        parts: How a sentence of ours names a part.
        templates: Sentences of ours.
    """

    language: str
    words: dict[str, re.Pattern[str]]
    asks: tuple[re.Pattern[str], ...]
    part: dict[str, re.Pattern[str]]
    units: dict[str, tuple[str, str]]
    parts: dict[str, str]
    templates: dict[str, str]

    def has(self, name: str, text: str) -> bool:
        """Whether plain `text` has a word of a list."""
        return self.words[name].search(text) is not None

    def begins(self, name: str, text: str) -> int:
        """Offset after a word of a list that plain `text` begins with, and the spaces after it; 0 for none."""
        found = self.words[name].match(text)
        return found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip()) if found and found.end() else 0

    def opened(self, text: str) -> tuple[bool, str]:
        """Whether a text begins with words that only open it ("and", "OK, so"), and what follows them."""
        rest, opened = text.strip(), False
        while True:
            matched = plain(rest)
            found = self.words["opening"].match(matched)
            if found and matched[found.end() :].strip(EDGES):
                rest = rest[found.end() :].lstrip(EDGES)
            elif "own_waw" in self.words and matched.startswith("و") and len(matched) > 2 and not self.words["own_waw"].match(matched):
                rest = rest[1:].lstrip()  # "and" is written together with the word after it
            else:
                return opened, rest
            opened = True

    def empty(self, text: str) -> bool:
        """Whether a text has nothing but words that open a question ("OK, thanks!")."""
        return not re.sub(rf"{self.words['opening'].pattern}|\W", "", plain(text), flags=re.IGNORECASE)

    def left(self, text: str, *patterns: re.Pattern[str]) -> list[Term]:
        """The words with a topic of their own that are left of `text` when everything that the patterns match is taken out."""
        spans = [found.span() for pattern in patterns for found in pattern.finditer(plain(text))]
        return terms(without(text, spans), self.language)

    def anaphora(self, text: str) -> bool:
        """Whether `text` has a word that stands for something said before ("it", « leur », «ميزانيتها»)."""
        matched = plain(text)
        return any(not self._own(found.group()) for found in self._pronouns(text, matched))

    def _pronouns(self, text: str, matched: str) -> Iterator[re.Match[str]]:
        # Arabic is looked at as it is written: folded, the ending of a noun (ة) and "his" (ه) look alike.
        return self.words["pronouns"].finditer(text if self.language == "ar" else matched)

    def _own(self, word: str) -> bool:
        return "not_pronouns" in self.words and self.words["not_pronouns"].fullmatch(plain(word)) is not None


@cache
def cues(language: str) -> Cues:
    """The cues of a language; those of English for a language without a file."""
    path = FRAMES / f"{language if language in LANGUAGES else 'en'}.yaml"
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["followup"]
    return Cues(
        path.stem,
        {name: _pattern(words) for name, words in data.items() if isinstance(words, str)},
        tuple(_edge(pattern) for pattern in data["asks"]),
        {part: _pattern(words) for part, words in data["part"].items()},
        {prefix: (one, several) for prefix, (one, several) in data["units"].items()},
        data["parts"],
        data["templates"],
    )


def _pattern(words: str) -> re.Pattern[str]:
    return _edge("|".join(sorted(words.split(" | "), key=len, reverse=True)))


def _edge(pattern: str) -> re.Pattern[str]:
    """From edge to edge of a word; an elided word ("l'", "d'") ends in itself."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?:(?<=')|(?!\w))", re.IGNORECASE)
