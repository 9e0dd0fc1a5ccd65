"""Whether a text is the one that it is taken for: told by the numbers that this project's summary of it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.catalogue import Instrument
from ingest.digests import read_digest
from ingest.numbering.state import UNNUMBERED
from ingest.provision import Provision

_NO_NUMBERS = frozenset({"item", "act", *UNNUMBERED})
"""Labels that a summary counts itself."""
_LEAST = 5
"""Numbered provisions that a text has at least whose summary does not say how it is numbered."""
_ALIKE = 0.5
"""Share of the summary's numbers that the text has at least."""


def unlike(provisions: Sequence[Provision], instrument: Instrument, digests: Path) -> str:
    """Why these cannot be the provisions of `instrument`, "" where they may be.

    A page that only tells of a text, with a few numbered lines, is not the text.
    """
    found = _numbers(provisions)
    path = digests / f"{instrument.id}.yaml"
    known = _numbers(read_digest(path, instrument)) if path.exists() else set()
    if known and len(known & found) < _ALIKE * len(known):
        return f"of the {len(known)} numbers that this project's summary of {instrument.id} has, it has {len(known & found)}"
    if not known and len(found) < _LEAST:
        return f"it has {len(found)} numbered provisions"
    return ""


def _numbers(provisions: Iterable[Provision]) -> set[str]:
    return {one.label for one in provisions if one.kind == "provision" and one.label.partition("-")[0] not in _NO_NUMBERS and "." not in one.label}
