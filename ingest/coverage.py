"""Where the characters of a text went, and what looks wrong: nothing may be lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.provision import Provision

_PROVISION, _NOTE, _NUMBER, _HEADING, _FURNITURE, _SKIPPED = 1, 2, 3, 4, 5, 6
_SPACE = re.compile(r"\s+")
_LOST = re.compile(rb"\x00+(?:\x06+\x00+)*")
LONG = 6_000
"""Characters. No provision of the texts that this was built on is longer; one that is has probably swallowed others."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A run of the source that ended nowhere. Offsets, end excluded."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters of the source by where they ended, white space not counted.

    Attributes:
        total: All of them.
        numbers: The marks of provisions: "Article 33", "12.", "(4)".
        unassigned: In none of the others; `lost` says where.
        warnings: What looks wrong, one line each.
    """

    total: int
    provisions: int
    notes: int
    numbers: int
    headings: int
    furniture: int
    unassigned: int
    lost: tuple[Lost, ...]
    warnings: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the characters that are accounted for, 0 to 1; 1 for an empty source."""
        return 1.0 if not self.total else 1.0 - self.unassigned / self.total


def measure(
    source: str,
    provisions: Sequence[Provision],
    *,
    numbers: Iterable[tuple[int, int]],
    headings: Iterable[tuple[int, int]],
    furniture: Iterable[tuple[int, int]],
    warnings: Sequence[str] = (),
) -> Coverage:
    """The coverage of `source`; the iterables are runs of it, end excluded.

    A character counts once, in the first that has it of provisions, notes, numbers, headings, furniture.
    """
    where = bytearray(len(source))
    layers = (
        (_FURNITURE, furniture),
        (_HEADING, headings),
        (_NUMBER, numbers),
        (_NOTE, _spans(provisions, "note")),
        (_PROVISION, _spans(provisions, "provision")),
    )
    for layer, spans in layers:
        for start, end in spans:
            where[start:end] = bytes([layer]) * (end - start)
    for space in _SPACE.finditer(source):
        where[space.start() : space.end()] = bytes([_SKIPPED]) * len(space[0])
    counts = [where.count(layer) for layer in range(6)]
    # White space between two lost words parts them no more than the words of a sentence.
    lost = [Lost(*match.span(), source[match.start() : match.end()]) for match in _LOST.finditer(where)]
    return Coverage(
        sum(counts),
        counts[_PROVISION],
        counts[_NOTE],
        counts[_NUMBER],
        counts[_HEADING],
        counts[_FURNITURE],
        counts[0],
        tuple(lost),
        (*warnings, *_long(provisions)),
    )


def _spans(provisions: Sequence[Provision], kind: str) -> Iterable[tuple[int, int]]:
    return ((span.source_start, span.source_end) for each in provisions if each.kind == kind for span in each.spans)


def _long(provisions: Sequence[Provision]) -> list[str]:
    holders = {provision.parent for provision in provisions if provision.kind == "provision"}
    return [
        f"very long: {each.label} has {len(each.text):,} characters" for each in provisions if each.label not in holders and len(each.text) > LONG
    ]
