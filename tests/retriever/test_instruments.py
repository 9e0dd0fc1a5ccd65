"""Instruments by every name that the catalogue gives them."""

from __future__ import annotations

import pytest

from ingest.index import Index
from retriever.instruments import named_instruments


def test_every_instrument_is_found_by_its_titles_and_names(index: Index) -> None:
    lost = []
    for one in index.instruments.values():
        for language in ("en", "fr", "ar"):
            for name in {one.title[language], one.short[language]}:
                if one.id not in named_instruments(name, language, index):
                    lost.append((one.id, language, name))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("What does the declaration say?", "en", "cairo-declaration-2025"),
        ("the Universal Declaration of Human Rights", "en", "udhr-1948"),
        ("the Rome Declaration", "en", "rome-declaration-2014"),
        ("article 33 of the Refugee Convention", "en", "refugee-convention-1951"),
        ("la Déclaration du Caire", "fr", "cairo-declaration-2025"),
        ("إعلان القاهرة", "ar", "cairo-declaration-2025"),
        ("nothing at all", "en", ""),
    ],
)
def test_longest_name_wins(index: Index, text: str, language: str, expected: str) -> None:
    assert named_instruments(text, language, index)[:1] == ((expected,) if expected else ())
