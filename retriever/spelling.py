"""Mends slips of the keyboard in a question, with the words that the index knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.analysis import stem, words

SHORTEST = 5
"""Letters of a word that is mended at least: among shorter ones too many are a letter apart."""


def mend(text: str, language: str, vocabulary: Mapping[str, int], stems: Collection[str]) -> tuple[str, dict[str, str]]:
    """`text` with misspelt words replaced by the index's nearest word.

    A word is left as it is when the index has it or its stem, when the language's dictionary has it, or when nothing near enough
    exists: one slip (a letter added, left out, changed, or two swapped) in a word of up to seven letters, two in a longer one, the
    first letter right.

    Args:
        text: A question.
        language: Of the question.
        vocabulary: Folded words of the index in that language, with how often they occur.
        stems: Their stems.

    Returns:
        The mended text, and what was replaced by what.
    """
    replaced: dict[str, str] = {}
    pieces: list[str] = []
    position = 0
    for word, start, end in words(text):
        if len(word) < SHORTEST or not word.isalpha() or word in vocabulary or stem(word, language) in stems:
            continue
        if word in dictionary(language) or text[start:end].lower() in dictionary(language):
            continue
        better = nearest(word, vocabulary)
        if better:
            replaced[text[start:end]] = better
            pieces.extend((text[position:start], better))
            position = end
    return "".join((*pieces, text[position:])), replaced


def nearest(word: str, vocabulary: Mapping[str, int] | Collection[str]) -> str:
    """The word of the vocabulary that `word` is a slip of, the more frequent one of two equally near; "" for none."""
    allowed = 1 if len(word) <= 7 else 2
    found = process.extract(
        word,
        [known for known in vocabulary if known[:1] == word[:1] and abs(len(known) - len(word)) <= allowed and len(known) >= SHORTEST - 1],
        scorer=OSA.distance,
        score_cutoff=allowed,
        limit=8,
    )
    if not found:
        return ""
    often = vocabulary if isinstance(vocabulary, Mapping) else {}
    return str(min(found, key=lambda one: (one[1], -often.get(one[0], 0), one[0]))[0])


@cache
def dictionary(language: str) -> frozenset[str]:
    """Words of a language with accents, lower case; read (in half a second) when the first unknown word comes."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language=language, distance=1).word_frequency.dictionary)
