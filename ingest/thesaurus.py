"""The field's thesaurus: SKOS concepts with labels in three languages, and where a text speaks of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ingest.analysis import Term, terms

LANGUAGES = ("en", "fr", "ar")
SLACK = 1
"""Words that may stand between those of a label of several words: "sending them home" is "sending home"."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the field speaks of.

    Attributes:
        id: Last part of its URI, such as `readmission`.
        preferred: The label to show, by language.
        labels: Every label that finds it, by language: the preferred one first, misspellings last.
        definition: One line, by language.
        broader: Ids, sorted.
        related: Ids, sorted.
    """

    id: str
    preferred: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]]
    definition: Mapping[str, str]
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A concept found in a text, with the offsets of the words that name it and the stems of the label that matched."""

    concept: str
    start: int
    end: int
    stems: frozenset[str]


class ThesaurusError(Exception):
    """A thesaurus file cannot be read, or a concept lacks what it must have; the message names the file or the concept."""


def read_thesaurus(folder: Path) -> Thesaurus:
    """Reads every Turtle file of `folder`.

    Raises:
        ThesaurusError: A file is not Turtle, or a concept lacks a preferred label in one of the languages.
    """
    import rdflib  # heavy, and needed at ingest alone
    from rdflib.namespace import RDF, SKOS

    graph = rdflib.Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            graph.parse(path, format="turtle")
        except Exception as error:  # rdflib's parser raises its own and bare ones
            raise ThesaurusError(f"{path}: not readable as Turtle: {str(error).splitlines()[0]}") from error
    found = []
    for subject in sorted(graph.subjects(RDF.type, SKOS.Concept)):
        by_language: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        preferred, definition = {}, {}
        for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in sorted(graph.objects(subject, kind), key=str):
                language = getattr(label, "language", None) or "en"
                if language not in by_language:
                    continue
                if kind == SKOS.prefLabel:
                    preferred[language] = str(label)
                by_language[language].append(str(label))
        for line in graph.objects(subject, SKOS.definition):
            definition[getattr(line, "language", None) or "en"] = str(line)
        missing = [language for language in LANGUAGES if language not in preferred]
        if missing:
            raise ThesaurusError(f"{folder}: concept {_slug(subject)!r} has no skos:prefLabel in {', '.join(missing)}; add one")
        broader = {_slug(o) for o in graph.objects(subject, SKOS.broader)} | {_slug(s) for s in graph.subjects(SKOS.narrower, subject)}
        related = {_slug(o) for o in graph.objects(subject, SKOS.related)} | {_slug(s) for s in graph.subjects(SKOS.related, subject)}
        labels = {language: tuple(dict.fromkeys(given)) for language, given in by_language.items()}
        found.append(Concept(_slug(subject), preferred, labels, definition, tuple(sorted(broader)), tuple(sorted(related))))
    return Thesaurus(found)


def _slug(uri: Any) -> str:
    return str(uri).rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


class Thesaurus:
    """Concepts by id, and the labels that find them in a text."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in concepts}
        self._indexed: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}

    @cached_property
    def narrower(self) -> dict[str, tuple[str, ...]]:
        """Ids of the concepts right below each one."""
        found: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            for above in concept.broader:
                found[above].append(concept.id)
        return {above: tuple(below) for above, below in found.items()}

    def _by_stem(self, language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The labels of a language (as stems, with their concept) under their rarest stem; worked out when the language is first asked in."""
        if language not in self._indexed:
            stemmed = set()
            for concept in self.concepts.values():
                for label in concept.labels[language]:
                    stems = tuple(term.stem for term in terms(label, language))
                    if stems:
                        stemmed.add((stems, concept.id))
            counts = Counter(one for stems, _ in stemmed for one in set(stems))
            index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
            for stems, concept_id in sorted(stemmed):
                index[min(stems, key=lambda one: (counts[one], one))].append((stems, concept_id))
            self._indexed[language] = index
        return self._indexed[language]

    def find(self, text: str, language: str) -> list[ConceptMention]:
        """Where `text` names a concept, in order; a label inside a longer one that matched is left out.

        The words of a label may come in another order, and `SLACK` other words may stand between them.
        """
        if language not in LANGUAGES:
            return []
        found_terms, by_stem = terms(text, language), self._by_stem(language)
        positions: dict[str, list[int]] = defaultdict(list)
        for position, term in enumerate(found_terms):
            positions[term.stem].append(position)
        spans = []
        for key, places in positions.items():
            for stems, concept in by_stem.get(key, ()):
                different = tuple(dict.fromkeys(stems))
                if any(one not in positions for one in different):
                    continue
                for anchor in places:
                    chosen = _closest(different, anchor, positions)
                    if chosen[-1] - chosen[0] < len(different) + (SLACK if len(stems) > 1 else 0):
                        spans.append((chosen, concept))
        longer = {frozenset(chosen) for chosen, _ in spans if len(chosen) > 1}
        kept = [(chosen, concept) for chosen, concept in spans if not any(other > frozenset(chosen) for other in longer)]
        mentions = {_mention(chosen, concept, found_terms) for chosen, concept in kept}
        return sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.concept))

    def around(self, concept: str) -> dict[str, float]:
        """Concepts that stand near `concept`, with how much of it they carry, 0 to 1: itself 1, narrower 0.6, broader 0.35, related 0.35."""
        found = {concept: 1.0}
        known = self.concepts.get(concept)
        if known is None:
            return found
        for other in self.narrower.get(concept, ()):
            found.setdefault(other, 0.6)
        for other in (*known.broader, *known.related):
            found.setdefault(other, 0.35)
        return found

    def to_json(self) -> list[dict[str, Any]]:
        """Plain data for an index generation; `from_json` reads it back."""
        return [
            {
                "id": c.id,
                "preferred": dict(c.preferred),
                "labels": {language: list(labels) for language, labels in c.labels.items()},
                "definition": dict(c.definition),
                "broader": list(c.broader),
                "related": list(c.related),
            }
            for c in self.concepts.values()
        ]

    @classmethod
    def from_json(cls, data: Iterable[dict[str, Any]]) -> Thesaurus:
        """The thesaurus that `to_json` wrote."""
        return cls(
            Concept(
                entry["id"],
                entry["preferred"],
                {language: tuple(labels) for language, labels in entry["labels"].items()},
                entry["definition"],
                tuple(entry["broader"]),
                tuple(entry["related"]),
            )
            for entry in data
        )


def _closest(stems: tuple[str, ...], anchor: int, positions: Mapping[str, list[int]]) -> tuple[int, ...]:
    """For each stem of a label, all of which are there, its position nearest to `anchor`; in order."""
    return tuple(sorted({min(positions[one], key=lambda place: (abs(place - anchor), place)) for one in stems}))


def _mention(chosen: tuple[int, ...], concept: str, found: list[Term]) -> ConceptMention:
    return ConceptMention(concept, found[chosen[0]].start, found[chosen[-1]].end, frozenset(found[place].stem for place in chosen))
