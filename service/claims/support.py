"""How well a sentence is supported by a provision: the words that they share and the nearness of their meaning, weighed as fitted."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import stem, terms, words
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
class Word:
    """A word of a sentence.

    Attributes:
        start: Its offset.
        weight: How much it tells.
        held: How much of it each provision holds, 0 to 1.
        asked: The same for the questions on each.
        matter: Whether it is more than a number, or a verb that says how strongly something is said.
    """

    start: int
    weight: float
    held: Columns
    asked: Columns
    matter: bool


@dataclass(frozen=True, slots=True)
class Support:
    """What every provision of the library gives to one sentence.

    Attributes:
        coverage: Share of the weight of the sentence's words that each holds, in its text or in what is asked of it.
        asked: The share that the questions on it hold, in the sentence's own language.
        cosine: Nearness of its nearest passage.
        score: Probability that it supports the sentence, by the fitted weights.
        terms: How many stems were looked for.
        words: Each of them.
    """

    coverage: Columns
    asked: Columns
    cosine: Columns
    score: Columns
    terms: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A sentence's words held against every provision: the two shares, how many words there were, and the words to be encoded."""

    coverage: Columns
    asked: Columns
    terms: int
    english: str
    words: tuple[Word, ...]


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
        Support(one.coverage, one.asked, nearness[row], _score(one, nearness[row], sentences[row][1]), one.terms, one.words)
        for row, one in enumerate(sought)
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
    if all(term.stem in frame for term in terms(text, language)):
        frame = frozenset()  # "It mentions Cairo" has no other word
    english = lexicon().frame["en"]
    named = [] if language == "en" else library.named(text, language)
    translated = [(start, end, [term.stem for term in terms(label, "en") if term.stem not in english]) for start, end, label in named]
    mentions = library.concepts(text, language)
    compound = _compound(text, language)
    coverage, asked, total = (np.zeros(len(library.ids)) for _ in range(3))
    seen: set[str] = set()
    sought: list[Word] = []
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
        for number in compound.get(term.start, numbers(term.word, language)):
            held = np.maximum(held, library.holds(number))
        for mention in mentions:
            if mention.start <= term.start < mention.end:
                held = np.maximum(held, library.names(mention.concept))
        if not held.any():
            weight *= NOWHERE
        matter = term.word not in lexicon().verbs and not term.word.isdigit()
        sought.append(Word(term.start, weight, np.maximum(held, library.titled(term.stem)), questions.astype(np.float64), matter))
        # The instrument's own name need not stand in each of its provisions.
        here = np.where(library.titled(term.stem) & ~there, 0.0, weight)
        coverage += here * held
        asked += here * questions
        total += here
    whole = np.where(total > 0, total, 1.0)
    labels = ", ".join(dict.fromkeys(label for _, _, label in named))
    return _Sought(coverage / whole, asked / whole, len(seen), labels, tuple(sought))


def together(support: Support, columns: Sequence[int], language: str) -> float:
    """The support that several provisions give a sentence together: each word is held by the one that holds it best."""
    total = sum(one.weight for one in support.words)
    if not columns or not total:
        return 0.0
    coverage, asked = (
        sum(one.weight * float(held[columns].max()) for one, held in zip(support.words, table, strict=True)) / total
        for table in ([one.held for one in support.words], [one.asked for one in support.words])
    )
    given = weights()["en" if language == "en" else "other"]
    nearness = float(support.cosine[columns].max())
    return 1 / (1 + math.exp(-(given["intercept"] + given["coverage"] * coverage + given["asked"] * asked + given["cosine"] * nearness)))


_PART = re.compile(r"[,;:()–—]|(?<![-–])\b(?:and|but|while|whereas|or|et|mais|ou|tandis)\b|\sو(?=\w)")


def foreign_part(text: str, support: Support, columns: Sequence[int], language: str) -> str:
    """A part of a sentence of which the provisions cited hold no word: something added to what they say; "" for none.

    One English word is enough after the beginning, which often only leads in ("In practice, …"), but not one that is asked of them. In other
    languages it may be our lists that lack a word.

    Args:
        text: What `support` was measured of.
        support: Of it.
        columns: Of the provisions cited.
        language: Of the text. What is asked of a provision stands for its words in other languages than its own.
    """
    if not columns:
        return ""
    asked = ASKED if language == "en" else 0.0
    edges = [0, *(one.end() for one in _PART.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        held = [float(one.held[columns].max()) for one in support.words if one.matter and start <= one.start < end]
        if held and ((len(held) > 1 and max(held) <= asked) or (start and language == "en" and not any(held))):
            return text[start:end].strip(" ,;:().–—")
    return ""


def foreign_words(own: str, support: Support, columns: Sequence[int]) -> str:
    """The words around a quotation, when the provisions cited hold none of them: "they restrict “the human rights of all migrants”"; else "".

    Args:
        own: The sentence with its quotations blanked, of which or of whose whole `support` was measured.
        support: Of it.
        columns: Of the provisions cited.
    """
    mine = [one for one in support.words if one.matter and own[one.start : one.start + 1].strip()]
    if not columns or any(one.held[columns].max() for one in mine):
        return ""
    return " … ".join(own[one.start :].split(maxsplit=1)[0] for one in mine)


def _compound(text: str, language: str) -> dict[int, set[str]]:
    """Numbers of two words, such as "thirty-nine", by the offset of each word."""
    found: dict[int, set[str]] = {}
    for (one, start, _), (other, after, end) in pairwise(words(text)):
        value = numbers(text[start:end], language)
        if len(value) == 1 and numbers(one, language) and numbers(other, language) and not one.isdigit():
            found[start] = found[after] = value
    return found


def logit(score: float) -> float:
    """The sum behind a probability."""
    return math.log(max(score, 1e-9) / max(1 - score, 1e-9))
