"""Countries in the middle of a sentence."""

from __future__ import annotations

import pytest

from service.articles import with_article

FRENCH = (
    "le Japon · la France · l'Égypte · l'Éthiopie · les Pays-Bas · les États-Unis · le Royaume-Uni · la Hongrie · le Honduras · le Mexique · Malte · "
    "Chypre · Djibouti · Israël · la Côte d’Ivoire · la Guinée équatoriale · la Guinée-Bissau · le Soudan du Sud · la République centrafricaine · "
    "les Émirats arabes unis · l'Arabie saoudite · la Sierra Leone · les Comores · le Yémen · le Timor oriental · Madagascar · l'Irak · le Laos"
)
ENGLISH = (
    "the Netherlands · Japan · the United Kingdom · the United States · the Central African Republic · Egypt · the Gambia · the Comoros · Ireland"
)


@pytest.mark.parametrize(("language", "expected"), [(lang, one) for lang, all_ in (("fr", FRENCH), ("en", ENGLISH)) for one in all_.split(" · ")])
def test_country_takes_its_article(language: str, expected: str) -> None:
    bare = expected
    for article in ("the ", "les ", "le ", "la ", "l'"):
        bare = bare.removeprefix(article)
    assert with_article(bare, language) == expected


def test_arabic_names_have_theirs_already() -> None:
    assert with_article("اليابان", "ar") == "اليابان"
