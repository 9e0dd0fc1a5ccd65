"""Numbers and dates as they are written, in digits or in words, in three languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.analysis import fold, words
from service.claims.lexicon import lexicon

_NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d{3}(?!\d))*(?:[.,]\d+)?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_UNITS = ("ثلاثه ثلاث ثالث ثالثه", "اربعه اربع رابع رابعه", "خمسه خمس خامس خامسه", "سته ست سادس سادسه", "سبعه سبع سابع سابعه",
          "ثمانيه ثماني ثامن ثامنه", "تسعه تسع تاسع تاسعه", "عشره عشر عاشر عاشره")  # fmt: skip
_TENS = ("عشرون عشرين", "ثلاثون ثلاثين", "اربعون اربعين", "خمسون خمسين", "ستون ستين", "سبعون سبعين", "ثمانون ثمانين", "تسعون تسعين")
_ARABIC_PREFIX = re.compile(r"^(?:و|ف|ب|ل|ك)?(?:ال|لل)?(?=\w{2})")


def numbers(text: str, language: str) -> set[str]:
    """The numbers of a text as digits: "2nd", "ten", "1,800" and «٢٨» are 2, 10, 1800 and 28. "One" is left out: it is mostly no number."""
    plain = text.translate(_DIGITS)
    found = {_plain(one) for one in _NUMBER.findall(plain)}
    run = [word for word, _, _ in words(plain)]
    if language == "ar":
        return found | _arabic(run)
    spoken, place = _spoken(language), 0
    while place < len(run):
        # The longest wins: "quatre-vingt-dix-neuf" is one number.
        longest = next((size for size in range(MOST_WORDS, 0, -1) if " ".join(run[place : place + size]) in spoken), 0)
        if longest:
            found.add(str(spoken[" ".join(run[place : place + longest])]))
        place += longest or 1
    return found


def numbers_of_others(text: str, language: str) -> set[str]:
    """Numbers in words of the other languages: a sentence that slips into one hides none. "Per cent" is no French hundred."""
    run = [word for word, _, _ in words(text)]
    found = _arabic(run) if language != "ar" and any("\u0600" <= word[:1] <= "\u06ff" for word in run) else set()
    other = _spoken("fr" if language == "en" else "en")
    return found | {str(other[word]) for word in run if word in other and word not in _BOTH}


MOST_WORDS = 4
"""Words of a number below a hundred at most."""
_BOTH = frozenset({"cent", "second", "seconde"})


def _arabic(run: list[str]) -> set[str]:
    """Arabic numbers in words, 3 to 99, with article and prepositions: «الأربعة», «ثمانية وعشرون»."""
    spoken = _spoken("ar")
    values = [spoken.get(word, spoken.get(_ARABIC_PREFIX.sub("", word), 0)) for word in run]
    found, place = set(), 0
    while place < len(values):
        value, following = values[place], values[place + 1] if place + 1 < len(values) else 0
        joined = value and ((value < 10 <= following and following % 10 == 0 and run[place + 1].startswith("و")) or (value < 10 and following == 10))
        if value:
            found.add(str(value + following if joined else value))
        place += 2 if joined else 1
    return found


def ordinals(text: str, language: str) -> set[str]:
    """The ordinal numbers of a text as digits: "2nd", "fifth", "6e"."""
    found: set[str] = set(re.findall(r"(?<!\d)(\d{1,3})(?:st|nd|rd|th|er|re|e|eme|ème)\b", text))
    if language == "ar":
        return found
    spoken = _ordinals(language)
    return found | {spoken[word] for word, _, _ in words(text) if word in spoken}


@cache
def _ordinals(language: str) -> dict[str, str]:
    """Ordinals as words, 2 to 31."""
    from num2words import num2words

    found = {}
    for number in range(2, 32):
        cardinal, ordinal = (fold(num2words(number, lang=language, to=form)) for form in ("cardinal", "ordinal"))
        if ordinal != cardinal:
            found[ordinal] = str(number)
    return found


def _plain(number: str) -> str:
    joined = re.sub(r"[,.\u202f\u00a0 ](?=\d{3}(?!\d))", "", number).replace(",", ".")
    return str(int(joined)) if joined.isdigit() else joined


def dates(text: str) -> set[tuple[int, int, int]]:
    """The dates of a text as (year, month, day), 0 for what is not said. A bare year is a number, not a date."""
    months = lexicon().months
    found: set[tuple[int, int, int]] = set()
    for one in _found_dates(fold(text.translate(_DIGITS))):
        days = [int(day) for day in re.findall(r"\d+", one.group("days"))] or [0]
        found.update((int(one.group("year") or 0), months[one.group("month")], day) for day in days)
    # "9 April 2025" is also "April 2025": only what says most of a date is told.
    return {one for one in found if one[2] or not any(other[:2] == one[:2] and other[2] for other in found)}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and where it begins in the text."""

    date: tuple[int, int, int]
    start: int


