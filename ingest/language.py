"""Which language a text is in: Arabic by its script, English and French by their function words."""

from __future__ import annotations

import re

from ingest.analysis import stopwords, words

_SAMPLE = 20_000
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")
_SURE = 0.15
"""Share of a text's words that are its language's stop words, at least; English and French have about 0.4."""


def guess_language(text: str) -> str:
    """Two letters: ar, en or fr; "" where nothing tells."""
    sample = text[:_SAMPLE]
    if len(_ARABIC.findall(sample)) > len(_LATIN.findall(sample)):
        return "ar"
    found = [word for word, _, _ in words(sample)]
    shares = {one: sum(word in stopwords(one) for word in found) / max(1, len(found)) for one in ("en", "fr")}
    best = max(shares, key=lambda one: shares[one])
    return best if shares[best] >= _SURE else ""
