"""What an earlier question was about, and the same question with another topic put in its place."""

from __future__ import annotations

import re

from ingest.analysis import terms
from ingest.index import Index
from ingest.thesaurus import ConceptMention
from retriever.cues import EDGES, Cues, cues
from retriever.names import country_name, find_countries
from retriever.question import ParsedQuestion
from retriever.turns import Past

_LONGEST = 200
"""Characters of a topic that is carried over at most."""


def framed(question: ParsedQuestion, said: Cues) -> tuple[int, int] | None:
    """Where the topic of a question stands that is put as "what does it say about …" or the like; None for any other."""
    matched = question.plain
    for pattern in (*question.frames.patterns["where"], *question.frames.patterns["mention"], *said.asks):
        found = pattern.search(matched)
        if not found:
            continue
        start, end = found.span("x") if found.groupdict().get("x") else (found.end(), len(matched))
        start, end = _trimmed(matched, start, _before_part(matched, start, end, said))
        if terms(question.rest[start:end], question.language) or said.anaphora(question.rest[start:end]):
            return start, end
    return None


def _before_part(matched: str, start: int, end: int, said: Cues) -> int:
    """Where the topic ends: before words for a part that close it ("… in the preamble")."""
    for pattern in said.part.values():
        for found in pattern.finditer(matched, start, end):
            if not matched[found.end() : end].strip(EDGES):
                return start + len(re.sub(r"(?:\s+(?:in|of|from|dans|de|en|في|من))?\s*$", "", matched[start : found.start()]))
    return end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip(EDGES)), end - (len(inside) - len(inside.rstrip(EDGES)))


def topic(past: Past, language: str) -> str:
    """What a turn was about, in words of `language`; "" when it was about nothing that can be named."""
    question = past.question
    if question.language != language and not past.pinpointed:
        return _named(question, past.index, language)
    said = cues(language)
    place = framed(question, said) if question.language == language else None
    if place:
        return _short(article_in(question.rest[: place[0]], language) + question.rest[slice(*place)])
    if past.pinpointed:
        one = past.base[0] if past.base else None
        return (past.index.headings.get(one.id, {}).get(language) or one.heading) if one else ""
    opening = re.compile(rf"(?:(?:{said.words['wh'].pattern}|{said.words['verbs'].pattern}|{said.words['articles'].pattern})\W*)+", re.IGNORECASE)
    found = opening.match(question.plain)
    return _short(question.rest[found.end() if found else 0 :].strip(EDGES))


def article_in(before: str, language: str) -> str:
    """The article that a French preposition at the end of `before` has taken in ("du", "des"), with a space; "" for none."""
    found = re.search(r"(?<!\w)(du|des)\s*$", before, re.IGNORECASE) if language == "fr" else None
    return {"du": "le ", "des": "les "}[found.group(1).lower()] if found else ""


def _named(question: ParsedQuestion, index: Index, language: str) -> str:
    """Concepts and countries that the question names, by what they are called in another language."""
    names = [index.thesaurus.concepts[one].preferred[language] for one in question.named]
    return ", ".join(dict.fromkeys((*names, *(country_name(code, language) for code in question.countries))))


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0]


def swapped(past: Past, new: str, language: str) -> str:
    """The earlier question about `new` instead; "" when it has no topic that can be exchanged.

    Where only part of its topic is of the same kind as `new` ("the rights of migrants", asked again of refugees), that part alone is
    exchanged.
    """
    question = past.question
    if question.language != language or past.pinpointed:
        return ""
    place = framed(question, cues(language))
    countries = find_countries(question.rest, language)
    if countries and find_countries(new, language):
        return _put(question.rest, (countries[0].start, countries[-1].end), new)
    alike = _alike(question, new, past.index, place)
    if alike and not (place and _listed(question.rest[slice(*place)], language)):
        return _put(question.rest, alike, new)
    return _put(question.rest, place, new) if place else ""


def _alike(question: ParsedQuestion, new: str, index: Index, place: tuple[int, int] | None) -> tuple[int, int] | None:
    """Where the question names a concept of the same kind as one that `new` names: with a common broader one, or right above or below."""
    fresh = {one.concept for one in index.thesaurus.find(new, question.language)}
    found: list[ConceptMention] = [
        one
        for one in index.thesaurus.find(question.rest, question.language)
        if (place is None or place[0] <= one.start < place[1]) and any(_same_kind(one.concept, other, index) for other in fresh)
    ]
    return (found[-1].start, found[-1].end) if found else None


def _same_kind(one: str, other: str, index: Index) -> bool:
    first, second = index.thesaurus.concepts[one], index.thesaurus.concepts[other]
    above = bool(set(first.broader) & set(second.broader)) or one in second.broader or other in first.broader
    return one != other and (above or other in first.related)


def _listed(text: str, language: str) -> bool:
    """Whether a topic is several of the same rank ("women and diasporas"), which are then exchanged together."""
    return re.search(r",|،|(?<!\w)(?:and|or|et|ou|أو)(?!\w)" if language != "ar" else r"،|\sو\S|\sأو\s", text) is not None


_APART = (
    (r"\bdu\s*$", "de "), (r"\bdes\s*$", "de "), (r"\baux?\s*$", "à "), (r"\bd['’]\s*$", "de "), (r"\b(?:le|la|les|the|an?)\s+$|\bl['’]$", ""),
)  # fmt: skip
_JOINTS = ((r"\bde le\b", "du"), (r"\bde les\b", "des"), (r"\bà le\b", "au"), (r"\bà les\b", "aux"), (r"\bde (?=[aeiouéèêâîôû])", "d'"))


def _put(text: str, place: tuple[int, int], new: str) -> str:
    """`text` with `new` at a place; the article that stood there goes, and French prepositions are made to fit."""
    before, after = text[: place[0]], text[place[1] :]
    for pattern, said in _APART:
        before = re.sub(pattern, said, before, flags=re.IGNORECASE)
    joint = max(0, len(before) - 3)
    joined = before[joint:] + new
    for pattern, said in _JOINTS:
        joined = re.sub(pattern, said, joined, count=1)
    return before[:joint] + joined + after
