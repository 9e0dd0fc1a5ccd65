"""A provision: the smallest part of an instrument that is cited by number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Part = Literal["preamble", "operative", "annex"]
Tier = Literal["authentic", "digest"]
Kind = Literal["provision", "note"]

LABEL = re.compile(r"[a-z]+-[0-9a-z]+(?:\.[0-9a-z-]+)*")
"""`para-23`, `art-33`, `art-33.1`, `obj-9`, `rec-12`, `target-10.c`, `para-9.fn-1`."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a provision's text that stands, after the documented clean-up, in one run of the source.

    All four are character offsets, end excluded; `start`/`end` count in `Provision.text`, the others in the text that the reader
    took out of the file (`Reading.source`). Between two spans the clean-up joined what the source had broken apart.
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered provision, or a note that belongs to one.

    Attributes:
        instrument: Instrument id, such as `cairo-declaration-2025`.
        label: The number as data, such as `para-23`; unique in the instrument.
        text: NFC, without the number itself; points such as "(a)" begin on a new line.
        part: Where it stands.
        tier: `authentic` words may be quoted, a `digest` never.
        language: ISO 639-1 code of `text`.
        kind: A `note` is a footnote; its label is that of its provision with `.fn-N` added.
        heading: Its own title ("Identity papers"), or "".
        path: Headings above it, outermost first ("Chapter V", "Administrative measures").
        parent: Label of the provision that holds it (`art-33` for `art-33.1`, `para-9` for `para-9.fn-1`), or None. A provision that
            holds others carries their text too, so that it can be shown whole; only those without children are searched.
        verb: Lemma of the verb that it opens with ("highlight"), or "".
        strength: How much that verb undertakes (see corpus/verbs.yaml), or "".
        spans: Where the text stands in the source, in order.
        source: For a digest: where the facts come from.
    """

    instrument: str
    label: str
    text: str
    part: Part = "operative"
    tier: Tier = "authentic"
    language: str = "en"
    kind: Kind = "provision"
    heading: str = ""
    path: tuple[str, ...] = ()
    parent: str | None = None
    verb: str = ""
    strength: str = ""
    spans: tuple[Span, ...] = ()
    source: str = ""

    @property
    def id(self) -> str:
        """`<instrument>/<label>`: permanent, and the permalink."""
        return f"{self.instrument}/{self.label}"
