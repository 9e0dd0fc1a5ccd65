"""Cuts a text down to the part that the catalogue says is the text: from `start`, up to `until`, without what `drop` matches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering.style import Style
from ingest.readers.extract import Block
from ingest.readers.mapped import Mapped

_CONTENTS = re.compile(r"(?:(?:\.\s?){5,}|…{2,})\s*(?:\d{1,4}|[ivxlc]{1,6})?$")
"""An entry of a table of contents: leading dots and a page number."""


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
        else:
            kept.append(block)
    return kept, outside


def _begins(block: Block, marker: str) -> bool:
    wanted = " ".join(marker.lstrip("#").split()).casefold()
    return block.text.text.casefold().startswith(wanted)
