"""Questions that want every provision that mentions something: "which paragraphs mention human rights?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.analysis import terms
from ingest.index import Index
from ingest.provision import Provision
from retriever.frames import Frames, plain, without
from retriever.instruments import instrument_names
from retriever.names import country_name, find_countries
from retriever.question import ParsedQuestion

_EDGES = " \t.,:;?!؟،\"'“”«»()[]-–—"


def subjects(question: ParsedQuestion) -> list[str]:
    """What the question wants every mention of, as its alternatives ("diaspora or diasporas"); empty when it wants no such thing."""
    said = _subject(*_without_part(question), question.frames)
    if not said:
        return []
    for pattern in (question.frames.words["words_around"], *question.frames.parts.values()):
        said = without(said, [found.span() for found in pattern.finditer(plain(said))])
    said = re.sub(r"\s+", " ", said).strip(_EDGES)
    if not said or not terms(said, question.language):
        return []
    either = re.split(r"\s+(?:or|ou|أو)\s+|\s*/\s*", said)
    return [one.strip(_EDGES) for one in either if one.strip(_EDGES)]


def _without_part(question: ParsedQuestion) -> tuple[str, str]:
    """The question and its plain form without the word that limits "paragraphs" to a part: "which operative paragraphs mention …"."""
    unit, rest, matched = question.frames.unit.pattern, question.rest, question.plain
    for part in question.frames.parts.values():
        beside = re.compile(rf"{part.pattern}\s+(?={unit})|(?<=\s)(?:(?:of|in|from) the |du |de la |dans la |dans le )?{part.pattern}\s+(?=\w)")
        for found in reversed(list(beside.finditer(matched))):
            after_unit = re.search(rf"{unit}\s+$", matched[: found.start()])
            if after_unit or re.match(unit, matched[found.end() :]):
                rest = rest[: found.start()] + rest[found.end() :]
                matched = matched[: found.start()] + matched[found.end() :]
    return rest, matched


def _subject(rest: str, matched: str, frames: Frames) -> str:
    for pattern in frames.patterns["where"]:
        found = pattern.search(matched)
        if found:
            named = found.groupdict().get("x")
            return rest[slice(*found.span("x"))] if named else rest[found.end() :]
    for pattern in frames.patterns["mention"]:
        found = pattern.search(matched)
        if found:
            return rest[found.end() :]
    trimmed = matched.rstrip(_EDGES)
    for pattern in frames.patterns["mention_before"]:
        found = pattern.search(trimmed)
        # "Are smugglers fought, and in which paragraph?" asks a question of its own; a subject is a noun.
        if found and found.end() == len(trimmed) and not frames.words["clause"].search(trimmed[: found.start()]):
            return rest[: found.start()]
    return ""


def mentioning(question: ParsedQuestion, sought: Iterable[str], index: Index, among: Iterable[str]) -> list[str]:
    """Ids of the provisions of `among` that mention any of the subjects, in reading order.

    The words themselves count, in any order and number, close together; in a question of another language the English words for them;
    an abbreviation and what it stands for count as one. Only where no provision has the words, those that name the same concept
    of the thesaurus do. Where the subject is the name of an instrument, the links to it count, whatever they call it.
    """
    provisions = [index.provisions[one] for one in among]
    literal: set[str] = set()
    meant: set[str] = set()
    for subject in sought:
        forms = list(_forms(subject, question, index))
        literal.update(one.id for one in provisions if any(_says(one, form) for form in forms))
        literal.update(_linked(subject, question, index) & {one.id for one in provisions})
        named = {mention.concept for mention in index.thesaurus.find(subject, question.language)}
        meant.update(one.id for one in provisions if named and named <= set(index.concepts.get(one.id, ())))
    kept = literal or meant
    return [one.id for one in provisions if one.id in kept]


def _linked(subject: str, question: ParsedQuestion, index: Index) -> set[str]:
    """Ids of the provisions with a link to the instrument that the subject is a name of, and nothing but a name."""
    names = instrument_names(subject, question.language, index)
    if len(names) != 1 or terms(without(subject, [(names[0].start, names[0].end)]), question.language):
        return set()
    return {link.source_id for link in index.links.into(names[0].code)}


def _forms(subject: str, question: ParsedQuestion, index: Index) -> Iterator[tuple[str, ...]]:
    """The stems to look for: of the words themselves, of what an abbreviation stands for and the other way round."""
    if question.language == "en":
        yield tuple(term.stem for term in terms(subject, "en"))
    own = tuple(dict.fromkeys(term.stem for term in terms(subject, question.language)))
    for code in dict.fromkeys(one.code for one in find_countries(subject, question.language)):
        yield tuple(term.stem for term in terms(country_name(code, "en"), "en"))
    for mention in index.thesaurus.find(subject, question.language):
        if set(own) - mention.stems:
            continue  # the concept is only part of what was asked for
        concept = index.thesaurus.concepts[mention.concept]
        if question.language != "en":
            yield tuple(term.stem for term in terms(concept.preferred["en"], "en"))
        if question.language != "en" or any(label.isupper() and label == subject.upper() for label in concept.labels["en"]):
            yield tuple(term.stem for term in terms(concept.preferred["en"], "en"))
        for label in concept.labels["en"]:
            if label.isupper() and len(label) > 2:
                yield tuple(term.stem for term in terms(label, "en"))


def _says(provision: Provision, form: tuple[str, ...]) -> bool:
    """Whether the stems stand in the provision close together: all of them within one word more than they are."""
    wanted = set(form)
    if not wanted:
        return False
    places = [(place, term.stem) for place, term in enumerate(terms(provision.text, provision.language)) if term.stem in wanted]
    for first, (start, _) in enumerate(places):
        seen = set()
        for place, stem in places[first:]:
            if place - start > len(wanted):
                break
            seen.add(stem)
        if seen == wanted:
            return True
    return False
