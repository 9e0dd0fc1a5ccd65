"""Which of the three languages a question is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from ingest.analysis import stopwords, words
from retriever.names import Named, find_countries
from retriever.spelling import dictionary

Language = Literal["en", "fr", "ar"]
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")
_BOTH = {
    "non", "on", "me", "par", "or", "tu", "sont", "a", "as", "son", "but", "main", "points", "point", "article", "articles", "paragraphs", "para",
    "paras", "note", "notes", "page", "is", "au", "eu", "refoulement",
}  # fmt: skip
_FRENCH_MARKS = re.compile(r"[éèêëàâçùûôîïœ]|(?<!\w)(?:[ldjnmstc]|qu)['’](?=\w)", re.IGNORECASE)
_ENGLISH_MARKS = re.compile(r"(?<=\w)(?:['’]s|n['’]t|['’](?:re|ve|ll))(?!\w)", re.IGNORECASE)
_FRENCH_ALONE = re.compile(r"\W*comment\W*", re.IGNORECASE)
_SURE = 0.8


def detect(text: str, default: Language = "en") -> Language:
    """The language of a question.

    Script tells Arabic. Between English and French function words decide, which even a question of four words mostly has; then accents
    and apostrophes, then words that only one language's dictionary has, then names of countries, and last lingua, if it is sure.
    Names of countries are kept out of the first three: "Côte d'Ivoire" is written so in English too.

    Args:
        text: A question, or a few words.
        default: What it is taken for when nothing tells ("ICMPD?"), such as the language of the conversation.
    """
    if len(_ARABIC.findall(text)) > len(_LATIN.findall(text)):
        return "ar"
    other: Language = "en" if default == "ar" and _LATIN.search(text) else default
    if _FRENCH_ALONE.fullmatch(text):
        return "fr"
    places = {language: find_countries(text, language) for language in ("en", "fr")}
    rest = list(text)
    for found in (*places["en"], *places["fr"]):
        rest[found.start : found.end] = " " * (found.end - found.start)
    unnamed = "".join(rest)
    return _by_words(unnamed) or _by_names(places["en"], places["fr"]) or _by_letters(unnamed) or other


def _by_words(text: str) -> Language | None:
    found = {word: text[start:end].lower() for word, start, end in words(text)}
    english = len(found.keys() & (stopwords("en") - stopwords("fr") - _BOTH))
    french = len(found.keys() & (stopwords("fr") - stopwords("en") - _BOTH))
    if english == french:
        english, french = len(_ENGLISH_MARKS.findall(text)), len(_FRENCH_MARKS.findall(text))
    if english == french:
        content = {word: written for word, written in found.items() if word.isalpha() and len(word) > 2 and word not in _BOTH}
        known = {language: {word for word, written in content.items() if {word, written} & dictionary(language)} for language in ("en", "fr")}
        english, french = len(known["en"] - known["fr"]), len(known["fr"] - known["en"])
    return None if english == french else "en" if english > french else "fr"


def _by_names(english: list[Named], french: list[Named]) -> Language | None:
    """French when a country is named as it is in French alone; French names are looked for after English ones, which both lists have."""
    return "fr" if len(french) > len(english) else None


def _by_letters(text: str) -> Language | None:
    if len([word for word, _, _ in words(text) if word not in _BOTH]) < 2:
        return None
    confidence = {one.language.name: one.value for one in _detector().compute_language_confidence_values(text)}
    return "fr" if confidence.get("FRENCH", 0.0) > _SURE else "en" if confidence.get("ENGLISH", 0.0) > _SURE else None


@cache
def _detector() -> Any:
    from lingua import Language as Lingua  # loads its models at the first question that needs them
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Lingua.ENGLISH, Lingua.FRENCH).build()
