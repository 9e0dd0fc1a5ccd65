"""An index with something left out: what a part is worth, and what happens when the paragraph that answers is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Vectors
from ingest.generation import lexical_rows
from ingest.index import Contents, Index, searched
from ingest.judge import enough
from ingest.lexical import FIELDS, Field, FieldName, Scores
from ingest.lines import Lines, lessons, lines_of, of_side
from ingest.passages import KINDS, Kind, Passage
from ingest.thesaurus import Thesaurus
from ingest.vectors import VectorIndex


class NoVectors(VectorIndex):
    """Finds nothing near anything."""

    def __init__(self) -> None:
        super().__init__(np.zeros((0, 1), dtype=np.float32), [], None)

    def nearest(self, vector: Vectors, k: int, kind: Kind) -> list[tuple[int, float]]:
        """Nothing, whatever is asked."""
        return []

    def cosine(self, row: int, vector: Vectors) -> float:
        """0, whatever is asked."""
        return 0.0


class Mute(Field):
    """Knows its terms and how rare they are, and finds none of them."""

    def scores(self, weighted: Mapping[str, float]) -> Scores:
        """0 for every provision."""
        return np.zeros_like(super().scores(weighted))


class View(Index):
    """An open index without some of what it holds; nothing is written, vectors are searched exactly.

    It shares the files of the index that it looks at, which must stay open.
    """

    def __init__(
        self,
        whole: Index,
        *,
        instruments: Collection[str] = (),
        without: Collection[str] = (),
        kinds: Collection[Kind] = KINDS,
        mute: Collection[FieldName] = (),
        concepts: bool = True,
        dense: bool = True,
    ) -> None:
        """Makes the view.

        Args:
            whole: What to look at.
            instruments: Ids of those to keep; empty for all.
            without: Ids of provisions to leave out, their notes and everything said of them too.
            kinds: Kinds of passages to keep.
            mute: Lexical fields that find nothing.
            concepts: Whether there is a thesaurus.
            dense: Whether there are vectors.
        """
        kept = set(instruments) or set(whole.instruments)
        provisions = [one for one in whole.provisions.values() if one.instrument in kept and not _gone(one.id, without)]
        ids = {one.id for one in provisions} | kept
        rows = [row for row, one in enumerate(whole.passages) if one.provision in ids and one.kind in kinds]
        # All that is not said below is the whole's own, but for what it worked out and kept.
        worked_out = {name for name, value in vars(Index).items() if isinstance(value, cached_property)}
        vars(self).update({name: value for name, value in vars(whole).items() if name not in worked_out})
        self.instruments = {id_: one for id_, one in whole.instruments.items() if id_ in kept}
        self.provisions = {one.id: one for one in provisions}
        self.searched = searched(provisions)
        self.passages = tuple(whole.passages[row] for row in rows)
        self.thesaurus = whole.thesaurus if concepts else Thesaurus(())
        self.concepts = {id_: found for id_, found in whole.concepts.items() if id_ in ids} if concepts else {}
        self.headings = {id_: found for id_, found in whole.headings.items() if id_ in ids}
        self.manifest = replace(whole.manifest, provisions=len(provisions), passages=len(rows))
        # The whole index keeps its vectors to itself; they are read again from its folder.
        stored: Vectors = np.load(whole.folder / "vectors.npy", mmap_mode="r")
        vectors = np.array(stored[rows])
        self.lines = _lines(whole, self.passages, rows, self.instruments, vectors if dense else np.zeros_like(vectors))
        self.vectors = VectorIndex(vectors, [one.kind for one in self.passages], None) if dense else NoVectors()
        contents = Contents(tuple(self.instruments.values()), tuple(provisions), self.passages, self.thesaurus, self.concepts, self.headings)
        terms = lexical_rows(contents)
        self.fields = {name: (Mute if name in mute else Field).from_terms(terms[name]) for name in FIELDS if any(terms[name])}


def _lines(whole: Index, passages: Sequence[Passage], rows: Sequence[int], instruments: Collection[str], vectors: Vectors) -> Lines:
    """The lines that are left, each with what the judges would have learnt from them alone."""
    kept = np.isin(whole.lines.passages, np.asarray(rows, dtype=np.int64))
    if kept.all():
        return lines_of(passages, instruments, vectors, whole.lines.readable, whole.lines.blocks, whole.lines.judges)
    blocks = {name: block.only(kept) for name, block in whole.lines.blocks.items()}
    judges = {side: judge[kept] for side in whole.lines.judges if (judge := _judge(whole.lines, side, kept)) is not None}
    return lines_of(passages, instruments, vectors, whole.lines.readable[kept], blocks, judges)


def _judge(lines: Lines, side: str, kept: NDArray[np.bool_]) -> NDArray[np.float32] | None:
    own = of_side(lines, side)
    if kept[own].all():
        return lines.judges[side]
    if not enough(lines.answered[own][kept[own]]):
        return None
    judge = np.zeros_like(lines.judges[side])
    judge[own] = _lessons(lines, side).coefficients(~kept[own])
    return judge


_lessons = lru_cache(maxsize=1)(lessons)
"""Those of one side: they take half a minute, and each view needs the same."""


def _gone(provision: str, without: Collection[str]) -> bool:
    return any(provision == one or provision.startswith(f"{one}.") for one in without)
