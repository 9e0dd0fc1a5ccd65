"""How a text is numbered, guessed from its blocks when the catalogue does not say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ingest.language import guess_language
from ingest.numbering.marks import bare_marks, worded_mark
from ingest.numbering.numerals import value_of
from ingest.numbering.style import style_from
from ingest.readers.extract import Block

_OUTER = ("pillar", "priority", "domain", "objective", "goal", "aspiration", "principle", "action", "recommendation", "rule")
_AMBIGUOUS = re.compile(r"(?:objectif|ال?هدف)\s", re.IGNORECASE)
"""Words for an objective that are words for a goal too; a goal has targets."""
_LEAST_TARGETS = 3
_ANNEXES = ("annex", "schedule", "final_act")
_LEAST_RECITALS = 3
_LEAST_ANNEXED = 3
_EARLY = 0.4
"""Share of the text before which the word "Annex" has to come, for the text to be the annex."""
_SEVERAL = 2


def guess_numbering(blocks: Sequence[Block]) -> dict[str, Any]:
    """The catalogue's `numbering` as it would have to be for these blocks: its `units`, outermost first.

    A unit that a word names counts when two numbers of it are there (an article or annex: any one); recitals when "(1)",
    "(2)", "(3)" stand before the first article; targets where there are goals; paragraphs always. `until` where a translation follows.
    """
    style = style_from({"units": [*_OUTER, "article", "target", "paragraph", *_ANNEXES]})
    numbers: dict[str, set[int]] = defaultdict(set)
    recitals = targets = ambiguous = 0
    for block in blocks:
        if block.role == "note":
            continue
        text = block.text.text
        mark = worded_mark(text, style, heading=block.role == "heading")
        if mark is not None:
            numbers[mark.unit].add(value_of(mark.number))
            ambiguous += mark.unit == "objective" and bool(_AMBIGUOUS.match(text))
            continue
        for bare in bare_marks(text, style):
            if bare.shape == "target":
                targets += 1
            elif bare.shape in ("paren", "half") and not numbers["article"] and value_of(bare.number) == recitals + 1:
                recitals += 1
    if ambiguous > 1 and targets >= _LEAST_TARGETS:
        numbers["goal"] |= numbers.pop("objective")
    units = [unit for unit in _OUTER if len(numbers[unit]) > 1]
    if numbers["article"]:
        units += ["recital", "article"] if recitals >= _LEAST_RECITALS else ["article"]
    if "goal" in units and targets:
        units.append("target")
    units.append("paragraph")
    units += [unit for unit in _ANNEXES if numbers[unit]]
    until, annexed = translation_begins(blocks), is_annexed(blocks)
    if annexed and "article" not in units and len(numbers["annex"]) < _SEVERAL:
        units = [unit for unit in units if unit != "annex"]
    return {"units": units, **({"until": until} if until else {}), **({"annexed": True} if annexed else {})}


def is_annexed(blocks: Sequence[Block]) -> bool:
    """Whether the text is the annex of a resolution: the word "Annex" comes early, and what is numbered comes after it."""
    style = style_from({"units": [*_OUTER, "article", "paragraph", "annex"]})
    before = after = 0
    length = sum(len(block.text) for block in blocks)
    read = 0
    annexes = 0
    for block in blocks:
        read += len(block.text)
        if block.role == "note":
            continue
        text = block.text.text
        mark = worded_mark(text, style, heading=block.role == "heading")
        if mark is not None and mark.unit == "annex":
            annexes += 1
            if annexes > 1 or read > _EARLY * length:
                break
        elif mark is not None or any(bare.shape in ("dot", "dash") for bare in bare_marks(text, style)):
            if annexes:
                after += 1
            elif mark is not None and (unit := style.unit(mark.unit)) is not None and unit.kind == "provision":
                return False
            else:
                before += 1
    return annexes > 0 and after > max(_LEAST_ANNEXED, 2 * before)


def translation_begins(blocks: Sequence[Block]) -> str:
    """The heading with which a translation begins that follows the text in the same file, "" where there is none.

    Told by articles that count from 1 again under another word ("Article", "Artikel"), after a heading that says the title again, or in
    another language ("Article" is English and French).
    """
    style = style_from({"units": ["article"]})
    titles = [block.text.text for block in blocks if block.role == "heading"][:2]
    word = again = ""
    highest = last = 0
    for at, block in enumerate(blocks):
        text = block.text.text
        if block.role == "heading" and highest and any(_same_title(text, title) for title in titles):
            again = text
        mark = worded_mark(text, style, heading=block.role == "heading")
        if mark is None or mark.unit != "article":
            continue
        name = text.split()[0].casefold()
        word = word or name
        if value_of(mark.number) == 1 and highest > 1:
            if name != word and again:
                return again
            if begins := _other_language_begins(blocks, last, at):
                return begins
        highest = max(highest, value_of(mark.number))
        last = at
    return ""


def _other_language_begins(blocks: Sequence[Block], last: int, again: int) -> str:
    """The block with which another language begins, between the last article of one and the first of the other; "" where it is the same."""
    before, after = (guess_language(" ".join(block.text.text for block in part)) for part in (blocks[: last + 1], blocks[again:]))
    if "" in (before, after) or before == after:
        return ""
    begins = again
    while begins > last + 1 and guess_language(blocks[begins - 1].text.text) != before:
        begins -= 1
    text = blocks[begins].text.text
    return text if not any(block.text.text.startswith(text) for block in blocks[:begins]) else ""


def _same_title(one: str, other: str) -> bool:
    return one.casefold().rstrip(". ") == other.casefold().rstrip(". ")
