"""Numbers as people write and say them: digits, Roman numerals, words in three languages."""

from __future__ import annotations

import re
from functools import cache

from ingest.analysis import fold

_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50}
_AR_UNITS = ["الاولي", "الثانيه", "الثالثه", "الرابعه", "الخامسه", "السادسه", "السابعه", "الثامنه", "التاسعه", "العاشره"]
_AR_TENS = {20: ("العشرون", "العشرين"), 30: ("الثلاثون", "الثلاثين"), 40: ("الاربعون", "الاربعين"), 50: ("الخمسون", "الخمسين")}


def joined(words: str) -> str:
    """Words of a number with one space between them, so that "twenty-three" and "twenty three" are one key."""
    return re.sub(r"[ -]+", " ", words).strip()


def roman(letters: str) -> int:
    """Value of a Roman numeral up to LXXXIX, in either case; 0 for letters that are none."""
    if not re.fullmatch(r"l?x{0,4}(?:ix|iv|v?i{0,4})|xl(?:ix|iv|v?i{0,3})", letters, re.IGNORECASE):
        return 0
    values = [_WORTH[letter] for letter in letters.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)) if values else 0


@cache
def spoken(language: str) -> dict[str, int]:
    """Folded number words of a language, cardinal and ordinal: "twelve", "twelfth", "vingt-trois", «الثالثه والعشرون»."""
    return {**cardinals(language), **ordinals(language)}


@cache
def cardinals(language: str) -> dict[str, int]:
    """Folded cardinal numbers from 1 to 99; of Arabic the few that count paragraphs."""
    from num2words import num2words  # read when a number word may be there

    if language == "ar":
        return {"ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5}
    return {joined(fold(num2words(number, lang=language))): number for number in range(1, 100)}


@cache
def ordinals(language: str) -> dict[str, int]:
    """Folded ordinal numbers from 1 to 99 (Arabic: feminine, 1 to 59)."""
    if language == "ar":
        return _arabic_ordinals()
    from num2words import num2words

    found = {joined(fold(num2words(number, lang=language, to="ordinal"))): number for number in range(1, 100)}
    if language == "fr":
        return {**found, "premiere": 1, "premiers": 1, "premieres": 1, "second": 2, "seconde": 2}
    return {**found, "opening": 1}


def _arabic_ordinals() -> dict[str, int]:
    found = {word: place for place, word in enumerate(_AR_UNITS, 1)}
    found.update({f"{_unit(unit)} عشره": 10 + unit for unit in range(1, 10)})
    for ten, forms in _AR_TENS.items():
        for form in forms:
            found[form] = ten
            found.update({f"{_unit(unit)} و{form}": ten + unit for unit in range(1, 10)})
    return {**found, "اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4, "خامس": 5}


def _unit(value: int) -> str:
    return "الحاديه" if value == 1 else _AR_UNITS[value - 1]
