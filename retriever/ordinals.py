"""Provisions named by their place: "the third paragraph of the preamble", "the last two", "l'avant-dernier", «الفقرة الأولى»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.provision import Provision
from retriever.frames import Frames
from retriever.numbers import cardinals, joined, ordinals

_DIGITS = r"\d+(?:st|nd|rd|th|er|ere|ers|e|eme|emes)"


def by_place(text: str, unit: tuple[int, int], frames: Frames, scope: Sequence[Provision]) -> tuple[list[Provision], tuple[int, int]] | None:
    """The provisions that words around a unit word pick by place, and the run of `text` that says so; None when none do.

    Args:
        text: Plain text, the words for preamble and operative part blanked.
        unit: Where the word for paragraph or article stands.
        frames: Of the question's language.
        scope: Provisions to count among, in reading order.
    """
    before, after = text[: unit[0]], text[unit[1] :]
    for picked, start, end in (*_left(before, frames, len(scope)), *_right(after, frames, len(scope), unit[1])):
        places = [place for place in picked if 0 <= place < len(scope)]
        if places:
            return [scope[place] for place in places], (min(start, unit[0]), max(end, unit[1]))
    return None


def _left(before: str, frames: Frames, count: int) -> Iterable[tuple[list[int], int, int]]:
    """Readings of the words that end right before the unit word, the likeliest first."""
    number = _either([*cardinals(frames.language), r"\d"])
    ordinal = _either([*ordinals(frames.language), _DIGITS])
    last, penultimate = frames.words["last"].pattern, frames.words["penultimate"].pattern
    first = _either([word for word, place in ordinals(frames.language).items() if place == 1])
    joint = rf"\s*(?:,|{frames.words['and'].pattern})\s*"
    found = re.search(rf"(?:(?P<n>{number})\s+)?{penultimate}\s*$", before, re.IGNORECASE)
    if found:
        yield [count - 2], found.start(), found.end()
    found = re.search(rf"(?P<o>{ordinal})(?:[\s-]+(?:from|to|a partir de|en partant de)(?:\s+(?:the|la))?)?[\s-]+{last}\s*$", before, re.IGNORECASE)
    if found and "from" not in found["o"]:
        yield [count - _ordinal(found["o"], frames)], found.start(), found.end()
    for pattern, from_end in ((last, True), (first, False)):
        found = re.search(rf"(?:(?P<a>{number})\s+)?{pattern}(?:\s+(?P<b>{number}))?\s*$", before, re.IGNORECASE)
        if found:
            amount = _cardinal(found["a"] or found["b"] or "1", frames)
            yield list(range(count - amount, count) if from_end else range(amount)), found.start(), found.end()
    found = re.search(rf"{ordinal}(?:{joint}(?:the\s+|le\s+|la\s+)?{ordinal})*\s*$", before, re.IGNORECASE)
    if found:
        said = re.findall(ordinal, found.group(), re.IGNORECASE)
        yield [_ordinal(one, frames) - 1 for one in said], found.start(), found.end()


def _right(after: str, frames: Frames, count: int, offset: int) -> Iterable[tuple[list[int], int, int]]:
    """Readings of the words that begin right after the unit word: "paragraph before the last", «الفقرة الثالثة والعشرون»."""
    last = frames.words["last"].pattern
    before, penultimate = frames.words["before"].pattern, frames.words["penultimate"].pattern
    found = re.match(rf"\s+(?:{before}(?:\s+(?:the|le|la))?\s+{last}|{penultimate})", after, re.IGNORECASE)
    if found:
        yield [count - 2], offset, offset + found.end()
    found = re.match(rf"\s+{last}", after, re.IGNORECASE)
    if found:
        yield [count - 1], offset, offset + found.end()
    if frames.language in {"ar", "fr"}:
        ordinal = _either(list(ordinals(frames.language)))
        found = re.match(rf"\s+{ordinal}(?:\s+(?=و){ordinal})*", after, re.IGNORECASE)
        if found:
            said = re.findall(ordinal, found.group(), re.IGNORECASE)
            yield [_ordinal(one, frames) - 1 for one in said], offset, offset + found.end()


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, a hyphen or a space between their parts, at the edges of words.

    In Arabic "and" is written together with the word after it.
    """
    ordered = sorted(words, key=len, reverse=True)
    return r"(?<!\w)و?(?:" + "|".join(word if "\\" in word else re.escape(word).replace(r"\ ", "[ -]") for word in ordered) + r")(?!\w)"


def _ordinal(said: str, frames: Frames) -> int:
    digits = re.match(r"\d+", said)
    if digits:
        return int(digits.group())
    known = ordinals(frames.language)
    return known.get(joined(said), 0) or known.get(joined(said).removeprefix("و"), 0)


def _cardinal(said: str, frames: Frames) -> int:
    return int(said) if said.isdigit() else cardinals(frames.language).get(joined(said), 1)
