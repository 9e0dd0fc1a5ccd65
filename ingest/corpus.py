"""Reads the corpus into what an index is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from ingest.catalogue import CatalogueError, Instrument, load_catalogue
from ingest.digests import read_items
from ingest.encoder import Encoder
from ingest.index import Contents, searched
from ingest.passages import Passage, asked, cut, unanswered
from ingest.provision import Provision
from ingest.questions import Asked, read_questions, read_unanswered
from ingest.reading import read
from ingest.thesaurus import Thesaurus, read_thesaurus


def read_corpus(corpus: Path, encoder: Encoder, progress: Callable[[str, int, int], None] = lambda *_: None) -> Contents:
    """Everything in `corpus` that can be searched.

    An instrument of the catalogue whose text (tier authentic) or digest is not there is left out.

    Args:
        corpus: The folder with `catalogue/`, `texts/`, `digests/`, `questions/` and `thesaurus/`.
        encoder: Whose word pieces measure how long a passage is.
        progress: Told how far it is.

    Raises:
        CatalogueError, QuestionsError, ThesaurusError, UnreadableDocument: A file is wrong; the message says which, where and what.
    """
    catalogue = load_catalogue(corpus / "catalogue")
    thesaurus = read_thesaurus(corpus / "thesaurus")
    instruments, provisions, passages = [], [], []
    concepts: dict[str, tuple[str, ...]] = {}
    headings: dict[str, dict[str, str]] = {}
    for done, instrument in enumerate(catalogue.values()):
        progress("reading", done, len(catalogue))
        own, digest_headings = _provisions(corpus, instrument)
        if not own:
            continue
        instruments.append(instrument)
        provisions.extend(own)
        entries = _entries(corpus, instrument, own, digest_headings)
        headings.update({f"{instrument.id}/{label}": dict(entry.heading) for label, entry in entries.items() if entry.heading})
        corrections = _corrections(corpus, instrument)
        passages.extend(unanswered(instrument.id, read_unanswered(corpus / "questions" / "silent" / f"{instrument.id}.yaml")))
        by_id = {one.id: one for one in own}
        for one in searched(own):
            provision = by_id[one]
            passages.extend(_passages(provision, entries.get(provision.label), encoder))
            concepts[one] = _concepts(provision, thesaurus, corrections.get(provision.label, {}))
    progress("reading", len(catalogue), len(catalogue))
    return Contents(tuple(instruments), tuple(provisions), tuple(passages), thesaurus, concepts, headings)


def _provisions(corpus: Path, instrument: Instrument) -> tuple[tuple[Provision, ...], dict[str, dict[str, str]]]:
    """Provisions in reading order, and the editors' headings of a digest by label and language."""
    if instrument.tier == "authentic":
        return read(corpus / instrument.text, instrument).provisions, {}
    path = corpus / "digests" / f"{instrument.id}.yaml"
    if not path.exists():
        return (), {}
    items = read_items(path, instrument)
    return tuple(item.provision for item in items), {item.provision.label: item.headings for item in items}


def _entries(corpus: Path, instrument: Instrument, own: tuple[Provision, ...], headings: dict[str, dict[str, str]]) -> dict[str, Asked]:
    path = corpus / "questions" / f"{instrument.id}.yaml"
    entries = read_questions(path)
    unknown = sorted(entries.keys() - {one.label for one in own})
    if unknown:
        raise CatalogueError(path, 1, unknown[0], f"is not a label of {instrument.id}")
    for label, heading in headings.items():
        entry = entries.get(label, Asked({}, {}))
        entries[label] = replace(entry, heading={**heading, **entry.heading})
    return entries


def _passages(provision: Provision, entry: Asked | None, encoder: Encoder) -> Iterator[Passage]:
    yield from cut(provision, encoder.count_tokens)
    yield from dict.fromkeys(asked(provision, entry))


def _concepts(provision: Provision, thesaurus: Thesaurus, correction: dict[str, list[str]]) -> tuple[str, ...]:
    """Concepts that the provision's heading and text name, one entry a mention, corrected by hand where a file says so."""
    found = [mention.concept for mention in thesaurus.find(f"{provision.heading}\n{provision.text}", provision.language)]
    dropped = set(correction.get("remove", ()))
    return tuple(sorted([one for one in found if one not in dropped] + list(correction.get("add", ()))))


def _corrections(corpus: Path, instrument: Instrument) -> dict[str, dict[str, list[str]]]:
    path = corpus / "thesaurus" / "tags" / f"{instrument.id}.yaml"
    if not path.exists():
        return {}
    return dict(yaml.safe_load(path.read_text("utf-8")) or {})
