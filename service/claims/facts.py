"""Numbers, dates and names of a sentence: each must stand in what it cites."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from babel.core import get_global

from ingest.analysis import fold, stem, stopwords, words
from ingest.provision import Provision
from retriever.instruments import names_of
from retriever.names import Named, find_countries, find_groups, group
from retriever.spelling import dictionary
from service.claims.dates import Dated, agree, dated, dates, numbers, numbers_of_others, ordinals, shown, without_dates
from service.claims.lexicon import folded_words, lexicon
from service.claims.library import FEWEST, Library
from service.claims.naming import Names, Word

_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w’'-]*\w")
_UNIT = re.compile(r"(?<!\w)(?:para|art|object|recital|consid|target|cible|goal|domain|aspiration)|§|فقر|ماد|هدف|غاي|مجال")
"""What a number of a provision stands beside, in a folded text."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states that can be right or wrong to the letter.

    Attributes:
        numbers: As digits, those of dates left out.
        ordinals: Those of the numbers that are told as ordinals.
        dates: As (year, month, day).
        dated: The dates that say a year, with their places.
        actors: Numbers of the lexicon's actors, each with its words.
        measures: Numbers of the lexicon's quantities, each with its words ("million", "annual").
        countries: Codes, each with the name as it is written.
        instruments: Ids, each with the name as it is written.
        aliases: Numbers of the lexicon's aliases that are named.
        aliased: Where they are.
        names: Countries, instruments and further names with their offsets, in order.
        capitals: Further capitalised words that are names.
        concepts: Ids of the thesaurus' concepts, each with the stems of the labels by which it is named.
        stems: English stems of all its words.
        folded: The text, folded.
    """

    numbers: frozenset[str]
    ordinals: frozenset[str]
    dates: frozenset[tuple[int, int, int]]
    dated: tuple[Dated, ...]
    actors: dict[int, str]
    measures: dict[int, str]
    countries: dict[str, str]
    instruments: dict[str, str]
    aliases: frozenset[str]
    aliased: tuple[Named, ...]
    names: tuple[tuple[str, int, int], ...]
    capitals: tuple[tuple[str, int, int], ...]
    concepts: dict[str, frozenset[str]]
    stems: frozenset[str]
    folded: str


@lru_cache(maxsize=4096)
def stated(provision: Provision, library: Library) -> Facts:
    """The facts of a provision, kept: they are asked for again and again."""
    return facts_of(f"{provision.heading} {provision.text}", provision.language, library)


@lru_cache(maxsize=64)
def facts_of(text: str, language: str, library: Library) -> Facts:
    """The facts of a text in a language, kept for as long as an answer is checked."""
    run = list(words(text))
    countries = [*find_countries(text, language), *_demonyms().find(run)]
    # "The declaration" may be any; a name has a capital letter, or in Arabic at least two words.
    named = [one for one in instrument_names(library, language).find(run) if _is_proper(text[one.start : one.end], language)]
    aliases = aliased(text, run)
    folded = fold(text)
    covered = [(one.start, one.end) for one in (*countries, *named, *aliases)]
    concepts: dict[str, frozenset[str]] = {}
    for mention in library.concepts(text, language):
        concepts[mention.concept] = concepts.get(mention.concept, frozenset()) | mention.stems
    capitals = tuple(
        (one.group(), one.start(), one.end())
        for one in _CAPITALISED.finditer(text)
        if not any(start <= one.start() < end for start, end in covered) and _is_name(text, one, language, library)
    )
    undated = without_dates(text)
    names = {(one.code, one.start, one.end) for one in (*countries, *named)} | {(fold(name), start, end) for name, start, end in capitals}
    return Facts(
        numbers=frozenset(numbers(undated, language) | numbers_of_others(undated, language)),
        ordinals=frozenset(ordinals(undated, language)),
        dates=frozenset(dates(text)),
        dated=tuple(dated(text)),
        actors={number: found.group() for number, one in enumerate(lexicon().actors) if (found := one.search(folded))},
        measures={number: found.group() for number, one in enumerate(lexicon().quantities) if (found := one.search(folded))},
        countries={one.code: text[one.start : one.end] for one in countries},
        instruments={one.code: text[one.start : one.end] for one in named},
        aliases=frozenset(number for one in aliases for number in one.code.split()),
        aliased=tuple(aliases),
        names=tuple(sorted(names, key=lambda one: one[1:])),
        capitals=capitals,
        concepts=concepts,
        stems=frozenset(stem(word, "en") for word, _, _ in run),
        folded=folded,
    )


def aliased(text: str, run: Sequence[Word]) -> list[Named]:
    """The aliases that a text names: an abbreviation only in capitals, since "au" and "un" are words."""
    names, abbreviations = _aliases()
    found = names.find(run)
    return [one for one in found if text[one.start : one.end].isupper() or fold(text[one.start : one.end]) not in abbreviations]


@cache
def _aliases() -> tuple[Names, frozenset[str]]:
    found: dict[tuple[str, ...], str] = {}
    for number, names in enumerate(lexicon().aliases):
        for name in names:
            found[folded_words(name)] = f"{found.get(folded_words(name), '')} {number}".strip()
    return Names.of(found), frozenset(fold(name) for names in lexicon().aliases for name in names if name.isupper())


@cache
def _demonyms() -> Names:
    return Names.of(lexicon().demonyms)


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
    apart = {str(abs((one - other).days)) for one in _full(days) for other in _full(days) if one != other}
    # "Paragraph 21" may be told, "21 people" not.
    countable = apart | ({number for one in sources for number in re.findall(r"\d+", one.label)} if _UNIT.search(said.folded) else set())
    countable |= {str(year) for year, _, _ in days} | _counted(text, language, known)
    missing = sorted(
        one
        for one in said.numbers
        if one not in countable and not any(one in other.numbers for other in known) and not _counts(one, text, language, sources)
    )
    # "The fifth domain" is not known from "five domains".
    ordinal = {number for other in known for number in other.ordinals} | countable | {str(day) for _, _, day in days}
    missing += sorted(one for one in said.ordinals if one not in ordinal and one not in missing)
    missing += [shown(one) for one in sorted(said.dates) if not any(agree(one, date) for date in days)]
    held = {number for other in known for number in other.measures}
    missing += sorted(word for number, word in said.measures.items() if number not in held and not (word in _DAYS and apart & said.numbers))
    missing += sorted(word for number, word in said.actors.items() if not any(number in other.actors for other in known))
    if not absent(text, language, sources, library):
        missing += [name for code, name in said.countries.items() if not any(code in other.countries for other in known)]
    missing += [name for code, name in said.instruments.items() if code not in cited and not any(code in other.instruments for other in known)]
    shared = {word for one, label in said.concepts.items() if any(one in other.concepts for other in known) for word in label}
    there: frozenset[str] = frozenset().union(*(one.stems for one in known))
    for one in said.aliased:
        name = text[one.start : one.end]
        if (language == "ar" or name[0].isupper()) and not any(other.aliases.intersection(one.code.split()) for other in known):
            missing += [] if _stand(name, language, shared, there) else [name]
    for name, _, _ in said.capitals:
        if not _stand(name, language, shared, there):
            missing.append(name)
    return list(dict.fromkeys(missing))


def _stand(name: str, language: str, shared: Collection[str], there: Collection[str]) -> bool:
    """Whether every word of a name is there, or belongs to a name of something that is."""
    return all(stem(word, language) in shared or stem(word, "en") in there for word, _, _ in words(name) if not word.isdigit() and len(word) > 1)


_DAYS = frozenset({"day", "days", "jour", "jours"})


def _full(days: Collection[tuple[int, int, int]]) -> list[dt.date]:
    """Those that say year, month and day: how far they are apart may be told ("nine days later")."""
    return [dt.date(*day) for day in days if all(day) and day[2] <= monthrange(*day[:2])[1]]


def absent(text: str, language: str, sources: Sequence[Provision], library: Library) -> list[str]:
    """Names of the countries that a sentence says are not in the list that its sources hold, where that is so; [] for any other sentence."""
    listed = [stated(one, library).countries for one in sources]
    said = facts_of(text, language, library)
    if not said.countries or not any(len(one) >= FEWEST for one in listed) or not lexicon().negation.search(said.folded):
        return []
    return [] if any(code in one for code in said.countries for one in listed) else list(said.countries.values())


def _counted(text: str, language: str, known: Sequence[Facts]) -> set[str]:
    """Numbers that count what the sources list: their countries, those of a continent that the sentence names, their instruments."""
    lists = [one.countries for one in known if len(one.countries) >= FEWEST]
    groups = [group(one.code) for one in find_groups(text, language)] if lists else []
    return (
        {str(len(one)) for one in lists}
        | {str(len(members & set(one))) for one in lists for members in groups}
        | {str(len(one.instruments)) for one in known if len(one.instruments) > 1}
    )


def _counts(number: str, text: str, language: str, sources: Sequence[Provision]) -> bool:
    """Whether a small number counts what the sources name just so often: "the two Global Compacts", "deux continents" for "both our continents"."""
    there = [stem(word, one.language) for one in sources for word, _, _ in words(one.text)]
    if number == "2" and any("both" in (word for word, _, _ in words(one.text)) for one in sources):
        return True
    listed = {number for one in sources for number in _listed(one.text)} | _listed(text.partition(":")[2])
    run = [word for word, _, _ in words(text)]
    for place, word in enumerate(run):
        counting = number.isdigit() and int(number) <= MOST_LISTED and int(number) in listed and not _SPANS.intersection(run[place + 1 : place + 2])
        if counting and numbers(word, language) == {number} and not word.isdigit():
            return True
        if numbers(word, language) == {number} and not word.isdigit():
            counted = [stem(one, language) for one in run[place + 1 : place + 3]]
            return number.isdigit() and int(number) > 1 and any(there.count(one) == int(number) for one in counted)
    return False


def _listed(text: str) -> set[int]:
    """How many things the enumerations of a text hold: "origin, transit, and destination" three."""
    return {one.group().count(",") + (2 if _LAST.search(one.group()) and not _AFTER_COMMA.search(one.group()) else 1) for one in _LIST.finditer(text)}


_AND = r"(?:and|or|et|ou)"
_LIST = re.compile(rf"(?:[^\s,;:.]+\s){{0,4}}[^\s,;:.]+(?:,\s+(?:[^\s,;:.]+\s){{0,4}}[^\s,;:.]+)*,?\s+{_AND}\s+[^\s,;:.]+")
_LAST = re.compile(rf"\s{_AND}\s")
_AFTER_COMMA = re.compile(rf",\s+{_AND}\s")
_SPANS = frozenset(("years", "months", "weeks", "days", "hours", "times", "ans", "annees", "mois", "semaines", "jours", "fois"))
"""Words that a number before them measures, and does not count."""
MOST_LISTED = 5
"""Up to which number a word may count what is enumerated."""


def _is_proper(name: str, language: str) -> bool:
    return " " in name if language == "ar" else not name.islower()


def _is_name(text: str, capital: re.Match[str], language: str, library: Library) -> bool:
    """Whether a capitalised word is a name: not one that every text about texts uses, and at the start of a sentence only if it is unknown."""
    pieces = [one for one, _, _ in words(capital.group())]
    frame = lexicon().frame.get(language, frozenset())
    if all(one in stopwords(language) or stem(one, language) in frame or one in lexicon().titles or len(one) == 1 for one in pieces):
        return False
    before = text[: capital.start()].rstrip(" \t\n([“\"«'‘")
    if (not before or before[-1] in ".!?:;»”") and not capital.group()[1:2].isupper():
        return not all(library.knows(stem(one, language)) or _ordinary(one, language) for one in pieces)
    return True


def _ordinary(word: str, language: str) -> bool:
    """Whether the language's dictionary has a word and it is no town's name, so that it opens a sentence as any word may."""
    return word in dictionary(language) and word not in _towns()


@cache
def _towns() -> frozenset[str]:
    """Towns that give a time zone its name: most capitals are among them, and dictionaries have those as words."""
    return frozenset(fold(zone.rpartition("/")[2].replace("_", " ")) for zone in get_global("zone_territories"))


@lru_cache(maxsize=256)
def _titles(instrument_id: str, language: str, library: Library) -> Facts:
    instrument = library.instruments[instrument_id]
    spoken = [names.get(one, "") for names in (instrument.title, instrument.short) for one in dict.fromkeys(("en", language))]
    return facts_of(" ; ".join([*spoken, instrument.place]), language, library)


@lru_cache(maxsize=16)
def instrument_names(library: Library, language: str) -> Names:
    """What the library's instruments are called in a language."""
    return Names.of(names_of(library.instruments.values(), language))
