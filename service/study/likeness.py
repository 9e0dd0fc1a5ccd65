"""How like provisions of different instruments are: a quiz must not offer as wrong what says the same."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ingest.index import Index, read_vectors
from ingest.provision import Provision


def likeness_of(index: Index, provisions: Mapping[str, Provision]) -> dict[str, dict[str, float]]:
    """For each provision, the greatest cosine of its own words with those of each other instrument, by instrument id."""
    kept = [row for row, one in enumerate(index.passages) if one.kind == "text" and one.provision in provisions]
    vectors = np.asarray(read_vectors(index.folder, index.manifest)[kept], dtype=np.float32)
    ids = [index.passages[row].provision for row in kept]
    held = [provisions[id].instrument for id in ids]
    starts = [place for place, one in enumerate(held) if not place or held[place - 1] != one]
    names = [held[place] for place in starts]
    found: dict[str, dict[str, float]] = {}
    for id, own, vector in zip(ids, held, vectors, strict=True):
        best = np.maximum.reduceat(vectors @ vector, starts)
        likest = found.setdefault(id, {})
        for name, cosine in zip(names, best, strict=True):
            if name != own:
                likest[name] = max(likest.get(name, -1.0), float(cosine))
    return found