def dated(text: str) -> list[Dated]:
    """The dates of a text that say a year, with their places, in order; none where folding moves its characters."""
    folded = fold(text.translate(_DIGITS))
    if len(folded) != len(text):
        return []
    months = lexicon().months
    found: dict[int, Dated] = {}
    for one in _found_dates(folded):
        if one.group("year"):
            day = int((re.findall(r"\d+", one.group("days")) or ["0"])[0])
            found.setdefault(one.end(), Dated((int(one.group("year")), months[one.group("month")], day), one.start()))
    return sorted(found.values(), key=lambda one: one.start)


def without_dates(text: str) -> str:
    """The text, folded, with its dates left out: what numbers are looked for in, since a day's number alone says nothing."""
    folded = fold(text.translate(_DIGITS))
    kept = list(folded)
    for one in _found_dates(folded):
        kept[one.start() : one.end()] = " " * (one.end() - one.start())
    return "".join(kept)


def _found_dates(folded: str) -> list[re.Match[str]]:
    return [one for pattern in _date_patterns() for one in pattern.finditer(folded)]


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    name = "|".join(sorted(map(re.escape, lexicon().months), key=len, reverse=True))
    day = r"\d{1,2}(?:st|nd|rd|th|er|e)?"
    return tuple(
        re.compile(rf"(?<!\w){pattern}")
        for pattern in (
            rf"(?P<days>{day}(?:\s*(?:,|-|–|and|et|و|to|au)\s*{day})*)\s*(?:of\s+)?(?P<month>{name})\b\.?,?\s*(?P<year>{_YEAR})?",
            rf"(?P<month>{name})\s+(?P<days>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<year>{_YEAR}))?",
            rf"(?P<month>{name})\s+(?P<year>{_YEAR})(?P<days>)",
        )
    )


def agree(said: tuple[int, int, int], stated: tuple[int, int, int]) -> bool:
    """Whether what is said of a date is part of what is stated."""
    return all(one in (0, other) for one, other in zip(said, stated, strict=True))


def shown(date: tuple[int, int, int]) -> str:
    """A date, or a part of one, as 2025-04-09, 2025-04 or 04-09."""
    year, month, day = date
    return "-".join(part for part in (f"{year:04}" if year else "", f"{month:02}", f"{day:02}" if day else "") if part)


@cache
def _spoken(language: str) -> dict[str, int]:
    """Numbers as words, by folded words joined by a space, 2 to 99."""
    if language == "ar":
        return {word: value for value, forms in [*enumerate(_UNITS, 3), *zip(range(20, 100, 10), _TENS, strict=True)] for word in forms.split()}
    from num2words import num2words

    found: dict[str, int] = {}
    for number in range(2, 100):
        for form in (num2words(number, lang=language), num2words(number, lang=language, to="ordinal")):
            found.setdefault(" ".join(word for word, _, _ in words(form)), number)
    return found
