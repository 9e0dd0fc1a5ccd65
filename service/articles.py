"""The article that the name of a country takes in the middle of a sentence: "le Japon", "l'Égypte", "the Netherlands"."""

from __future__ import annotations

import re

from ingest.analysis import fold

_ENGLISH = re.compile(r"(?:United|Netherlands|Philippines|Gambia|Bahamas|Maldives|Comoros|Seychelles)\b|.*(?:Republic|Islands|Isle of .*|Emirates)$")
_FRENCH_NONE = re.compile(
    r"(?:Andorre|Anguilla|Antigua-et-Barbuda|Aruba|Bahreïn|Chypre|Cuba|Curaçao|Diego Garcia|Djibouti|Gibraltar|Guam|Guernesey|Haïti|Israël|Jersey|"
    r"Kiribati|La Réunion|Madagascar|Malte|Maurice|Mayotte|Monaco|Montserrat|Nauru|Niue|Oman|Palaos|Porto Rico|Samoa|Sao Tomé-et-Principe|Singapour|"
    r"Sri Lanka|Taïwan|Tokelau|Trinité-et-Tobago|Tristan da Cunha|Tuvalu|Vanuatu|Wallis-et-Futuna)$|Saint-|Sainte-"
)
_FRENCH_PLURAL = re.compile(r"Fidji$|Îles\b|Émirats\b|États-Unis\b|(?!Laos|Honduras)[^ ]+s(?: |$)|Pays-Bas\b|Terres\b|Territoires\b")
_FRENCH_MASCULINE = re.compile(r"(?:Belize|Cambodge|Mexique|Mozambique|Royaume-Uni|Suriname|Territoire .*|Zimbabwe)$")


def with_article(country: str, language: str) -> str:
    """A country's name with the article that it takes; Arabic names have theirs already.

    In French names in -e are feminine but for a few, a few others, mostly islands and cities, take none, and before a vowel the article
    is elided; "Hongrie" and "Honduras" have an h that keeps it whole, and no country's name begins with one that does not.
    """
    if language == "en":
        return f"the {country}" if _ENGLISH.match(country) else country
    if language != "fr" or not country or _FRENCH_NONE.match(country):
        return country
    if _FRENCH_PLURAL.match(country):
        return f"les {country}"
    if fold(country[0]) in set("aeiou"):
        return f"l'{country}"
    feminine = country.partition(" ")[0].partition("-")[0].endswith(("e", "ée")) and not _FRENCH_MASCULINE.match(country)
    return f"la {country}" if feminine or country.startswith(("Guinée", "Sierra ")) else f"le {country}"
