"""Numbers, dates and names of a sentence: each must stand in what it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.analysis import fold, stem, stopwords, words
from ingest.provision import Provision
from retriever.instruments import names_of
from retriever.names import find_countries, find_names
from service.claims.dates import agree, dates, numbers, shown, without_dates
from service.claims.lexicon import lexicon
from service.claims.library import Library

_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]*\w")
FEWEST = 8
"""Countries in one provision that make it a list whose count may be told."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states that can be right or wrong to the letter.

    Attributes:
        numbers: As digits, those of dates left out.
        dates: As (year, month, day).
        measures: Folded words such as "million" and "annual".
        countries: Codes, each with the name as it is written.
        instruments: Ids, each with the name as it is written.
        capitals: Further capitalised words that are names.
        concepts: Ids of the thesaurus' concepts.
        stems: English stems of all its words.
        folded: The text, folded.
    """

    numbers: frozenset[str]
    dates: frozenset[tuple[int, int, int]]
    measures: frozenset[str]
    countries: dict[str, str]
    instruments: dict[str, str]
    capitals: tuple[tuple[str, int, int], ...]
    concepts: dict[str, tuple[tuple[int, int], ...]]
    stems: frozenset[str]
    folded: str


@lru_cache(maxsize=4096)
def stated(provision: Provision, library: Library) -> Facts:
    """The facts of a provision, kept: they are asked for again and again."""
    return facts_of(f"{provision.heading} {provision.text}", provision.language, library)


def facts_of(text: str, language: str, library: Library) -> Facts:
    """The facts of a text in a language."""
    countries = find_countries(text, language)
    # "The declaration" may be any; a name has a capital letter, or in Arabic at least two words.
    named = [one for one in find_names(text, _instrument_names(library, language)) if _is_proper(text[one.start : one.end], language)]
    covered = [(one.start, one.end) for one in (*countries, *named)]
    concepts: dict[str, tuple[tuple[int, int], ...]] = {}
    for mention in library.thesaurus.find(text, language) if library.thesaurus else ():
        concepts[mention.concept] = (*concepts.get(mention.concept, ()), (mention.start, mention.end))
    capitals = tuple(
        (one.group(), one.start(), one.end())
        for one in _CAPITALISED.finditer(text)
        if not any(start <= one.start() < end for start, end in covered) and _is_name(text, one, language, library)
    )
    return Facts(
        numbers=frozenset(numbers(without_dates(text), language)),
        dates=frozenset(dates(text)),
        measures=frozenset(one.group() for one in lexicon().quantities.finditer(fold(text))),
        countries={one.code: text[one.start : one.end] for one in countries},
        instruments={one.code: text[one.start : one.end] for one in named},
        capitals=capitals,
        concepts=concepts,
        stems=frozenset(stem(word, "en") for word, _, _ in words(text)),
        folded=fold(text),
    )


def unknown_facts(text: str, language: str, sources: Sequence[Provision], library: Library, *, titled: bool = True) -> list[str]:
    """The numbers, dates, measures and names of our own words in `text` that stand in none of `sources`, as they are written.

    Args:
        text: A sentence without its quotations and references.
        language: Of the sentence.
        sources: The provisions that it cites.
        library: Knows what the instruments are called.
        titled: Whether title, place and date of the cited instruments count as known.
    """
    said = facts_of(text, language, library)
    cited = dict.fromkeys(one.instrument for one in sources)
    known = [stated(one, library) for one in sources] + [_titles(one, language, library) for one in cited if titled]
    days = {date for other in known for date in other.dates}
    days |= {(day.year, day.month, day.day) for one in cited if titled and (day := library.instruments[one].date)}
    countable = {number for one in sources for number in re.findall(r"\d+", one.label)}
    countable |= {str(year) for year, _, _ in days} | {str(len(one.countries)) for one in known if len(one.countries) >= FEWEST}
    missing = sorted(
        one
        for one in said.numbers
        if one not in countable and not any(one in other.numbers for other in known) and not _counts(one, text, language, sources)
    )
    missing += [shown(one) for one in sorted(said.dates) if not any(agree(one, date) for date in days)]
    missing += sorted(one for one in said.measures if not any(re.search(rf"(?<!\w){re.escape(one)}", other.folded) for other in known))
    missing += [name for code, name in said.countries.items() if not any(code in other.countries for other in known)]
    missing += [name for code, name in said.instruments.items() if code not in cited and not any(code in other.instruments for other in known)]
    shared = [span for one, spans in said.concepts.items() if any(one in other.concepts for other in known) for span in spans]
    there: frozenset[str] = frozenset().union(*(one.stems for one in known))
    for name, start, _ in said.capitals:
        if any(first <= start < last for first, last in shared):
            continue
        if any(stem(word, "en") not in there for word, _, _ in words(name) if not word.isdigit() and len(word) > 1):
            missing.append(name)
    return list(dict.fromkeys(missing))


def _counts(number: str, text: str, language: str, sources: Sequence[Provision]) -> bool:
    """Whether a small number counts what the sources name just so often: "the two Global Compacts", "deux continents" for "both our continents"."""
    there = [stem(word, one.language) for one in sources for word, _, _ in words(one.text)]
    if number == "2" and any("both" in (word for word, _, _ in words(one.text)) for one in sources):
        return True
    run = [word for word, _, _ in words(text)]
    for place, word in enumerate(run):
        if numbers(word, language) == {number} and not word.isdigit():
            counted = [stem(one, language) for one in run[place + 1 : place + 3]]
            return int(number) > 1 and any(there.count(one) == int(number) for one in counted)
    return False


def _is_proper(name: str, language: str) -> bool:
    return " " in name if language == "ar" else not name.islower()


def _is_name(text: str, capital: re.Match[str], language: str, library: Library) -> bool:
    """Whether a capitalised word is a name: not one that every text about texts uses, and at the start of a sentence only if it is unknown."""
    pieces = [one for one, _, _ in words(capital.group())]
    frame = lexicon().frame.get(language, frozenset())
    if all(one in stopwords(language) or stem(one, language) in frame for one in pieces):
        return False
    before = text[: capital.start()].rstrip(" \t\n([“\"«'‘")
    if (not before or before[-1] in ".!?:;»”") and not capital.group()[1:2].isupper():
        return not all(library.knows(stem(one, language)) or one in _openers() for one in pieces)
    return True


@cache
def _openers() -> frozenset[str]:
    """Words that open sentences and stand in no provision."""
    return frozenset(
        [
            "more",
            "moreover",
            "there",
            "these",
            "this",
            "those",
            "such",
            "both",
            "here",
            "attention",
            "working",
            "work",
            "people",
            "persons",
            "governments",
            "delegates",
            "results",
            "projects",
            "fighting",
            "le",
            "la",
            "les",
            "une",
            "des",
            "ces",
            "cette",
            "ils",
            "elles",
            "selon",
            "dans",
            "pour",
            "plus",
        ]
    )


@lru_cache(maxsize=256)
def _titles(instrument_id: str, language: str, library: Library) -> Facts:
    instrument = library.instruments[instrument_id]
    spoken = [names.get(one, "") for names in (instrument.title, instrument.short) for one in dict.fromkeys(("en", language))]
    return facts_of(" ; ".join([*spoken, instrument.place]), language, library)


@lru_cache(maxsize=16)
def _instrument_names(library: Library, language: str) -> dict[tuple[str, ...], str]:
    return names_of(library.instruments.values(), language)
