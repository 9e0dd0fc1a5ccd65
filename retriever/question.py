"""A question as search sees it: cleaned, its language known, slips mended, its terms, concepts and names found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.analysis import pairs, stem, stopwords, terms, words
from ingest.index import Index
from retriever.frames import Frames, frames, plain, without
from retriever.instruments import instrument_names, other_texts
from retriever.language import Language, detect
from retriever.names import codes, country_name, find_countries
from retriever.spelling import mend


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """What search needs to know of a question.

    Attributes:
        text: Cleaned: NFC, no invisible characters, no vowel signs, single spaces.
        language: Of the question.
        frames: How questions are put in that language.
        rest: `text` without orders to the machine ("ignore your rules and …"), slips mended; "" when nothing else was said.
        fabricates: Whether it asks to make something up, to alter a text, or for what is not a text at all.
        terms: Weighted stems of the words that carry its topic, in its own language.
        english: Weighted English stems of the same, through the thesaurus; equal to `terms` in an English question.
        pairs: Weighted pairs of stems that stand beside each other in it.
        english_pairs: The same of its concepts' English labels; equal to `pairs` in an English question.
        concepts: Weighted ids of the concepts that it names, and of those near them.
        named: Ids of the concepts that it names itself.
        countries: Codes of the countries that it names, in order.
        other_texts: Names of texts that are not in the index, as the asker wrote them.
        mended: What was taken for a slip, and what for.
    """

    text: str
    language: Language
    frames: Frames
    rest: str
    fabricates: bool
    terms: dict[str, float]
    english: dict[str, float]
    pairs: dict[str, float]
    english_pairs: dict[str, float]
    concepts: dict[str, float]
    named: tuple[str, ...]
    countries: tuple[str, ...]
    other_texts: tuple[str, ...]
    mended: dict[str, str]

    @property
    def plain(self) -> str:
        """`rest` as the frames' patterns are matched on, of the same length."""
        return plain(self.rest)


def clean(text: str) -> str:
    """NFC text without invisible characters, control characters and Arabic vowel signs, each run of white space one space."""
    kept = []
    for c in unicodedata.normalize("NFC", text):
        category = unicodedata.category(c)
        if category in {"Cc", "Zs", "Zl", "Zp"}:
            kept.append(" ")
        elif category in {"Cf", "Cs", "Co", "Cn"} or c == "ـ" or "\u064b" <= c <= "\u0652" or c == "\u0670":
            continue
        else:
            kept.append(c)
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def parse(text: str, index: Index, language: Language | None = None) -> ParsedQuestion:
    """Reads a question.

    Args:
        text: As it was asked.
        index: Whose words and concepts are looked for.
        language: What it is taken for where its words do not tell ("ICMPD?"); English otherwise.
    """
    cleaned = clean(text)
    spoken = detect(cleaned, language or "en")
    frame = frames(spoken)
    rest, fabricates = _without_orders(cleaned, frame)
    known = index.vocabulary[spoken]
    rest, mended = mend(rest, spoken, known.counts, known.stems)
    stems = [term.stem for term in terms(rest, spoken)]
    weighted = dict.fromkeys(stems, 1.0)
    mentions = index.thesaurus.find(rest, spoken)
    named = tuple(dict.fromkeys(mention.concept for mention in mentions))
    concepts: dict[str, float] = {}
    for concept in named:
        for near, weight in index.thesaurus.around(concept).items():
            concepts[near] = max(concepts.get(near, 0.0), weight)
    titles = instrument_names(rest, spoken, index)
    others = tuple(rest[one.start : one.end] for one in other_texts(rest, spoken, titles))
    # "The Samoa Agreement" is not the country.
    countries = tuple(codes(one for one in find_countries(rest, spoken) if not any(name.start <= one.start < name.end for name in titles)))
    english = weighted if spoken == "en" else _in_english(rest, spoken, named, countries, index)
    beside = dict.fromkeys(pairs(stems), 1.0)
    labels = beside if spoken == "en" else {pair: 1.0 for concept in named for pair in pairs(_stems_of(concept, index))}
    return ParsedQuestion(
        cleaned, spoken, frame, rest, fabricates, weighted, english, beside, labels, concepts, named, countries, others, mended
    )  # fmt: skip


def _without_orders(text: str, frame: Frames) -> tuple[str, bool]:
    matched = plain(text)
    fabricates = any(pattern.search(matched) for pattern in frame.patterns["fabricate"])
    spans = [found.span() for pattern in frame.patterns["wrappers"] for found in pattern.finditer(matched)]
    rest = re.sub(r"\s+", " ", without(text, spans)).strip(" .,:;!\"'“”") if spans else text
    return rest, fabricates


def _in_english(text: str, language: str, named: tuple[str, ...], countries: tuple[str, ...], index: Index) -> dict[str, float]:
    """English stems that stand for a question in another language: of its concepts' preferred labels, its names and its numbers,
    and, with less weight, of its own words, since many are spelt alike.
    """
    found: dict[str, float] = {}
    for concept in named:
        found.update(dict.fromkeys(_stems_of(concept, index), 1.0))
    for code in countries:
        for term in terms(country_name(code, "en"), "en"):
            found[term.stem] = 1.0
    for word, _, _ in words(text):
        if word not in stopwords(language):
            found.setdefault(stem(word, "en"), 1.0 if word.isdigit() else 0.4)
    return found


def _stems_of(concept: str, index: Index) -> list[str]:
    return [term.stem for term in terms(index.thesaurus.concepts[concept].preferred["en"], "en")]
