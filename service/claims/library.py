"""What claims are checked against: the provisions, made comparable once, with the vectors of their passages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms
from ingest.catalogue import Instrument
from ingest.encoder import Vectors
from ingest.index import Index, read_vectors, searched
from ingest.provision import Provision
from ingest.thesaurus import Thesaurus
from retriever.names import country_name, find_countries
from service.claims.comparing import Comparable, comparable


class TextEncoder(Protocol):
    """What turns texts into vectors of length 1, such as `ingest.encoder.Encoder`."""

    def encode(self, texts: Sequence[str], prompt: str = "") -> Vectors:
        """One row a text, in order."""


@dataclass(eq=False)
class Library:
    """The provisions of one index generation.

    Attributes:
        instruments: By id.
        provisions: By id, in reading order.
        encoder: Encodes claims as the passages were encoded.
        owners: Id of the provision that each row of `vectors` belongs to; rows of one provision stand together.
        vectors: Of the passages.
        thesaurus: Tells what words of another language stand for; None does without.
    """

    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    encoder: TextEncoder
    owners: Sequence[str]
    vectors: Vectors
    thesaurus: Thesaurus | None = None
    _stems: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_index(cls, index: Index) -> Library:
        """Over an opened index, whose vectors are taken as they are."""
        rows = [row for row, one in enumerate(index.passages) if one.kind == "text"]
        vectors = np.ascontiguousarray(read_vectors(index.folder, index.manifest)[rows])
        owners = [index.passages[row].provision for row in rows]
        return cls(index.instruments, index.provisions, index.encoder, owners, vectors, index.thesaurus)

    @classmethod
    def from_provisions(cls, instruments: Mapping[str, Instrument], provisions: Mapping[str, Provision], encoder: TextEncoder) -> Library:
        """Over provisions by themselves, encoded here."""
        owners = searched(provisions.values())
        return cls(instruments, provisions, encoder, owners, encoder.encode([provisions[one].text for one in owners]))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the provisions that have vectors, in order: the columns of `support` and `coverage`."""
        return tuple(dict.fromkeys(self.owners))

    @cached_property
    def column_of(self) -> dict[str, int]:
        """The column of each of `ids`."""
        return {one: column for column, one in enumerate(self.ids)}

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.asarray([row for row, one in enumerate(self.owners) if row == 0 or self.owners[row - 1] != one], dtype=np.int64)

    def columns(self, provision_id: str) -> list[int]:
        """Columns that stand for a provision: its own, or those of its parts."""
        if provision_id in self.column_of:
            return [self.column_of[provision_id]]
        return [column for one, column in self.column_of.items() if one.startswith(provision_id + ".")]

    def cosines(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (texts, ids): how near the nearest passage of each provision is. One batch, whatever the number of texts."""
        vectors = self.encoder.encode(list(texts))
        return np.maximum.reduceat(vectors @ self.vectors.T, self._starts, axis=1)

    @cached_property
    def _holders(self) -> dict[str, NDArray[np.bool_]]:
        found: dict[str, NDArray[np.bool_]] = {}
        for one, column in self.column_of.items():
            for term in self.stems(one):
                found.setdefault(term, np.zeros(len(self.ids), dtype=np.bool_))[column] = True
        return found

    def stems(self, provision_id: str) -> frozenset[str]:
        """Stems of a provision's text and heading, and of the names its instrument goes by."""
        if provision_id not in self._stems:
            provision = self.provisions[provision_id]
            self._stems[provision_id] = frozenset(term.stem for term in terms(f"{provision.heading} {provision.text}", provision.language))
        return self._stems[provision_id]

    def rarity(self, stem: str) -> float:
        """How much a stem tells: the logarithm of how few provisions hold it; most for one that none does."""
        held = int(self._holders[stem].sum()) if stem in self._holders else 0
        return math.log(1 + (len(self.ids) - held + 0.5) / (held + 0.5))

    def knows(self, stem: str) -> bool:
        """Whether any provision holds it."""
        return stem in self._holders

    def coverage(self, weighted: Mapping[str, float]) -> NDArray[np.float64]:
        """Shape (ids,): share of the weight of some stems that each provision holds; 0 when there are none."""
        found = np.zeros(len(self.ids))
        total = 0.0
        for stem, weight in weighted.items():
            worth = weight * self.rarity(stem)
            total += worth
            if stem in self._holders:
                found += worth * self._holders[stem]
        return found / total if total else found

    @cached_property
    def comparable(self) -> dict[str, Comparable]:
        """Every provision's text as it is compared."""
        return {one: comparable(provision.text) for one, provision in self.provisions.items()}

    def in_english(self, text: str, language: str) -> list[str]:
        """English labels of the concepts and countries that a text in another language names, in order."""
        named = [country_name(one.code, "en") for one in find_countries(text, language)]
        if self.thesaurus is None:
            return named
        concepts = dict.fromkeys(mention.concept for mention in self.thesaurus.find(text, language))
        return [*(self.thesaurus.concepts[one].preferred["en"] for one in concepts), *named]
