"""Simple ways of finding provisions, run beside ours: BM25, MiniLM, both fused, and LangChain's tutorial pipeline (evals/tutorial.py).

None of them refuses. Each is taken to cite the first `CITED` provisions that it finds: what the tutorial puts before its model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evals.outcome import DEPTH, Cited, Outcome
from evals.sets import Row
from ingest.encoder import Encoder, Vectors
from ingest.lexical import Field
from ingest.provision import Provision

CITED = 4
RRF_CONSTANT = 60
"""Source: Cormack, Clarke, Büttcher 2009, Reciprocal rank fusion outperforms Condorcet."""

Scores = NDArray[np.float64]


class Scorer(Protocol):
    """One number a provision, in a fixed order; higher is better."""

    def scores(self, question: str) -> Scores:
        """Shape (provisions,)."""


class Bm25:
    """BM25 over stemmed English words, one passage a provision."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._field = Field.from_terms([stems(text) for text in texts])

    def scores(self, question: str) -> Scores:
        """See `Scorer`."""
        return self._field.scores(dict.fromkeys(stems(question), 1.0)).astype(np.float64)


class Dense:
    """Cosine of MiniLM's vectors, one passage a provision."""

    def __init__(self, vectors: Vectors, encoder: Encoder) -> None:
        self._vectors, self._encoder = vectors, encoder

    @classmethod
    def from_texts(cls, texts: Sequence[str], encoder: Encoder) -> Dense:
        """Embeds the texts."""
        return cls(encoder.encode(texts, encoder.passage_prompt), encoder)

    def scores(self, question: str) -> Scores:
        """See `Scorer`."""
        return np.asarray(self._vectors @ self._encoder.encode([question], self._encoder.question_prompt)[0], dtype=np.float64)


class RankFusion:
    """Equal-weight reciprocal rank fusion of other scorers."""

    def __init__(self, scorers: Iterable[Scorer]) -> None:
        self._scorers = tuple(scorers)

    def scores(self, question: str) -> Scores:
        """See `Scorer`."""
        return np.asarray(np.sum([1.0 / (RRF_CONSTANT + ranks(one.scores(question))) for one in self._scorers], axis=0))


class ScoreFusion:
    """Min-max normalised scores of two scorers, the first weighing `weight` and the second the rest."""

    def __init__(self, first: Scorer, second: Scorer, weight: float) -> None:
        self._first, self._second, self._weight = first, second, weight

    def scores(self, question: str) -> Scores:
        """See `Scorer`."""
        return self._weight * min_max(self._first.scores(question)) + (1 - self._weight) * min_max(self._second.scores(question))


def stems(text: str) -> list[str]:
    """Stemmed English words without stop words, as ours has them."""
    from ingest.analysis import terms

    return [term.stem for term in terms(text, "en")]


def ranks(scores: Scores) -> Scores:
    """Rank of each, from 1; of equals the earlier comes first."""
    found = np.empty(len(scores))
    found[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return found


def min_max(scores: Scores) -> Scores:
    """Stretched to 0 to 1; all 0 when all are equal."""
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


class Baseline:
    """A scorer that can be asked like a system."""

    refuses = False

    def __init__(self, name: str, scorer: Scorer, provisions: Sequence[Provision]) -> None:
        self.name = name
        self._scorer = scorer
        self._ids = [one.id for one in provisions]
        self._owners = np.asarray([one.instrument for one in provisions])

    def ask(self, row: Row, scope: tuple[str, ...]) -> Outcome:
        """See `System.ask`; what was said before is not looked at."""
        scope = row.instruments or scope
        scores = self._scorer.scores(row.question)
        order = np.argsort(-scores, kind="stable")
        if scope:
            order = order[np.isin(self._owners[order], scope)]
        ranked = tuple(self._ids[place] for place in order[:DEPTH])
        # No time is taken: the vectors may be replayed ones.
        return Outcome(row, "answered", ranked, tuple(Cited(one) for one in ranked[:CITED]))
