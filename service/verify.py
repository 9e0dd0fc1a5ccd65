"""Checks what is about to leave: every quote word for word, every number against the citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ingest.provision import Provision
from service.answer import Citation

_MARKER = re.compile(r"\[(\d+)\]")


def stands(citation: Citation, provisions: Mapping[str, Provision]) -> bool:
    """Whether the quoted words stand in the stored provision just where the citation says; a digest must not be quoted at all."""
    stored = provisions.get(citation.provision.id)
    if stored is None:
        return False
    if stored.tier == "digest":
        return not citation.quote
    return bool(citation.quote) and stored.text[citation.start : citation.end] == citation.quote


def markers_hold(text: str, citations: Sequence[Citation]) -> bool:
    """Whether `text` uses just the markers [1] … [n] of its n citations."""
    return {int(found) for found in _MARKER.findall(text)} == set(range(1, len(citations) + 1))


def numbers_hold(sentence: str, cited: Iterable[Provision], allowed: Iterable[str] = ()) -> bool:
    """Whether every number in our own words stands in a cited provision, in its label, or in `allowed`; markers do not count."""
    known = {number for provision in cited for number in re.findall(r"\d+", f"{provision.label} {provision.text} {provision.heading}")}
    known.update(number for text in allowed for number in re.findall(r"\d+", text))
    return all(number in known for number in re.findall(r"\d+", _MARKER.sub("", sentence)))
