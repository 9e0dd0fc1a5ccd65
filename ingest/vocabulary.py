"""The words that an index holds, by language: what a slip of the keyboard is told by, and mended with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.analysis import stem, stopwords, words
from ingest.passages import Passage
from ingest.thesaurus import LANGUAGES, Thesaurus


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language.

    Attributes:
        counts: Folded words, with how often they occur in passages; those of labels and the words that questions are put in at least once.
        stems: Their stems.
    """

    counts: dict[str, int]
    stems: frozenset[str]


def save_vocabulary(passages: Iterable[Passage], thesaurus: Thesaurus, path: Path) -> None:
    """Counts the words of each language and writes them."""
    found: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for passage in passages:
        if passage.language in found:
            found[passage.language].update(word for word, _, _ in words(passage.text))
    for language, counts in found.items():
        for concept in thesaurus.concepts.values():
            for label in concept.labels[language]:
                counts.update({word: 1 for word, _, _ in words(label)})
        counts.update(dict.fromkeys(stopwords(language), 1))
    data = {language: {"counts": counts, "stems": sorted({stem(word, language) for word in counts})} for language, counts in found.items()}
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def read_vocabulary(path: Path) -> dict[str, Vocabulary]:
    """What `save_vocabulary` wrote.

    Raises:
        OSError, ValueError, KeyError: The file is missing or not whole.
    """
    data = json.loads(path.read_text("utf-8"))
    return {language: Vocabulary(entry["counts"], frozenset(entry["stems"])) for language, entry in data.items()}
