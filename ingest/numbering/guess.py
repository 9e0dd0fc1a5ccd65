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
_ANNEXES = ("annex", "schedule", "final_act")
_LEAST_RECITALS = 3


def guess_numbering(blocks: Sequence[Block]) -> dict[str, Any]:
    """The catalogue's `numbering` as it would have to be for these blocks: its `units`, outermost first.

    A unit that a word names counts when two numbers of it are there (an article or annex: any one); recitals when "(1)",
    "(2)", "(3)" stand before the first article; targets where there are goals; paragraphs always. `until` where a translation follows.
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
    units = [unit for unit in _OUTER if len(numbers[unit]) > 1]
    if numbers["article"]:
        units += ["recital", "article"] if recitals >= _LEAST_RECITALS else ["article"]
    if "goal" in units and targets:
        units.append("target")
    units.append("paragraph")
    units += [unit for unit in _ANNEXES if numbers[unit]]
    until = translation_begins(blocks)
    return {"units": units, "until": until} if until else {"units": units}


def translation_begins(blocks: Sequence[Block]) -> str:
    """The heading with which a translation begins that follows the text in the same file, "" where there is none.

    Told by articles that count from 1 again under another word ("Article", "Artikel"), after a heading that says the title again.
    """
    style = style_from({"units": ["article"]})
    titles = [block.text.text for block in blocks if block.role == "heading"][:2]
    word = again = ""
    highest = 0
    for block in blocks:
        text = block.text.text
        if block.role == "heading" and highest and any(_same_title(text, title) for title in titles):
            again = text
        mark = worded_mark(text, style, heading=block.role == "heading")
        if mark is None or mark.unit != "article":
            continue
        name = text.split()[0].casefold()
        word = word or name
        if name != word and value_of(mark.number) == 1 and highest > 1:
            return again
        highest = max(highest, value_of(mark.number))
    return ""


def _same_title(one: str, other: str) -> bool:
    return one.casefold().rstrip(". ") == other.casefold().rstrip(". ")
