"""Cuts a text down to the part that the catalogue says is the text: from `start`, up to `until`, without what `drop` matches."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.numbering.numerals import words
from ingest.numbering.style import Style
from ingest.readers.extract import Block
from ingest.readers.mapped import Mapped, concat

_CONTENTS = re.compile(r"(?:(?:\.\s?){5,}|…{2,})\s*(?P<page>\d{1,4}|[ivxlc]{1,6})?$")
"""An entry of a table of contents: leading dots and a page number."""
_DOTS = re.compile(r"[.…_\s]{5,}")
_PAGE = re.compile(r"\s+(?:\d{1,4}|[ivxlc]{1,6})$")
_NEAR = 3
"""Blocks within which the entries of a table of contents follow each other."""
_AMENDED = re.compile(r"\s*[►▼◄][A-Z]{0,2}\d{0,3}(?=\W|$)\s*|\s*[►▼◄]\s*")
"""How consolidated texts of EU law mark what an amendment changed: "▼M1", "►C2 … ◄"."""
_IMPRINT = re.compile(
    r"(?:ELI:\s*)?https?://data\.europa\.eu/\S+(?:\s+\d+/\d+)?|ISSN \d{4}-\d{3}[\dX]\b.{0,40}|(?:Top|Back to top|Haut de page)", re.IGNORECASE
)


def trim(blocks: Sequence[Block], style: Style) -> tuple[list[Block], list[tuple[Mapped, str]]]:
    """The blocks that are left, and those that are not with the reason."""
    first, last = 0, len(blocks)
    if style.start:
        first = next((at for at, block in enumerate(blocks) if _begins(block, style.start)), 0)
    if style.until:
        last = next((at for at, block in enumerate(blocks) if at > first and _begins(block, style.until)), len(blocks))
    kept: list[Block] = []
    outside: list[tuple[Mapped, str]] = []
    contents = _contents(blocks)
    for at, block in enumerate(blocks):
        if at < first:
            outside.append((block.text, "before the text begins"))
        elif at >= last:
            outside.append((block.text, "after the text ends"))
        elif at in contents:
            outside.append((block.text, "table of contents"))
        elif block.role != "note" and _DOTS.fullmatch(block.text.text):
            outside.append((block.text, "blank to be filled in"))
        elif block.role != "note" and any(pattern.search(block.text.text) for pattern in style.drop):
            outside.append((block.text, "dropped by the catalogue"))
        elif block.role != "note" and _IMPRINT.fullmatch(block.text.text):
            outside.append((block.text, "imprint"))
        else:
            kept += _without_amendment_marks(block, outside)
    return kept, outside


def _contents(blocks: Sequence[Block]) -> set[int]:
    """Places of the blocks of a table of contents: its heading, entries with leading dots, and below the heading what stands again later."""
    dotted = {at: match["page"] for at, block in enumerate(blocks) if block.role != "note" and (match := _CONTENTS.search(block.text.text))}
    # A line to sign on has dots too, and no page number.
    found = {at for at in dotted if any(dotted.get(near) for near in range(at - _NEAR, at + _NEAR + 1))}
    folded = [" ".join(block.text.text.casefold().split()) for block in blocks]
    for at, text in enumerate(folded):
        if blocks[at].role == "note" or text.strip(" .:") not in words()["contents"]:
            continue
        entry = at + 1
        while entry < len(blocks) and (entry in found or _stands_again(folded, entry)):
            entry += 1
        if entry > at + 1:
            found |= set(range(at, entry))
    return found


def _stands_again(folded: Sequence[str], at: int) -> bool:
    """Whether the words of a block, a page number at its end left out, begin a later block, or one and the title below it."""
    entry = _PAGE.sub("", folded[at])
    return any(f"{one} {title}".startswith(entry) for one, title in itertools.pairwise([*folded[at + 1 :], ""]) if one and entry.startswith(one[:3]))


def _without_amendment_marks(block: Block, outside: list[tuple[Mapped, str]]) -> list[Block]:
    """The block without the marks in it; none where it holds nothing else."""
    text = block.text
    for mark in reversed(list(_AMENDED.finditer(text.text))):
        outside.append((text.cut(*mark.span()), "amendment mark"))
        inside = mark.start() > 0 and mark.end() < len(text)
        text = concat((text.cut(0, mark.start()), Mapped.glue(" " if inside else ""), text.cut(mark.end())))
    return [block] if text is block.text else [replace(block, text=text.strip())] if text.strip().text else []


def _begins(block: Block, marker: str) -> bool:
    wanted = " ".join(marker.lstrip("#").split()).casefold()
    return block.text.text.casefold().startswith(wanted)
