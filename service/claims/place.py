"""Where a sentence says that a provision stands in its text: in the preamble, or as the first or last paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.analysis import fold
from ingest.provision import Provision
from service.claims.library import Library

_PARTS = {
    "preamble": re.compile(r"\b(?:preamble|preambular|preambule)\b|ديباجه"),
    "operative": re.compile(r"\b(?:operative|dispositif)\b|منطوق"),
    "annex": re.compile(r"\b(?:annex|annexe)\b|مرفق الاعلان"),
}
_UNIT = r"(?:paragraph|article|paragraphe|provision)\b"
_FIRST = re.compile(rf"\b(?:first|opening|premier)\s+{_UNIT}|الفقره الاولي|الماده الاولي")
_LAST = re.compile(rf"\b(?:last|final|closing|concluding|dernier)\s+{_UNIT}|(?:الفقره|الماده) الاخيره")
_BESIDE = re.compile(rf"\b(?:next|following|previous|preceding)\s+{_UNIT}")


def elsewhere(own: str, sources: Sequence[Provision], library: Library) -> str:
    """The words that place a sentence's sources where none of them stands, in words that follow "but"; "" where there are none.

    What a text itself says of its parts is no placing ("the attached annex"), nor is anything told of a text whose parts are not known.
    """
    folded = fold(own)
    if not any(pattern.search(folded) for pattern in (*_PARTS.values(), _FIRST, _LAST, _BESIDE)):
        return ""
    there = " ".join(fold(one.text) for one in sources)
    parts = {one.part for one in sources}
    for part, pattern in _PARTS.items():
        found = pattern.search(folded)
        if found and parts != {""} and part not in parts and not pattern.search(there):
            return f"it does not stand in the {part}"
    for pattern, place in ((_FIRST, 0), (_LAST, -1)):
        found = pattern.search(folded)
        if found and not any(one.id == _numbered(one, library)[place] for one in sources):
            return f"it is not “{found.group()}”"
    found = _BESIDE.search(folded)
    return f"“{found.group()}” does not tell which" if found and not _BESIDE.search(there) else ""


def _numbered(one: Provision, library: Library) -> list[str]:
    """Ids of the provisions of the same instrument and kind of number, in order."""
    unit = one.label.partition("-")[0]
    return [
        other.id for other in library.provisions.values() if other.instrument == one.instrument and other.label.partition("-")[0] == unit
        and other.kind == one.kind
    ]  # fmt: skip
