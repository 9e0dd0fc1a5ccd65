"""Which words of an instrument a link asks to have marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.provision import Provision


@dataclass(frozen=True, slots=True)
class Mark:
    """`provision.text[start:end]`, never empty."""

    provision: Provision
    start: int
    end: int


def mark_at(provision: Provision, start: int, end: int) -> Mark | None:
    """None when the offsets lie outside its text, as those of an old link may."""
    return Mark(provision, start, end) if 0 <= start < end <= len(provision.text) else None


def mark_words(provisions: Iterable[Provision], words: str) -> Mark | None:
    """The first place where the words stand, white space and case apart; None when they stand nowhere."""
    for provision in provisions:
        span = find_words(provision.text, words)
        if span is not None:
            return Mark(provision, *span)
    return None


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Offsets of `words` in `text`, where any white space equals any other and case does not count; None when they are not there."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return found.span() if found else None
