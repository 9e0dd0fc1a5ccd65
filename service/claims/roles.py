"""Who did what, and when: names and dates that stand in a provision, but together with others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ingest.analysis import fold, stem, words
from ingest.provision import Provision
from service.claims.dates import Dated, agree, shown
from service.claims.facts import facts_of
from service.claims.lexicon import lexicon
from service.claims.library import Library
from service.claims.run import alike
from service.claims.strength import rank

REACH = 120
"""Characters after a name in which its date is looked for."""

_YEAR = re.compile(r"((?:19\d|20[0-2])\d)\s+$")
_RANKS = (
    "1st first 1er 1re premier premiere", "2nd second 2e 2eme deuxieme seconde", "3rd third 3e 3eme troisieme", "4th fourth 4e quatrieme",
    "5th fifth 5e cinquieme", "6th sixth 6e sixieme", "7th seventh 7e septieme",
)  # fmt: skip

Name = tuple[str, int, int]


def misplaced(own: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    """A date told of another than the sources tell it of, or two whose parts are swapped, in words that follow "but"; "" for neither."""
    return (
        _other_date(own, language, sources, library)
        or _other_rank(own, sources)
        or _swapped(own, language, sources, library)
        or _other_speaker(own, language, sources, library)
        or _reversed(own, language, sources, library)
    )


def _told(text: str, names: Sequence[Name], days: Sequence[Dated]) -> list[tuple[str, tuple[int, int, int]]]:
    """Each name with the year before it ("the 2014 Rome Declaration") or the date that follows it, where no other name stands between."""
    found = []
    for place, (code, start, end) in enumerate(names):
        year = _YEAR.search(text[max(0, start - 6) : start] + " ") or _YEAR.search(text[start : start + 4] + " ")
        if year:
            found.append((code, (int(year[1]), 0, 0)))
            continue
        until = names[place + 1][1] if place + 1 < len(names) else end + REACH
        day = next((one for one in days if end <= one.start <= min(until, end + REACH)), None)
        if day:
            found.append((code, day.date))
    return found


def _other_date(own: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    mine = facts_of(own, language, library)
    said = _told(own, mine.names, mine.dated)
    if not said:
        return ""
    there = [pair for one in sources for pair in _told_in(one, library)]
    for code, day in said:
        own_days = [date for other, date in there if other == code]
        if day[1:] == (0, 0) and code in library.instruments and (given := library.instruments[code].date):
            own_days.append((given.year, given.month, given.day))
        others = [date for other, date in there if other != code and agree(day, date)]
        if own_days and others and not any(agree(day, date) for date in own_days):
            return f"{shown(day)} is not the date that it gives for this"
    return ""


@lru_cache(maxsize=4096)
def _told_in(provision: Provision, library: Library) -> list[tuple[str, tuple[int, int, int]]]:
    found = facts_of(provision.text, provision.language, library)
    return _told(provision.text, found.names, found.dated)


def _other_rank(own: str, sources: Sequence[Provision]) -> str:
    """An ordinal told of a thing that the sources give another one: "the first conference" for the second."""
    for number, things in _ranked(own):
        theirs = [(other, others) for one in sources for other, others in _ranked(one.text) if any(alike(a, b) for a in things for b in others)]
        if theirs and all(other != number for other, _ in theirs):
            return f"it is not number {number} there"
    return ""


def _ranked(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The ordinals of a text, each with the two words after it."""
    run = [word for word, _, _ in words(text)]
    found = []
    for place, word in enumerate(run):
        rank = next((str(number) for number, forms in enumerate(_RANKS, 1) if word in forms.split()), "")
        things = tuple(one for one in run[place + 1 : place + 3] if len(one) >= 5)
        if rank and things:
            found.append((rank, things))
    return found


