"""The word lists of words.yaml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from ingest.analysis import fold, stem, stopwords, words
from ingest.catalogue import CORPUS
from ingest.verbs import STRENGTHS

FILE = Path(__file__).resolve().parent / "words.yaml"
LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What claims are checked by; every pattern is matched on folded text.

    Attributes:
        frame: Stems that need no support, by language.
        subject: Who speaks, by language.
        levels: Words that claim a strength wherever they stand, by strength.
        negation: Words that say no.
        idle: Turns of phrase with such a word that say nothing of the kind.
        undoes: Words that set a thing aside without a "no".
        against_all: Words by which a thing is ruled out without a "no".
        only: Words that leave all else out.
        every, most: Words that mean all, and words that mean not quite all.
        efforts: Verbs that are for something and against something.
        forbids: Words that forbid.
        absolute, exception: Words that allow for no exception, and words that tell of one.
        synonyms: English stems, each with those of which it is one.
        translations: By language, stems with the English stems of what they mean.
        aliases: Names of one thing each.
        actors: Bodies and groups of people, a pattern each.
        titles: Folded capitalised words that name nothing by themselves.
        demonyms: Folded adjectives of countries, as words, with the country's code.
        receives, gives: Verbs whose subject takes the place of another, and gives it up.
        opposites: Pairs of patterns: what one of them says the other denies.
        quantities: Measures, a pattern each.
        months: Folded names with the month's number.
        verbs: Forms of the verbs of corpus/verbs.yaml, folded, with their strength.
        verb: Any of them.
    """

    frame: dict[str, frozenset[str]]
    subject: dict[str, re.Pattern[str]]
    levels: dict[str, re.Pattern[str]]
    negation: re.Pattern[str]
    idle: re.Pattern[str]
    undoes: re.Pattern[str]
    against_all: re.Pattern[str]
    only: re.Pattern[str]
    every: re.Pattern[str]
    most: re.Pattern[str]
    efforts: dict[str, re.Pattern[str]]
    forbids: re.Pattern[str]
    absolute: re.Pattern[str]
    exception: re.Pattern[str]
    synonyms: dict[str, frozenset[str]]
    translations: dict[str, dict[str, frozenset[str]]]
    aliases: tuple[tuple[str, ...], ...]
    actors: tuple[re.Pattern[str], ...]
    titles: frozenset[str]
    demonyms: dict[tuple[str, ...], str]
    receives: re.Pattern[str]
    gives: re.Pattern[str]
    opposites: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    quantities: tuple[re.Pattern[str], ...]
    months: dict[str, int]
    verbs: dict[str, str]
    verb: re.Pattern[str]


_PATTERNS = ("idle", "undoes", "against_all", "forbids", "absolute", "exception", "only", "every", "most", "receives", "gives")


@cache
def lexicon() -> Lexicon:
    """The lists, read at the first call."""
    data = _read(FILE)
    verbs = _verbs()
    return Lexicon(
        frame={spoken: frozenset(stem(word, spoken) for entry in listed for word, _, _ in words(entry)) for spoken, listed in data["frame"].items()},
        subject={spoken: any_of(listed) for spoken, listed in data["subject"].items()},
        levels={name: any_of(listed) for name, listed in data["levels"].items() if listed},
        negation=any_of(data["negation"]),
        **{name: any_of(data[name]) for name in _PATTERNS},
        synonyms=_synonyms(data["synonyms"]),
        translations={spoken: _translations(held, spoken) for spoken, held in data["translations"].items()},
        aliases=tuple(map(tuple, data["aliases"])),
        actors=tuple(any_of(group) for group in data["actors"]),
        titles=frozenset(map(fold, data["titles"])),
        demonyms={folded_words(name): code for code, names in data["demonyms"].items() for name in names},
        efforts={name: any_of(listed) for name, listed in data["efforts"].items()},
        opposites=tuple((any_of(one), any_of(other)) for one, other in data["opposites"]),
        quantities=tuple(any_of(group) for group in data["quantities"]),
        months={fold(name): number for number, names in enumerate(data["months"], 1) for name in names},
        verbs=verbs,
        verb=any_of(verbs),
    )


def folded_words(name: str) -> tuple[str, ...]:
    """A name as its folded words."""
    return tuple(word for word, _, _ in words(name))


def _translations(meant: dict[str, list[str]], language: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for word, meanings in meant.items():
        one = stem(fold(word), language)
        found[one] = found.get(one, frozenset()) | {stem(fold(meaning), "en") for meaning in meanings}
    return found


def _synonyms(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        stems = frozenset(stem(fold(word), "en") for word in group)
        for one in stems:
            found[one] = found.get(one, frozenset()) | stems
    return found


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms as whole words of folded text, the longest first."""
    each = sorted({r"\s+".join(map(re.escape, fold(form).replace("’", "'").split())) for form in forms}, key=len, reverse=True)
    # "n't" and "%" stand at the end of a word, all others by themselves.
    plain = "|".join(one for one in each if one[0].isalnum() and one != "n't" and not one.endswith("'"))
    others = [rf"(?<!\w){one}" if one.endswith("'") else rf"{one}(?!\w)" for one in each if not one[0].isalnum() or one == "n't" or one.endswith("'")]
    # One look to the left for all of them: most places of a text are inside a word.
    return re.compile("|".join([*([rf"(?<!\w)(?:{plain})(?!\w)"] if plain else []), *others]))


def _verbs() -> dict[str, str]:
    """Every form of a verb with its strength: those that open provisions, and those that sentences about them use."""
    found: dict[str, str] = {}
    for entry in sorted(_read(CORPUS / "verbs.yaml")["verbs"], key=lambda one: STRENGTHS.index(one["strength"])):
        spoken = [entry[language] for language in LANGUAGES]
        for form in (*entry["forms"], *spoken, *_english(entry["en"])):
            found.setdefault(" ".join(fold(str(form)).replace("’", "'").split()).strip(" ,،"), entry["strength"])
    return {form: strength for form, strength in found.items() if form not in _NO_VERBS}


_NO_VERBS = frozenset({"", "we", "nous", "نحن", "shall", "must", "ask", "set up", "share", "end", "have", "convient"})
"""Forms that mean something else in a sentence, or are looked for as words that oblige."""


def _english(base: str) -> tuple[str, ...]:
    """The past and the third person of an English verb: "highlighted", "highlights"."""
    first, _, rest = base.partition(" ")
    past = first + ("d" if first.endswith("e") else "ed")
    if first.endswith("mit"):
        past = first + "ted"
    rest = f" {rest}" if rest else ""
    return past + rest, first + "s" + rest


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")


def spoken(text: str) -> Literal["en", "fr", "ar"]:
    """The language of a sentence, told by script and function words alone: a sentence has some, and it is asked for each one of them."""
    if len(_ARABIC.findall(text)) > len(_LATIN.findall(text)):
        return "ar"
    english, french = _function_words()
    found = [word for word, _, _ in words(text)]
    return "fr" if sum(word in french for word in found) > sum(word in english for word in found) else "en"


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    english, french = stopwords("en"), stopwords("fr")
    return english - french, french - english
