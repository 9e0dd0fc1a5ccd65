"""Numerals as official texts write them: 33, XXXIII, ٣٣, "premier", "first", "33 bis"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ARABIC = re.compile(r"(\d{1,4})(?:er|ère|re|st|nd|rd|th|º|°)?\s?(bis|ter|quater|quinquies|مكرر|[a-z])?", re.IGNORECASE)
_SUFFIXES = {"مكرر": "bis"}


@cache
def words() -> dict[str, Any]:
    """The table of unit words, ordinals and markers that lies beside this module."""
    with (Path(__file__).parent / "words.yaml").open(encoding="utf-8") as file:
        table: dict[str, Any] = yaml.safe_load(file)
    return table


@cache
def ordinals() -> dict[str, int]:
    """Number words in lower case with their value."""
    found = {str(word).casefold(): int(value) for value, names in words()["ordinals"].items() for word in names}
    # "المادة الثالثة عشرة", "المادة الحادية والعشرون"
    units, tens = words()["arabic_ordinals"]["units"], words()["arabic_ordinals"]["tens"]
    for unit, name in units.items():
        found[f"{name} عشرة"] = found[f"{name} عشر"] = 10 + unit
        found |= {f"{name} و{ten}": value + unit for value, forms in tens.items() for ten in forms}
    return found | {ten: value for value, forms in tens.items() for ten in forms}


def numeral_pattern(*, roman: bool = True) -> str:
    """A regular expression, without groups, for one numeral."""
    names = "|".join(sorted(map(re.escape, ordinals()), key=len, reverse=True))
    kinds = [r"\d{1,4}(?:(?:er|ère|re|st|nd|rd|th|º|°)(?!\w))?(?:\s?(?:bis|ter|quater|quinquies|مكرر)|[a-z](?!\w))?"]
    if roman:
        kinds.append(r"[IVXLCivxlc]{1,8}(?!\w)")
    return rf"(?:{'|'.join(kinds)}|(?:{names})(?!\w))"


def roman_value(numeral: str) -> int | None:
    """Value of a Roman numeral of either case, None for anything else."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return None
    values = [_ROMAN_VALUES[letter] for letter in numeral.upper()]
    return sum(-value if any(value < later for later in values[at + 1 : at + 2]) else value for at, value in enumerate(values))


def canonical(numeral: str) -> str | None:
    """The numeral as it stands in a label: decimal digits, with "bis" or a letter where it has one; None where it is none.

    "٣٣" and "XXXIII" give "33", "premier" gives "1", "33 bis" gives "33bis".
    """
    numeral = numeral.strip()
    if match := _ARABIC.fullmatch(numeral):
        suffix = (match[2] or "").lower()
        return f"{int(match[1])}{_SUFFIXES.get(suffix, suffix)}"
    value = roman_value(numeral)
    if value is None:
        value = ordinals().get(numeral.casefold())
    return None if value is None else str(value)


def value_of(number: str) -> int:
    """The leading whole number of a canonical numeral, 0 where there is none ("a")."""
    match = re.match(r"\d+", number)
    return int(match[0]) if match else 0
