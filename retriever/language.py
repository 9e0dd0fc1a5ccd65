"""Which of the three languages a question is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from ingest.analysis import stopwords, words

Language = Literal["en", "fr", "ar"]
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")
_BOTH = {"non", "on", "me", "par", "or", "tu", "sont", "a", "as", "son", "but", "main", "points", "point", "article", "articles", "paragraphs", "is"}


def detect(text: str) -> Language:
    """The language of a question; English when nothing tells.

    Script tells Arabic. Between English and French function words decide, which even a question of four words mostly has; without any,
    lingua does, if it is sure.
    """
    if len(_ARABIC.findall(text)) > len(_LATIN.findall(text)):
        return "ar"
    found = {word for word, _, _ in words(text)}
    english = len(found & (stopwords("en") - stopwords("fr") - _BOTH))
    french = len(found & (stopwords("fr") - stopwords("en") - _BOTH))
    if english != french:
        return "en" if english > french else "fr"
    if len(found) < 2:
        return "en"
    confidence = {one.language.name: one.value for one in _detector().compute_language_confidence_values(text)}
    return "fr" if confidence.get("FRENCH", 0.0) > 0.8 else "en"


@cache
def _detector() -> Any:
    from lingua import Language as Lingua  # loads its models at the first question that needs them
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Lingua.ENGLISH, Lingua.FRENCH).build()
