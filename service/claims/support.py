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

from ingest.analysis import stem, terms
from service.claims.dates import numbers
from service.claims.lexicon import lexicon
from service.claims.library import Library

WEIGHTS = Path(__file__).resolve().parent / "support.json"
ASKED = 0.6
"""Weight of a word that only the editors' questions on a provision use, against 1 of one in its text."""
SYNONYM = 0.8
"""Weight of a word in whose place a provision has another of the same meaning."""
NOWHERE = 0.7
"""Weight of a word that no provision has, nor any question: a paraphrase brings such words with it as an invention does."""
SURE = 0.8
"""Support from which a provision says a thing, even if another says it more plainly."""
FAR, NEAR = 0.3, 0.85
"""Cosines that sentences that share words with a passage hardly fall below, and that sentences of a few shared words hardly exceed."""


Columns = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Support:
    """What every provision of the library gives to one sentence.

    Attributes:
        coverage: Share of the weight of the sentence's words that each holds, in its text or in what is asked of it.
        asked: The share that the questions on it hold, in the sentence's own language.
        cosine: Nearness of its nearest passage.
        score: Probability that it supports the sentence, by the fitted weights.
        terms: How many stems were looked for.
    """

    coverage: Columns
    asked: Columns
    cosine: Columns
    score: Columns
    terms: int


@dataclass(frozen=True, slots=True)
class _Sought:
    """A sentence's words held against every provision: the two shares, how many words there were, and the words to be encoded."""

    coverage: Columns
    asked: Columns
    terms: int
    english: str


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
    sought = [_seek(text, language, library) for text, language in sentences]
    nearness = np.full((len(sentences), len(library.ids)), FAR, dtype=np.float64)
    rows = [row for row in range(len(sentences)) if not cited or _open(sought[row], sentences[row][1], cited[row], library)]
    if rows:
        nearness[rows] = library.cosines([sought[row].english or sentences[row][0] for row in rows])
    return [
        Support(one.coverage, one.asked, nearness[row], _score(one, nearness[row], sentences[row][1]), one.terms) for row, one in enumerate(sought)
    ]


def _open(sought: _Sought, language: str, cited: Sequence[str], library: Library) -> bool:
    """Whether nearness of meaning can still change what the words say of a sentence."""
    columns = [column for one in cited for column in library.columns(one)]
    far, near = (_score(sought, np.full(len(library.ids), nearness), language) for nearness in (FAR, NEAR))
    low, high = (max((float(found[column]) for column in columns), default=0.0) for found in (far, near))
    if low < weights()["threshold"] <= high:
        return True
    # Another provision that shares more words may be the right one, or only the longer one.
    return weights()["threshold"] <= low < SURE and float(far.max()) > low


def _score(sought: _Sought, nearness: Columns, language: str) -> Columns:
    given = weights()["en" if language == "en" else "other"]
    raw = given["intercept"] + given["coverage"] * sought.coverage + given["asked"] * sought.asked + given["cosine"] * nearness
    return np.asarray(1 / (1 + np.exp(-raw)), dtype=np.float64)


def _seek(text: str, language: str, library: Library) -> _Sought:
    """Looks for a sentence's words in every provision.

    An English word is in a provision's text, or at least in the questions on it. A word of another language is in the questions in that
    language, or part of what has an English name that stands in the text, or spelt as an English one (a number, "readmission").
    """
    frame = lexicon().frame.get(language, frozenset())
    english = lexicon().frame["en"]
    named = [] if language == "en" else library.named(text, language)
    translated = [(start, end, [term.stem for term in terms(label, "en") if term.stem not in english]) for start, end, label in named]
    mentions = library.concepts(text, language)
    coverage, asked, total = (np.zeros(len(library.ids)) for _ in range(3))
    seen: set[str] = set()
    for term in terms(text, language):
        if term.stem in frame or term.stem in seen or (language != "en" and term.word in lexicon().verbs):
            continue
        seen.add(term.stem)
        questions, there = library.asks(term.stem, language), library.holds(term.stem)
        if language == "en":
            weight = library.rarity(int(there.sum()))
            held = np.where(there, 1.0, ASKED * questions)
            for other in lexicon().synonyms.get(term.stem, ()):
                held = np.maximum(held, SYNONYM * library.holds(other))
        else:
            weight = library.rarity(int((questions | there).sum()))
            held = np.maximum(questions | there, library.holds(stem(term.word, "en"))).astype(np.float64)
            held = np.maximum(held, SYNONYM * library.kin(term.word))
            for other in lexicon().translations[language].get(term.stem, ()):
                held = np.maximum(held, library.holds(other))
            for start, end, stems in translated:
                if stems and start <= term.start < end:
                    held = np.maximum(held, np.mean([library.holds(one) for one in stems], axis=0))
        for number in numbers(term.word, language):
            held = np.maximum(held, library.holds(number))
        for mention in mentions:
            if mention.start <= term.start < mention.end:
                held = np.maximum(held, library.names(mention.concept))
        if not held.any():
            weight *= NOWHERE
        # The instrument's own name need not stand in each of its provisions.
        here = np.where(library.titled(term.stem) & ~there, 0.0, weight)
        coverage += here * held
        asked += here * questions
        total += here
    whole = np.where(total > 0, total, 1.0)
    return _Sought(coverage / whole, asked / whole, len(seen), ", ".join(dict.fromkeys(label for _, _, label in named)))


def logit(score: float) -> float:
    """The sum behind a probability."""
    return math.log(max(score, 1e-9) / max(1 - score, 1e-9))
