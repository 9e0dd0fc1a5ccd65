"""Cuts text into terms for lexical search: normalised, stop words dropped, stemmed in the text's own language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import Stemmer
import yaml

STOPWORDS = Path(__file__).resolve().parent.parent / "corpus" / "stopwords.yaml"
_STEMMERS = {"en": "english", "fr": "french", "ar": "arabic"}
_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
"""Accents and Arabic vowel signs written as characters of their own; they part no word."""
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:[’'.-][^\W_](?:[^\W_]|[{_MARKS}])*)*")
_INNER = re.compile(r"[’'.-]")
_ELISION = re.compile(r"(?:[ldjmnstc]|qu|lorsqu|puisqu|jusqu)[’']", re.IGNORECASE)
_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_ARABIC_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})")
_ARABIC_PREPOSITION = re.compile(r"^[بو](?=ا\w{3})")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|ere|e|eme)")


@dataclass(frozen=True, slots=True)
class Term:
    """A stemmed word and the offsets of the word it came from."""

    stem: str
    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, no accents, no vowel signs, one form for each Arabic letter: what people type and what texts hold look alike."""
    if text.isascii():
        return text.lower()
    # Folding case before and after: "𝐀" decomposes into a capital, "ŉ" folds into what decomposes.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_ARABIC_FORMS).casefold()).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ARABIC_FORMS)


_folded_word = lru_cache(maxsize=65_536)(fold)
"""`fold` remembered: a text has few different words."""


@cache
def stopwords(language: str) -> frozenset[str]:
    """The folded stop words of a language (en, fr, ar); empty for any other."""
    lists = yaml.load(STOPWORDS.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return frozenset(fold(word) for word in str(lists.get(language, "")).split())


@cache
def stem(word: str, language: str) -> str:
    """The stem of a folded word. French and Arabic stems carry their language ("fr:retour"), English ones and numbers do not."""
    if ordinal := _ORDINAL.fullmatch(word):
        return ordinal.group(1)
    if word.isdigit():
        return str(int(word))
    if language == "en":
        # One spelling for organise/organize and labour/labor.
        word = re.sub(r"(?<=\w{3})is(e[ds]?|ing|ation|ations)$", r"iz\1", word)
        word = re.sub(r"(?<=\w{2})our(s|ed|ing|er|ers)?$", r"or\1", word)
    if language == "ar":
        word = _without_arabic_prefixes(word)
    found = str(_stemmer(language).stemWord(word)) if language in _STEMMERS else word
    if language == "ar" and len(found) > 3:
        found = found.removesuffix("ي")
    return found if language == "en" else f"{language}:{found}"


def _without_arabic_prefixes(word: str) -> str:
    """Without article, conjunction and preposition, which the Arabic stemmer takes off some forms of a word and not off others."""
    found = _ARABIC_ARTICLE.match(word)
    if found:
        rest = word[found.end() :]
        # "لل" is "ل" and an article whose own "ل" is not written again before another one.
        word = "ل" + rest if found.group().endswith("لل") and rest.startswith("ا") else rest
    return _ARABIC_PREPOSITION.sub("", word)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Folded words with their offsets, in order; hyphens, apostrophes and inner dots part words ("non-refoulement", "l'asile")."""
    for found in _WORD.finditer(text):
        start = found.start()
        elided = _ELISION.match(found.group())
        if elided and elided.end() < len(found.group()):
            start += elided.end()
        yield from _pieces(text[start : found.end()], start)


def _pieces(run: str, offset: int) -> Iterator[tuple[str, int, int]]:
    position = 0
    for cut in (*_INNER.finditer(run), None):
        end = cut.start() if cut else len(run)
        if run[position:end]:
            yield _folded_word(run[position:end]), offset + position, offset + end
        position = cut.end() if cut else end


def terms(text: str, language: str) -> list[Term]:
    """The terms of `text`, in order, stop words left out.

    Args:
        text: Any text.
        language: en, fr or ar choose stemmer and stop words; another language is only folded.
    """
    dropped = stopwords(language)
    return [Term(stem(word, language), word, start, end) for word, start, end in words(text) if word not in dropped and not _single(word)]


def pairs(stems: Sequence[str]) -> list[str]:
    """Stems that stand beside each other, two by two, in order: words in a row say more than the same words apart.

    Source: the ordered bigrams of Metzler, Croft 2005, A Markov random field model for term dependencies.
    """
    return [f"{left} {right}" for left, right in pairwise(stems)]


def _single(word: str) -> bool:
    return len(word) == 1 and not word.isdigit()
