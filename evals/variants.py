"""The same question, put less carefully: upper case, no punctuation, a slip of the keyboard."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Literal, get_args

from evals.sets import Row

Variant = Literal["upper", "unpunctuated", "slip"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
SHORTEST = 5
"""Letters of a word that gets a slip, at least."""


def vary(row: Row, variant: Variant) -> Row:
    """The row with its question changed; the same change every time."""
    if variant == "slip":
        return replace(row, question=slip(row.question, row.id))
    return replace(row, question=row.question.upper() if variant == "upper" else unpunctuated(row.question))


def unpunctuated(text: str) -> str:
    """Without punctuation, apostrophes and hyphens becoming spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s§]", " ", text)).strip()


def slip(text: str, seed: str) -> str:
    """With one slip in one of its longer words, never at its first letter: a letter swapped with the next, left out, doubled or
    hit beside. Unchanged when no word is long enough.
    """
    chance = random.Random(seed)
    words = [found for found in re.finditer(r"[A-Za-z]+", text) if len(found.group()) >= SHORTEST]
    if not words:
        return text
    at = chance.choice(words)
    place = chance.randrange(at.start() + 1, at.end() - 1)
    letter, following = text[place], text[place + 1]
    slips = (following + letter, following, letter + letter + following, chance.choice("aeiounrst") + following)
    new = chance.choice([one for one in slips if one != letter + following])
    return text[:place] + new + text[place + 2 :]
