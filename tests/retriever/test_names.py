"""Countries and groups of them, by every name that people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.names import codes, country_name, find_countries, find_groups, group


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Is South Sudan or Sudan there?", "en", ["SS", "SD"]),
        ("the Netherlands and Holland", "en", ["NL"]),
        ("the UK", "en", ["GB"]),
        ("Guinea-Bissau, Guinea and Equatorial Guinea", "en", ["GW", "GN", "GQ"]),
        ("Nigeria is not Niger", "en", ["NG", "NE"]),
        ("KENYA", "en", ["KE"]),
        ("Côte d'Ivoire", "en", ["CI"]),
        ("l'Éthiopie et l’Égypte", "fr", ["ET", "EG"]),
        ("la Hongrie", "fr", ["HU"]),
        ("Kenya", "fr", ["KE"]),
        ("هل كينيا ومصر", "ar", ["KE", "EG"]),
        ("المجر", "ar", ["HU"]),
        ("jordan rivers", "en", ["JO"]),
        ("no country", "en", []),
    ],
)
def test_countries_are_found(text: str, language: str, expected: list[str]) -> None:
    assert codes(find_countries(text, language)) == expected


def test_every_country_is_found_by_its_own_name_in_every_language() -> None:
    lost = []
    for language in ("en", "fr", "ar"):
        for code in group("europe") | group("africa"):
            if codes(find_countries(country_name(code, language), language)) != [code]:
                lost.append((language, code, country_name(code, language)))
    assert lost == []


def test_groups_have_their_members() -> None:
    assert (len(group("eu")), len(group("africa"))) == (27, 54)
    assert group("eu") <= group("europe")
    assert "NO" in group("europe"), "YAML reads a bare NO as false"
    assert all(isinstance(code, str) and len(code) == 2 for name in ("eu", "africa", "europe") for code in group(name))
    assert not group("europe") & group("africa")


@pytest.mark.parametrize(
    ("text", "language", "code"), [("EU member states", "en", "eu"), ("pays africains", "fr", "africa"), ("الدول الأفريقية", "ar", "africa")]
)
def test_groups_are_found(text: str, language: str, code: str) -> None:
    assert [one.code for one in find_groups(text, language)] == [code]


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", "xx"]))
def test_offsets_lead_to_the_name(text: str, language: str) -> None:
    for found in find_countries(text, language):
        assert text[found.start : found.end].strip()
