"""How a text is numbered, guessed from its blocks when the catalogue does not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ingest.numbering.marks import bare_marks, worded_mark
from ingest.numbering.numerals import value_of
from ingest.numbering.style import style_from
from ingest.readers.extract import Block

_OUTER = ("pillar", "priority", "domain", "goal", "aspiration", "objective", "principle", "action", "recommendation")
_ANNEXES = ("annex", "schedule", "act")
_LEAST_RECITALS = 3


def guess_numbering(blocks: Sequence[Block]) -> dict[str, Any]:
    """The catalogue's `numbering` as it would have to be for these blocks: its `units`, outermost first.

    A unit that a word names counts when the numbers 1 and 2 of it are there (an article or annex: any one); recitals when "(1)",
    "(2)", "(3)" stand before the first article; targets where there are goals; paragraphs always.
    """
    style = style_from({"units": [*_OUTER, "article", "target", "paragraph", *_ANNEXES]})
    numbers: dict[str, set[int]] = defaultdict(set)
    recitals = targets = 0
    for block in blocks:
        if block.role == "note":
            continue
        text = block.text.text
        mark = worded_mark(text, style, heading=block.role == "heading")
        if mark is not None:
            numbers[mark.unit].add(value_of(mark.number))
            continue
        for bare in bare_marks(text, style):
            if bare.shape == "target":
                targets += 1
            elif bare.shape in ("paren", "half") and not numbers["article"] and value_of(bare.number) == recitals + 1:
                recitals += 1
    units = [unit for unit in _OUTER if {1, 2} <= numbers[unit]]
    if numbers["article"]:
        units += ["recital", "article"] if recitals >= _LEAST_RECITALS else ["article"]
    if "goal" in units and targets:
        units.append("target")
    units.append("paragraph")
    units += [unit for unit in _ANNEXES if numbers[unit]]
    return {"units": units}
