"""An assistant's provisions seen from other sides: by subject, by link, with the editors' headings. Worked out once for each index."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

from ingest.index import Index
from ingest.links import Link, back_links, find_links
from ingest.provision import Provision
from ingest.thesaurus import ConceptMention, Thesaurus
from service.answer import Language
from service.presentation import pinpoint_in
from service.serving import Assistant
from service.study.likeness import likeness_of
from service.study.naming import uses


class Study:
    """The view.

    Attributes:
        instruments: By id, in the catalogue's order.
        provisions: By id, in reading order, notes included.
        index: The index behind the assistant; None for an assistant that has none, and then there are no subjects.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.instruments = dict(assistant.instruments)
        self.provisions = dict(assistant.provisions)
        self.index = _index_of(assistant)

    @property
    def thesaurus(self) -> Thesaurus:
        """The concepts; empty without an index."""
        return self.index.thesaurus if self.index else Thesaurus(())

    def heading(self, provision: Provision, language: Language) -> str:
        """The editors' heading in a language, or the provision's own title."""
        named = self.index.headings.get(provision.id, {}) if self.index else {}
        return named.get(language) or provision.heading

    def pinpoint(self, provision: Provision, language: Language) -> str:
        """The provision's pinpoint."""
        return pinpoint_in(self.instruments[provision.instrument], provision, language)

    @cached_property
    def numbered(self) -> tuple[Provision, ...]:
        """Provisions that stand alone, in reading order: no notes, no parts of another."""
        return tuple(one for one in self.provisions.values() if one.kind == "provision" and one.parent is None)

    @cached_property
    def mentions(self) -> dict[str, tuple[ConceptMention, ...]]:
        """Where each numbered provision's own words use a term; the general questions of editors do not count here."""
        return {one.id: tuple(self._uses(one)) for one in self.numbered}

    def _uses(self, provision: Provision) -> Iterator[ConceptMention]:
        """What is found, and what is broader where the same words use that term as well: "dignified return" uses "return"."""
        concepts = self.thesaurus.concepts
        for found in self.thesaurus.find(provision.text, provision.language):
            for id in (found.concept, *concepts[found.concept].broader):
                mention = ConceptMention(id, found.start, found.end, found.stems)
                if id in concepts and uses(concepts[id], mention, provision.text, provision.language):
                    yield mention

    @cached_property
    def by_subject(self) -> dict[str, tuple[Provision, ...]]:
        """Numbered provisions that name a concept, in reading order."""
        found: dict[str, dict[str, Provision]] = defaultdict(dict)
        for provision in self.numbered:
            for mention in self.mentions[provision.id]:
                found[mention.concept][provision.id] = provision
        return {concept: tuple(held.values()) for concept, held in found.items()}

    @cached_property
    def _likeness(self) -> dict[str, dict[str, float]]:
        return likeness_of(self.index, self.provisions) if self.index else {}

    def likeness(self, provision: Provision) -> dict[str, float]:
        """How like a provision is to the likest one of each other instrument, as a cosine; empty without an index."""
        return self._likeness.get(provision.id, {})

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        """Mentions of other instruments, by the provision that holds them."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in find_links(self.provisions.values(), self.instruments):
            if link.target != self.provisions[link.source_id].instrument:
                found[link.source_id].append(link)
        return {source: tuple(links) for source, links in found.items()}

    @cached_property
    def links_here(self) -> dict[str, tuple[Link, ...]]:
        """Mentions by what they point at: an instrument's id, or a provision's."""
        return back_links(link for links in self.links.values() for link in links)


def _index_of(assistant: Assistant) -> Index | None:
    """The index behind an assistant, also behind one that wraps another."""
    inner = getattr(assistant, "_inner", None)
    index = getattr(assistant, "_index", None) if inner is None else _index_of(inner)
    return index if isinstance(index, Index) else None


_views: WeakKeyDictionary[Assistant, Study] = WeakKeyDictionary()
_lock = threading.Lock()


def study(assistant: Assistant) -> Study:
    """The view of an assistant, kept as long as the assistant is."""
    with _lock:
        if assistant not in _views:
            _views[assistant] = Study(assistant)
        return _views[assistant]
