"""Cuts a text down to the part that the catalogue says is the text: from `start`, up to `until`, without what `drop` matches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.numbering.style import Style
from ingest.readers.extract import Block
from ingest.readers.mapped import Mapped, concat

_CONTENTS = re.compile(r"(?:(?:\.\s?){5,}|…{2,})\s*(?:\d{1,4}|[ivxlc]{1,6})?$")
"""An entry of a table of contents: leading dots and a page number."""
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
    for at, block in enumerate(blocks):
        if at < first:
            outside.append((block.text, "before the text begins"))
        elif at >= last:
            outside.append((block.text, "after the text ends"))
        elif block.role != "note" and _CONTENTS.search(block.text.text):
            outside.append((block.text, "table of contents"))
        elif block.role != "note" and any(pattern.search(block.text.text) for pattern in style.drop):
            outside.append((block.text, "dropped by the catalogue"))
        elif block.role != "note" and _IMPRINT.fullmatch(block.text.text):
            outside.append((block.text, "imprint"))
        else:
            kept += _without_amendment_marks(block, outside)
    return kept, outside


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