def _swapped(own: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    said = _successions(own, language, library)
    if not said:
        return ""
    replaced = {old for one in sources for _, old in _successions_in(one, library)}
    for new, old in said:
        if new in replaced and old not in replaced:
            return "it says so of the two the other way round"
    return ""


_DOES = rank("commit")
_ACTIVE = re.compile(r"[\s,]*(?:(?:also|have|has|had|will|would|jointly|hereby|ont|a)\s+)*")
_WE = frozenset({"khartoum-process"})
"""Who is meant by the text's own "we" beside the ministers."""


def _other_speaker(own: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    """Somebody else of whom is told what the text's own voice decides or commits to: "the senior officials decide", "the plan adopts"."""
    if language == "ar" or not all(one.tier == "authentic" and rank(one.strength) >= _DOES for one in sources):
        return ""
    folded = fold(own).replace("’", "'")
    if len(folded) != len(own):
        return ""
    itself = _WE | {one.instrument for one in sources}
    speakers = [(start, end) for code, start, end in facts_of(own, language, library).names if code not in itself]
    speakers += [one.span() for pattern in lexicon().actors for one in pattern.finditer(folded)]
    for verb in lexicon().verb.finditer(folded):
        if rank(lexicon().verbs[" ".join(verb.group().split())]) < _DOES:
            continue
        for start, end in speakers:
            acting = end <= verb.start() and _ACTIVE.fullmatch(folded, end, verb.start())
            # "Reports adopted by the senior officials": the text says so of them itself.
            if acting and not any(_does(fold(one.text), folded[start:end], verb.group()) for one in sources):
                return f"it is not “{own[start:end]}” who {verb.group()}"
    return ""


def _does(there: str, actor: str, verb: str) -> bool:
    """Whether a text has an actor do a thing: the actor right before the verb, or after "by"."""
    one, other = re.escape(actor), re.escape(verb[:5])
    return bool(re.search(rf"{one}\W+(?:\w+\W+){{0,3}}{other}|{other}\w*\W+by\W+(?:\w+\W+){{0,4}}{one}", there))


def _reversed(own: str, language: str, sources: Sequence[Provision], library: Library) -> str:
    """One thing that does to another what the sources have the other do to it: "the Process guides the Plan"."""
    mine = _deeds(own, language, library)
    theirs = {deed for one in sources for deed in _deeds_in(one, library)}
    for subject, verb, thing in mine:
        if (thing, verb, subject) in theirs and (subject, verb, thing) not in theirs:
            return "it says so of the two the other way round"
    return ""


def _deeds(text: str, language: str, library: Library) -> set[tuple[str, str, str]]:
    """What two names that follow one another do: the first, the stem of a verb between them, the second; turned round where it is passive."""
    if language != "en":
        return set()
    names = facts_of(text, language, library).names
    found = set()
    for (one, _, end), (other, start, _) in pairwise(names):
        between = text[end:start]
        # The last verb that could govern the second name: no noun stands between them.
        deed = _DEED.search(between)
        if one != other and deed and not re.search(r"[.;]", between):
            verb = stem(deed["verb"].casefold(), "en")
            found.add((other, verb, one) if deed["by"] else (one, verb, other))
    return found


@lru_cache(maxsize=4096)
def _deeds_in(provision: Provision, library: Library) -> set[tuple[str, str, str]]:
    return _deeds(provision.text, provision.language, library)


_DEED = re.compile(r"\b(?P<verb>[a-z]{4,}(?:s|ed|ing))\s+(?P<by>by\s+)?(?:the\s+|a\s+|an\s+)?$")


def _successions(text: str, language: str, library: Library) -> set[tuple[str, str]]:
    """Pairs of (new, old): what took the place of what; "" for what is not named."""
    names = facts_of(text, language, library).names
    folded = fold(text).replace("’", "'")
    if len(folded) != len(text):
        return set()
    found = set()
    for forward, pattern in ((True, lexicon().receives), (False, lexicon().gives)):
        for verb in pattern.finditer(folded):
            before = [code for code, _, end in names if end <= verb.start()]
            after = _complement(names, folded, verb.end())
            if before and before[-1] != after:
                subject = _subject(names, folded, verb.start())
                found.add((subject, after) if forward else (after, subject))
    return found


@lru_cache(maxsize=4096)
def _successions_in(provision: Provision, library: Library) -> set[tuple[str, str]]:
    return _successions(provision.text, provision.language, library)


def _subject(names: Sequence[Name], folded: str, place: int) -> str:
    """The first name of the clause before a verb: it is who acts."""
    opened = max((one.end() for one in re.finditer(r"[.;]", folded[:place])), default=0)
    return next((code for code, start, _ in names if opened <= start < place), next(code for code, _, end in reversed(names) if end <= place))


def _complement(names: Sequence[Name], folded: str, place: int) -> str:
    """The first name after a verb in its clause."""
    closed = re.search(r"[.;]", folded[place:])
    end = place + closed.start() if closed else len(folded)
    return next((code for code, start, _ in names if place <= start < end), "")
