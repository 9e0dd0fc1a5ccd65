"""Questions on the list of States that a declaration opens with: is X one of them, how many, which of them are African, who else was there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.clauses import clauses
from ingest.index import Index
from ingest.provision import Provision
from retriever.names import Named, codes, country_name, find_countries, find_groups, group
from retriever.question import ParsedQuestion

FEWEST = 8
"""Countries in one clause that make it a list of States."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of States in a provision.

    Attributes:
        provision: Where it stands.
        names: The countries with the offsets of their names, in order.
        start: Offset of the list's first name.
        end: Offset after its last.
        others: Offsets of the clauses that follow it, which name who else was there.
    """

    provision: Provision
    names: tuple[Named, ...]
    start: int
    end: int
    others: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class StatesQuestion:
    """What is asked of the list.

    Attributes:
        roll: The list.
        asked: `member` (of `country`), `list` or `count` (of all, or of `group`), or `organisations`.
    """

    roll: Roll
    asked: str
    country: str = ""
    group: str = ""


@lru_cache(maxsize=8)
def rolls(index: Index) -> tuple[Roll, ...]:
    """Every list of States in authentic text, in reading order."""
    found = []
    for one in index.searched:
        provision = index.provisions[one]
        if provision.tier != "authentic":
            continue
        pieces = clauses(provision.text)
        for place, (start, end) in enumerate(pieces):
            names = [Named(n.code, n.start + start, n.end + start) for n in find_countries(provision.text[start:end], provision.language)]
            if len(codes(names)) >= FEWEST:
                found.append(Roll(provision, tuple(names), names[0].start, names[-1].end, tuple(pieces[place + 1 :])))
    return tuple(found)


def states_question(question: ParsedQuestion, index: Index, scope: Sequence[str]) -> StatesQuestion | None:
    """What `question` asks of a list of States in one of the instruments of `scope`; None when it asks something else.

    A yes-or-no question needs a country and a word of membership, or nothing else beside the country ("and Chad?").
    """
    roll = next((one for one in rolls(index) if one.provision.instrument in scope), None)
    if roll is None:
        return None
    words, matched = question.frames.words, question.plain
    member, states = words["membership"].search(matched), words["states"].search(matched)
    if words["organisations"].search(matched) and member and not question.countries:
        bare = _little_else(question, matched, ("organisations", "membership", "listing", "counting"))
        return StatesQuestion(roll, "organisations") if bare else None
    bare = _little_else(question, matched, ("membership", "states", "counting", "listing", "process"))
    if len(question.countries) == 1 and member and bare:
        return StatesQuestion(roll, "member", country=question.countries[0])
    groups = find_groups(question.rest, question.language)
    if states and not question.countries and (member or groups) and bare:
        code = groups[0].code if groups else ""
        if words["counting"].search(matched):
            return StatesQuestion(roll, "count", group=code)
        if words["listing"].search(matched):
            return StatesQuestion(roll, "list", group=code)
    return None


def _little_else(question: ParsedQuestion, matched: str, known: Sequence[str]) -> bool:
    """Whether hardly a word of the question is left once names and the words of such questions are taken out."""
    rest = list(matched)
    for found in (*find_countries(question.rest, question.language), *find_groups(question.rest, question.language)):
        rest[found.start : found.end] = " " * (found.end - found.start)
    text = "".join(rest)
    for name in known:
        pattern = question.frames.words.get(name)
        text = pattern.sub(" ", text) if pattern else text
    from ingest.analysis import terms

    return len(terms(re.sub(r"\s+", " ", text), question.language)) <= 1


def members(roll: Roll, group_code: str = "") -> list[str]:
    """Codes of the States on the list, in its order; those of one group when it is named."""
    wanted = group(group_code) if group_code else None
    return [code for code in codes(roll.names) if wanted is None or code in wanted]


def named_in(roll: Roll, codes_wanted: Sequence[str], language: str) -> list[str]:
    """Names of States in a language; in English as the text writes them."""
    wanted = set(codes_wanted)
    if language == roll.provision.language:
        return [roll.provision.text[one.start : one.end] for one in roll.names if one.code in wanted]
    return [country_name(code, language) for code in codes(roll.names) if code in wanted]
