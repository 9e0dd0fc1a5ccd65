"""Reading one file of an instrument: format reader, numbering reader, notes, verbs, coverage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import verbs
from ingest.catalogue import Instrument
from ingest.coverage import Coverage, measure
from ingest.numbering.builder import build
from ingest.numbering.guess import guess_numbering, is_annexed, translation_begins
from ingest.numbering.node import Node
from ingest.numbering.state import UNNUMBERED
from ingest.numbering.style import UNKNOWN, style_from
from ingest.numbering.trim import trim
from ingest.provision import Provision, Span
from ingest.readers.cleanup import runs
from ingest.readers.extract import Block, Dropped, Extract, NoteReference, WithoutNumbers
from ingest.readers.mapped import Mapped
from ingest.readers.open import extract

_LINE_END_HYPHEN = re.compile(r"[-\u2010\u00ad](?=\s)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its clean words, how high it stands (1 the highest) and where in the source. End excluded."""

    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one file.

    Attributes:
        instrument: Id.
        source: The text taken out of the file; all offsets count in it.
        provisions: In reading order: a holder before what it holds, a provision before its notes.
        headings: In reading order.
        furniture: Runs of the source that are in no provision and no heading, with the reason.
        coverage: Where all characters went.
        numbering: The numbering that was used, as data: the catalogue's, or the guess.
    """

    instrument: str
    source: str
    provisions: tuple[Provision, ...]
    headings: tuple[Heading, ...]
    furniture: tuple[Dropped, ...]
    coverage: Coverage
    numbering: dict[str, object]


def read(path: Path, instrument: Instrument, *, language: str = "en", taken: Extract | None = None) -> Reading:
    """The provisions of `path`, read as the catalogue's `numbering` says, or as it looks where that is empty.

    `taken` is what was taken out of the file before, for those who read it twice.

    Raises:
        UnreadableDocument: the file cannot be taken in; its subclasses say why.
        InvalidNumbering: the catalogue's `numbering` is wrong.
    """
    taken = taken or extract(path)
    numbering = _numbering(instrument, taken.blocks)
    style = style_from(numbering)
    blocks, outside = trim(taken.blocks, style)
    tree = build(blocks, style)
    numbered = [node for node in tree.walk() if node.unit not in UNNUMBERED]
    if not numbered and not style.unnumbered:
        raise WithoutNumbers(
            path,
            "no numbered provision was found in it",
            "number its paragraphs, say how it is numbered (--numbering article, for example), "
            "or count its paragraphs as they come (--numbering none)",
        )
    provisions: list[Provision] = []
    owners: list[tuple[int, int, int]] = []  # source start, source end, place in `provisions` of each leaf
    for node in tree.walk():
        made = _provision(node, taken.source, instrument, language)
        if not node.children and made.spans:
            owners.append((made.spans[0].source_start, made.spans[-1].source_end, len(provisions)))
        provisions.append(made)
        if node.children and node.pieces:
            chapeau = _chapeau(node, made, taken.source, instrument, language)
            owners.append((chapeau.spans[0].source_start, chapeau.spans[-1].source_end, len(provisions)))
            provisions.append(chapeau)
    notes = _notes(blocks, taken.references, provisions, owners, taken.source)
    ordered = _with_notes(provisions, notes)
    headings = [Heading(each.text.text, int(each.rank), *each.text.extent()) for each in tree.headings]
    furniture = [
        *taken.dropped,
        *(Dropped(*text.extent(), reason) for text, reason in outside),
        *(Dropped(*text.extent(), "table of contents") for text in tree.contents if text.text),
    ]
    furniture += _line_end_hyphens(taken.source, ordered)
    titles = [*(each.text for each in tree.headings), *(title for node in tree.walk() for title in node.titles)]
    coverage = measure(
        taken.source,
        ordered,
        numbers=[node.mark.extent() for node in tree.walk() if node.mark.text],
        headings=[run[2:] for text in titles for run in runs(text, taken.source)],
        furniture=[(each.start, each.end) for each in furniture],
        warnings=[
            *taken.warnings,
            *tree.warnings,
            *(f"no text: {node.label} has a number and nothing else" for node in tree.walk() if _is_empty(node)),
        ],
    )
    return Reading(
        instrument.id,
        taken.source,
        tuple(ordered),
        tuple(sorted(headings, key=lambda heading: heading.start)),
        tuple(sorted(furniture, key=lambda dropped: dropped.start)),
        coverage,
        numbering,
    )


def _is_empty(node: Node) -> bool:
    """Whether words seem to be missing: an action or objective may be its title, an article is more."""
    return node.is_bare and (node.unit == "article" or not any(title.text for title in node.titles))


def _numbering(instrument: Instrument, blocks: Sequence[Block]) -> dict[str, object]:
    """What the catalogue says, and the guess where it says nothing."""
    known = dict(instrument.numbering)
    if known.get("unnumbered"):
        return known
    if not any(unit != UNKNOWN for unit in known.get("units") or ()):
        known.pop("units", None)
        return {**guess_numbering(blocks), **known}
    if "until" not in known and (until := translation_begins(blocks)):
        known["until"] = until
    if "annexed" not in known and is_annexed(blocks):
        known["annexed"] = True
    return known


def _line_end_hyphens(source: str, provisions: Sequence[Provision]) -> list[Dropped]:
    """The hyphens that the clean-up took out where it mended a word that a line end had divided."""
    ends = {span.source_end for each in provisions for span in each.spans}
    return [Dropped(at.start(), at.end(), "hyphen at a line end") for at in _LINE_END_HYPHEN.finditer(source) if at.start() in ends]


def _spans(text: Mapped, source: str) -> tuple[Span, ...]:
    return tuple(Span(*run) for run in runs(text, source))


def _verb(text: str, node: Node, instrument: Instrument) -> verbs.Verb | None:
    """The lead verb; none in what a binding text provides, where "Recognising …, the Parties shall" obliges all the same."""
    return None if instrument.binding and node.part != "preamble" else verbs.lead_verb(text)


def _provision(node: Node, source: str, instrument: Instrument, language: str) -> Provision:
    text = node.full_text()
    verb = _verb(text.text, node, instrument)
    return Provision(
        instrument=instrument.id,
        label=node.label,
        text=text.text,
        part=node.part,
        tier=instrument.tier,
        language=language,
        heading="" if node.is_bare else node.heading,
        path=node.path,
        parent=node.parent.label if node.parent else None,
        verb=verb.lemma if verb else "",
        strength=verbs.strength(text.text, verb, binding=instrument.binding, language=language),
        spans=_spans(text, source),
    )


def _chapeau(node: Node, whole: Provision, source: str, instrument: Instrument, language: str) -> Provision:
    text = node.own_text()
    verb = _verb(text.text, node, instrument)
    return replace(
        whole,
        label=f"{node.label}.chapeau",
        text=text.text,
        parent=node.label,
        verb=verb.lemma if verb else "",
        strength=verbs.strength(text.text, verb, binding=instrument.binding, language=language),
        spans=_spans(text, source),
    )


def _notes(
    blocks: Sequence[Block],
    references: Sequence[NoteReference],
    provisions: Sequence[Provision],
    owners: Sequence[tuple[int, int, int]],
    source: str,
) -> list[tuple[int, Provision]]:
    """Each footnote with the place of the provision that it belongs to (-1 where nothing refers to it)."""
    found: list[tuple[int, Provision]] = []
    taken: set[str] = set()
    unused = list(references)
    for block in blocks:
        if block.role != "note":
            continue
        reference = next((each for each in unused if each.mark == block.mark and each.page == block.page), None)
        reference = reference or next((each for each in unused if each.mark == block.mark), None)
        place = -1
        if reference is not None:
            unused.remove(reference)
            place = _owner(reference.at, owners)
        parent = provisions[place] if place >= 0 else provisions[0]
        number = block.mark if block.mark.isalnum() and block.mark.isascii() else str(1 + sum(each == place for each, _ in found))
        label = f"{parent.label}.fn-{number.lower()}" if place >= 0 else f"fn-{number.lower()}"
        while label in taken:
            label += "-2"
        taken.add(label)
        found.append(
            (
                place,
                replace(
                    parent,
                    label=label,
                    text=block.text.text,
                    kind="note",
                    heading="",
                    path=parent.path if place >= 0 else (),
                    parent=parent.label if place >= 0 else None,
                    verb="",
                    strength="",
                    spans=_spans(block.text, source),
                ),
            )
        )
    return found


def _owner(at: int, owners: Sequence[tuple[int, int, int]]) -> int:
    """Place of the provision whose text stands around `at` or ends right before it; -1 where there is none."""
    before = [owner for owner in owners if owner[0] <= at]
    return max(before, key=lambda owner: owner[0])[2] if before else -1


def _with_notes(provisions: Sequence[Provision], notes: Sequence[tuple[int, Provision]]) -> list[Provision]:
    ordered: list[Provision] = []
    for place, provision in enumerate(provisions):
        ordered.append(provision)
        ordered += [note for owner, note in notes if owner == place]
    return ordered + [note for owner, note in notes if owner == -1]
