"""How well a sentence is supported by a provision: the words that they share and the nearness of their meaning, weighed as fitted."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import stem, terms, words
from service.claims.lexicon import lexicon
from service.claims.library import Library

WEIGHTS = Path(__file__).resolve().parent / "support.json"
OWN_WORDS = 0.4
"""Weight of a word of another language that is spelt as an English one, against 1 of a concept's label."""


SURE = 0.8
"""Support from which a provision says a thing, even if another says it more plainly."""
FAR, NEAR = 0.3, 0.85
"""Cosines that sentences that share words with a passage hardly fall below, and that sentences of a few shared words hardly exceed."""


@dataclass(frozen=True, slots=True)
class Support:
    """What every provision of the library gives to one sentence.

    Attributes:
        coverage: Share of the sentence's weight that each holds.
        cosine: Nearness of its nearest passage.
        score: Probability that it supports the sentence, by the fitted weights.
        terms: How many stems were looked for.
    """

    coverage: NDArray[np.float64]
    cosine: NDArray[np.float64]
    score: NDArray[np.float64]
    terms: int


@cache
def weights() -> Mapping[str, Any]:
    """The fitted weights and thresholds; `python -m evals.claims --fit` makes the file."""
    found: Mapping[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))
    return found


def supports(sentences: Sequence[tuple[str, str]], library: Library, cited: Sequence[Sequence[str]] = ()) -> list[Support]:
    """The support of each sentence.

    Encoding is what takes the time, so a sentence whose words alone decide is not encoded; the others are, in one batch.

    Args:
        sentences: Each with its language.
        library: What may support them.
        cited: The ids that each cites; without them every sentence is encoded.
    """
    looked_for = [_looked_for(text, language, library) for text, language in sentences]
    coverage = [library.coverage(stems) for stems, _ in looked_for]
    nearness = np.full((len(sentences), len(library.ids)), FAR, dtype=np.float64)
    open_rows = [row for row in range(len(sentences)) if not cited or _open(coverage[row], sentences[row][1], cited[row], library)]
    if open_rows:
        nearness[open_rows] = library.cosines([looked_for[row][1] or sentences[row][0] for row in open_rows])
    return [
        Support(coverage[row], nearness[row], _score(coverage[row], nearness[row], language), len(looked_for[row][0]))
        for row, (_, language) in enumerate(sentences)
    ]


def _open(coverage: NDArray[np.float64], language: str, cited: Sequence[str], library: Library) -> bool:
    """Whether nearness of meaning can still change what the words say of a sentence."""
    columns = [column for one in cited for column in library.columns(one)]
    own = max((float(coverage[column]) for column in columns), default=0.0)
    low, high = (float(_score(np.asarray([own]), np.asarray([nearness]), language)[0]) for nearness in (FAR, NEAR))
    if low < weights()["threshold"] <= high:
        return True
    # Another provision that shares more words may be the right one, or only the longer one.
    return weights()["threshold"] <= low < SURE and float(coverage.max()) > own


def _score(coverage: NDArray[np.float64], nearness: NDArray[np.float64], language: str) -> NDArray[np.float64]:
    given = weights()["en" if language == "en" else "other"]
    raw = given["intercept"] + given["coverage"] * coverage + given["cosine"] * nearness
    return np.asarray(1 / (1 + np.exp(-raw)), dtype=np.float64)


def _looked_for(text: str, language: str, library: Library) -> tuple[dict[str, float], str]:
    """Weighted stems that a source should hold, and the English words to be encoded ("" for the text itself)."""
    frame = lexicon().frame.get(language, frozenset())
    own = {term.stem: 1.0 for term in terms(text, language) if term.stem not in frame}
    if language == "en":
        return own, ""
    labels = library.in_english(text, language)
    english = lexicon().frame["en"]
    stems = {term.stem: 1.0 for label in labels for term in terms(label, "en") if term.stem not in english}
    for word, _, _ in words(text):
        if library.knows(shared := stem(word, "en")) and shared not in english:
            stems.setdefault(shared, 1.0 if word.isdigit() else OWN_WORDS)
    # A text in the sentence's own language is compared in its own words.
    stems.update({one: weight for one, weight in own.items() if library.knows(one)})
    return stems, ", ".join(labels)


def logit(score: float) -> float:
    """The sum behind a probability."""
    return math.log(max(score, 1e-9) / max(1 - score, 1e-9))
