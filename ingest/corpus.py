"""Reads the corpus into what an index is built from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from ingest.catalogue import CatalogueError, Instrument, load_catalogue
from ingest.digests import Item, read_items
from ingest.encoder import Encoder
from ingest.index import Contents, searched
from ingest.library import Held, read_library
from ingest.links import declared_links, find_links
from ingest.numbering.state import UNNUMBERED
from ingest.passages import Passage, asked, cut, unanswered
from ingest.provision import Provision
from ingest.questions import Asked, read_questions, read_unanswered
from ingest.reading import read
from ingest.readings import kept_provisions
from ingest.thesaurus import Thesaurus, read_thesaurus

Progress = Callable[[str, int, int], None]


def read_corpus(
    corpus: Path, encoder: Encoder, progress: Progress = lambda *_: None, library: Path | None = None, *, again: bool = False
) -> Contents:
    """Everything in `corpus` and in `library` that can be searched.

    An instrument of the catalogue whose text (tier authentic) or digest is not there is left out. A text of the library takes the place of
    a digest; what the editors wrote to the labels that both have stays.

    Args:
        corpus: The folder with `catalogue/`, `texts/`, `digests/`, `questions/` and `thesaurus/`.
        encoder: Whose word pieces measure how long a passage is.
        progress: Told how far it is.
        library: The folder of the texts that users added; None for none.
        again: Read those texts again even where what was read of them is kept.

    Raises:
        CatalogueError, QuestionsError, ThesaurusError, LibraryError, UnreadableDocument: A file is wrong; the message says which, where and
            what.
    """
    catalogue = load_catalogue(corpus / "catalogue")
    added = read_library(library, catalogue) if library else {}
    catalogue |= {one: held.instrument for one, held in added.items()}
    thesaurus = read_thesaurus(corpus / "thesaurus")
    instruments: list[Instrument] = []
    provisions: list[Provision] = []
    passages: list[Passage] = []
    concepts: dict[str, tuple[str, ...]] = {}
    headings: dict[str, dict[str, str]] = {}
    parallels: dict[str, dict[str, str]] = {}
    declared: list[Item] = []
    for done, instrument in enumerate(catalogue.values()):
        progress("reading", done, len(catalogue))
        held = added.get(instrument.id)
        items = _digest(corpus, instrument)
        own = _provisions(corpus, instrument, items, held, again=again)
        if not own:
            continue
        instruments.append(instrument)
        provisions.extend(own)
        declared.extend(() if held else items)
        entries = _entries(corpus, instrument, own, items, strict=held is None)
        headings.update({f"{instrument.id}/{label}": dict(entry.heading) for label, entry in entries.items() if entry.heading})
        corrections = _corrections(corpus, instrument)
        if not held:  # the editors knew the digest: what it is silent on, a user's fuller text may well say
            passages.extend(unanswered(instrument.id, read_unanswered(corpus / "questions" / "silent" / f"{instrument.id}.yaml")))
        by_id = {one.id: one for one in own}
        others = _parallels(held, own, again=again) if held else {}
        parallels.update({one: others[one] for one in by_id if one in others})
        for one in searched(own):
            provision = by_id[one]
            passages.extend(_passages(provision, entries.get(provision.label), others.get(one, {}), encoder))
            concepts[one] = _concepts(provision, thesaurus, corrections.get(provision.label, {}))
    if instruments:
        passages.extend(unanswered(instruments[0].id, read_unanswered(corpus / "questions" / "elsewhere.yaml")))
    progress("reading", len(catalogue), len(catalogue))
    links = (*find_links(provisions, catalogue), *declared_links(declared))
    return Contents(tuple(instruments), tuple(provisions), tuple(passages), thesaurus, concepts, headings, links, parallels)


def _digest(corpus: Path, instrument: Instrument) -> tuple[Item, ...]:
    """The items of the instrument's digest; none where it has none."""
    path = corpus / "digests" / f"{instrument.id}.yaml"
    return read_items(path, instrument) if path.exists() else ()


def _provisions(corpus: Path, instrument: Instrument, items: tuple[Item, ...], held: Held | None, *, again: bool) -> tuple[Provision, ...]:
    """Provisions in reading order."""
    if held:
        return kept_provisions(held.path(held.cited), held.instrument, held.cited.language, again=again)
    if instrument.tier == "authentic":
        return read(corpus / instrument.text, instrument).provisions
    return tuple(item.provision for item in items)


def _parallels(held: Held, own: tuple[Provision, ...], *, again: bool) -> dict[str, dict[str, str]]:
    """The texts in other languages by provision id and language.

    What has no number is counted as it stands, so it is set beside its like only where both texts have as many of it.
    """
    found: dict[str, dict[str, str]] = {}
    for text in held.parallel:
        other = kept_provisions(held.path(text), held.instrument, text.language, again=again)
        counted, counted_there = Counter(map(_unnumbered, own)), Counter(map(_unnumbered, other))
        for provision in other:
            kind = _unnumbered(provision)
            if not kind or counted[kind] == counted_there[kind]:
                found.setdefault(provision.id, {})[text.language] = provision.text
    return found


def _unnumbered(provision: Provision) -> str:
    """The kind of a provision that has no number of its own, "" for one that has."""
    kind = provision.label.partition("-")[0]
    return kind if kind in UNNUMBERED and provision.kind == "provision" else ""


def _entries(corpus: Path, instrument: Instrument, own: tuple[Provision, ...], items: tuple[Item, ...], *, strict: bool) -> dict[str, Asked]:
    """What the editors wrote to each label. An article that a fuller text parts into paragraphs gives its questions to each of them.

    Args:
        corpus: The corpus.
        instrument: Whose text it is.
        own: Its provisions.
        items: Its digest, for the headings.
        strict: Whether a label that the text does not have is a mistake; not where a user's text has taken the place of the digest.
    """
    path = corpus / "questions" / f"{instrument.id}.yaml"
    entries = read_questions(path)
    labels = {one.label for one in own}
    unknown = sorted(entries.keys() - labels)
    if unknown and strict:
        raise CatalogueError(path, 1, unknown[0], f"is not a label of {instrument.id}")
    for item in items:
        entry = entries.get(item.provision.label, Asked({}, {}))
        entries[item.provision.label] = replace(entry, heading={**item.headings, **entry.heading})
    entries = {label: entry for label, entry in entries.items() if label in labels}
    for one in own:
        if one.kind == "provision" and one.parent in entries:
            entries.setdefault(one.label, entries[one.parent])
    return entries


def _passages(provision: Provision, entry: Asked | None, others: Mapping[str, str], encoder: Encoder) -> Iterator[Passage]:
    """The provision's own words, the editors' questions, and its words in other languages, by which it is found but never quoted."""
    yield from cut(provision, encoder.count_tokens)
    yield from dict.fromkeys(asked(provision, entry))
    for language, text in others.items():
        for passage in cut(replace(provision, text=text, language=language), encoder.count_tokens):
            yield replace(passage, kind="question", start=0, end=0)


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
