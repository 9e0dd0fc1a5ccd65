"""What claims are checked against: the provisions, made comparable once, with the vectors of their passages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import stem, terms, words
from ingest.catalogue import Instrument
from ingest.encoder import Vectors
from ingest.index import Index, read_vectors, searched
from ingest.provision import Provision
from ingest.thesaurus import ConceptMention, Thesaurus
from retriever.names import country_name, find_countries
from service.claims.comparing import Comparable, comparable
from service.claims.dates import numbers
from service.claims.lexicon import LANGUAGES, lexicon

FEWEST = 8
"""Countries in one provision that make it a list whose count may be told."""
KIN = 6
"""Letters at the beginning of two words by which they are akin."""


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
        asked: The editors' headings and questions: language, provision id, words. They say in three languages, and in everyday words, what
            a provision is about.
    """

    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    encoder: TextEncoder
    owners: Sequence[str]
    vectors: Vectors
    thesaurus: Thesaurus | None = None
    asked: Sequence[tuple[str, str, str]] = ()
    _stems: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_index(cls, index: Index) -> Library:
        """Over an opened index, whose vectors are taken as they are."""
        rows = [row for row, one in enumerate(index.passages) if one.kind == "text"]
        vectors = np.ascontiguousarray(read_vectors(index.folder, index.manifest)[rows])
        owners = [index.passages[row].provision for row in rows]
        asked = [(one.language, one.provision, one.text) for one in index.passages if one.kind == "question"]
        return cls(index.instruments, index.provisions, index.encoder, owners, vectors, index.thesaurus, asked)

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

    @lru_cache(maxsize=len(LANGUAGES))  # noqa: B019 - a library lives as long as its index is served
    def asked_in(self, language: str) -> dict[str, NDArray[np.bool_]]:
        """By stem, which columns' headings and questions in a language hold it. A language that nobody asks in is never read."""
        found: dict[str, NDArray[np.bool_]] = {}
        pairs = {
            (term.stem, column)
            for spoken, provision_id, text in self.asked
            if spoken == language
            for columns in (self.columns(provision_id),)
            for term in terms(text, language)
            for column in columns
        }
        for one, column in pairs:
            found.setdefault(one, np.zeros(len(self.ids), dtype=np.bool_))[column] = True
        return found

    def asks(self, stem: str, language: str) -> NDArray[np.bool_]:
        """Which columns' headings and questions in a language hold a stem."""
        return self.asked_in(language).get(stem, self._none)

    def holds(self, stem: str) -> NDArray[np.bool_]:
        """Which columns' texts hold a stem."""
        return self._holders.get(stem, self._none)

    @lru_cache(maxsize=4096)  # noqa: B019 - a library lives as long as its index is served
    def kin(self, word: str) -> NDArray[np.bool_]:
        """Which columns' texts hold a word that is akin to one of another language: "mobilite", "pandemies"."""
        found = self._none
        if len(word) > KIN and word.isascii() and word.isalpha():
            for one in self._holders:
                if one.startswith(word[:KIN]) or (len(one) == KIN - 1 and word.startswith(one)):
                    found = found | self._holders[one]
        return found

    @cached_property
    def _none(self) -> NDArray[np.bool_]:
        return np.zeros(len(self.ids), dtype=np.bool_)

    @cached_property
    def _holders(self) -> dict[str, NDArray[np.bool_]]:
        found: dict[str, NDArray[np.bool_]] = {}
        for one, column in self.column_of.items():
            for term in self.stems(one):
                found.setdefault(term, np.zeros(len(self.ids), dtype=np.bool_))[column] = True
        return found

    def stems(self, provision_id: str) -> frozenset[str]:
        """Stems of a provision's text and heading, and of other names of what they name."""
        if provision_id not in self._stems:
            one = self.provisions[provision_id]
            found = {term.stem for term in terms(f"{one.heading} {one.text}", one.language)}
            whole = f"{one.heading} {one.text}"
            small = whole.casefold()
            for group in lexicon().aliases:
                if any(name.casefold() in small and _named(name, whole) for name in group):
                    found.update(stem(word, language) for name in group for word, _, _ in words(name) for language in LANGUAGES)
            listed = {country.code for country in find_countries(one.text, one.language)}
            self._stems[provision_id] = frozenset(found | numbers(one.text, one.language) | ({str(len(listed))} if len(listed) >= FEWEST else set()))
        return self._stems[provision_id]

    def titled(self, stem: str) -> NDArray[np.bool_]:
        """Which columns' instruments have a stem in a name they go by: it says where something stands and not what."""
        return self._of_title.get(stem, self._none)

    @cached_property
    def _of_title(self) -> dict[str, NDArray[np.bool_]]:
        found: dict[str, NDArray[np.bool_]] = {}
        for column, one in enumerate(self.ids):
            instrument = self.instruments[self.provisions[one].instrument]
            called = [*instrument.title.items(), *instrument.short.items(), *(("en", name) for name in instrument.abbreviations)]
            for term in {term.stem for language, name in called for term in terms(name, language)}:
                found.setdefault(term, np.zeros(len(self.ids), dtype=np.bool_))[column] = True
        return found

    def rarity(self, held: int) -> float:
        """How much a word tells that so many columns hold: the logarithm of how few they are."""
        return math.log(1 + (len(self.ids) - held + 0.5) / (held + 0.5))

    def knows(self, stem: str) -> bool:
        """Whether any provision holds it."""
        return stem in self._holders

    @cached_property
    def comparable(self) -> dict[str, Comparable]:
        """Every provision's text as it is compared."""
        return {one: comparable(provision.text) for one, provision in self.provisions.items()}

    @cached_property
    def _of_concept(self) -> dict[str, NDArray[np.bool_]]:
        found: dict[str, NDArray[np.bool_]] = {}
        for one, column in self.column_of.items():
            provision = self.provisions[one]
            for mention in self.thesaurus.find(f"{provision.heading} {provision.text}", provision.language) if self.thesaurus else ():
                found.setdefault(mention.concept, np.zeros(len(self.ids), dtype=np.bool_))[column] = True
        return found

    def names(self, concept: str) -> NDArray[np.bool_]:
        """Which columns' texts name a concept of the thesaurus, under any of its labels."""
        return self._of_concept.get(concept, self._none)

    def concepts(self, text: str, language: str) -> list[ConceptMention]:
        """The concepts that a text names, in order."""
        return _mentions(text, language, self.thesaurus) if self.thesaurus else []

    def named(self, text: str, language: str) -> list[tuple[int, int, str]]:
        """What a text names that has an English label: countries and the thesaurus' concepts, each with its offsets, in order."""
        found = [(one.start, one.end, country_name(one.code, "en")) for one in find_countries(text, language)]
        for mention in self.concepts(text, language):
            assert self.thesaurus is not None
            found.append((mention.start, mention.end, self.thesaurus.concepts[mention.concept].preferred["en"]))
        return sorted(found)

    def warm(self) -> None:
        """Makes now what the first claim would otherwise wait for, beside what is asked in its language."""
        for one in (self._of_title, self._holders, self._of_concept, self.comparable):
            assert one is not None


def _named(name: str, text: str) -> bool:
    """Whether a text holds a name as whole words; an abbreviation only in capitals."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, 0 if name.isupper() else re.IGNORECASE))


@lru_cache(maxsize=512)
def _mentions(text: str, language: str, thesaurus: Thesaurus) -> list[ConceptMention]:
    return thesaurus.find(text, language)
