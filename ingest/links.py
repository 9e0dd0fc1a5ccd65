"""Links between instruments as data: where a provision names another instrument, or an article of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.catalogue import Instrument
from ingest.digests import Item
from ingest.provision import Provision

_PREFIXES = {"article": "art", "objective": "obj", "paragraph": "para", "recital": "rec"}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "article": ("article",),
    "art.": ("article",),
    "المادة": ("article",),
    "objective": ("objective",),
    "objectif": ("objective", "goal"),
    "الهدف": ("objective", "goal"),
    "goal": ("goal",),
    "target": ("target",),
    "cible": ("target",),
    "الغاية": ("target",),
    "domain": ("domain",),
    "domaine": ("domain",),
    "المجال": ("domain",),
    "aspiration": ("aspiration",),
    "paragraph": ("paragraph",),
    "para.": ("paragraph",),
    "paragraphe": ("paragraph",),
    "الفقرة": ("paragraph",),
}
"""What a pinpoint opens with, and the units that it may mean; the instrument's own units decide."""

_POINT = rf"""
    (?<!\w)(?P<word>{"|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})\s+
    (?P<number>\d+(?:\.[0-9a-z]+)?|[IVXLC]+)(?![^\W¹²³⁰⁴-⁹])
    (?:\s*\((?P<point>\d+)\)|,?\s+(?:paragraph|para\.|paragraphe|الفقرة)\s+(?P<paragraph>\d+),?)?
"""
_BEFORE = re.compile(rf"{_POINT}\s+(?:of|in|to|de|du|dans|من|في)\s*(?:the\s+|la\s+|le\s+|l['’])?$", re.VERBOSE | re.IGNORECASE)
_AFTER = re.compile(rf"(?:,\s*|\s*\(){_POINT}\)?", re.VERBOSE | re.IGNORECASE)
_REACH = 80
"""How far before a name its pinpoint may begin, in characters."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_OPEN = r"(?:(?<!\w)|(?<=\b[وفبلك])|(?<=\b[وف][بلك]))"
"""Where a name may begin: at a word's start, or after one or two of the one-letter words that Arabic joins to the next."""
_CLOSE = r"(?![^\W¹²³⁰⁴-⁹])"
"""Where a name may end: a footnote's raised number may follow."""


@dataclass(frozen=True, slots=True)
class Link:
    """A mention of one instrument in a provision of another.

    Attributes:
        source_id: Id of the provision that holds the mention.
        start: Offset of the mention in the provision's text; 0 for a link that an editor made.
        end: Where it ends; 0 for a link that an editor made.
        target: Instrument id.
        label: Label of the provision that is meant, or None for the instrument as a whole.
        text: The words of the mention: `provision.text[start:end]`.
    """

    source_id: str
    start: int
    end: int
    target: str
    label: str | None
    text: str

    @property
    def target_id(self) -> str:
        """Id of the provision meant, or of the instrument."""
        return f"{self.target}/{self.label}" if self.label else self.target


def find_links(provisions: Iterable[Provision], catalogue: Mapping[str, Instrument]) -> tuple[Link, ...]:
    """Every mention of another instrument, in the order of the provisions and of their text; mentions do not overlap.

    An instrument is known by its titles, its abbreviations and its `mentions`, not by its `names`, which are for asking and may be as
    general as "the declaration". "Article 33 of the 1951 Refugee Convention" is one mention, with the label `art-33`, unless the
    provisions given show that the Convention has no such article.

    Args:
        provisions: Where to look. They also tell which labels an instrument has.
        catalogue: By id.
    """
    held = list(provisions)
    labels: dict[str, set[str]] = defaultdict(set)
    for provision in held:
        labels[provision.instrument].add(provision.label)
    owners = _owners(catalogue.values())
    pattern = _pattern(owners)
    return tuple(link for provision in held for link in _links(provision, pattern, owners, catalogue, labels))


def declared_links(items: Iterable[Item]) -> tuple[Link, ...]:
    """The links that a digest's editor made; they stand for the whole item, so they have no words."""
    found = []
    for item in items:
        for target in item.links:
            instrument, _, label = target.partition("/")
            found.append(Link(item.provision.id, 0, 0, instrument, label or None, ""))
    return tuple(found)


def back_links(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """Links by what they point at: under the instrument's id all that name it, under a provision's id those that mean it."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.target].append(link)
        if link.label:
            found[link.target_id].append(link)
    return {target: tuple(sources) for target, sources in found.items()}


class LinkTable:
    """Links by the provision that holds them, and by what they point at."""

    def __init__(self, links: Iterable[Link], cited: Iterable[str] | None = None) -> None:
        """Takes the links, and the ids of the provisions that can be cited: what holds others has their words, so its links are theirs."""
        self._links = tuple(links)
        held: dict[str, list[Link]] = defaultdict(list)
        for link in self._links:
            held[link.source_id].append(link)
        self._held = {source: tuple(found) for source, found in held.items()}
        kept = None if cited is None else set(cited)
        self._back = back_links(link for link in self._links if kept is None or link.source_id in kept)

    def __iter__(self) -> Iterator[Link]:
        """All of them, in the order of the provisions."""
        return iter(self._links)

    def out_of(self, provision: str) -> tuple[Link, ...]:
        """What a provision mentions, in the order of its text."""
        return self._held.get(provision, ())

    def into(self, target: str) -> tuple[Link, ...]:
        """What mentions a provision, or an instrument or any provision of it, by id."""
        return self._back.get(target, ())


def _owners(instruments: Iterable[Instrument]) -> dict[str, str]:
    """Instrument id by name; an abbreviation keeps its letter case, any other name is folded."""
    found: dict[str, str] = {}
    for instrument in instruments:
        for name in instrument.abbreviations:
            found.setdefault(name, instrument.id)
        for names in (instrument.title, instrument.short, *_by_rank(instrument.mentions)):
            for name in names.values():
                found.setdefault(_fold(name), instrument.id)
    return found


def _by_rank(mentions: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    for rank in range(max(map(len, mentions.values()), default=0)):
        yield {language: names[rank] for language, names in mentions.items() if rank < len(names)}


def _fold(name: str) -> str:
    folded = " ".join(name.casefold().replace("’", "'").replace("–", "-").replace("\u2011", "-").replace("\u2010", "-").split())
    # "لل" is the preposition "ل" before the article "ال".
    return "ال" + folded[2:] if folded.startswith("لل") else folded


def _pattern(owners: Iterable[str]) -> re.Pattern[str]:
    """Matches any name, the longest where several begin at one place."""
    exact, folded = [], []
    for name in sorted(owners, key=len, reverse=True):
        words = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]").replace(r"\-", "[-–\u2010\u2011]")
        if name == name.casefold():
            folded.append("(?:ال|لل)" + words[2:] if name.startswith("ال") else words)
        else:
            exact.append(words)
    options = [f"(?i:{'|'.join(folded)})"] * bool(folded) + ["|".join(exact)] * bool(exact)
    return re.compile(rf"{_OPEN}(?:{'|'.join(options)}){_CLOSE}" if options else r"(?!)")


def _links(
    provision: Provision,
    pattern: re.Pattern[str],
    owners: Mapping[str, str],
    catalogue: Mapping[str, Instrument],
    labels: Mapping[str, set[str]],
) -> Iterator[Link]:
    text, free = provision.text, 0
    for found in pattern.finditer(text):
        if found.start() < free:
            continue
        target = owners.get(found.group()) or owners[_fold(found.group())]
        start, end, label = found.start(), found.end(), None
        if target != provision.instrument:
            first = max(free, start - _REACH)
            for near, moved in ((_BEFORE.search(text[first:start]), True), (_AFTER.match(text, end), False)):
                label = near and _label(near, catalogue[target], labels.get(target))
                if near and label:
                    start, end = (first + near.start("word"), end) if moved else (start, near.end())
                    break
            yield Link(provision.id, start, end, target, label, text[start:end])
        free = end


def _label(found: re.Match[str], instrument: Instrument, labels: set[str] | None) -> str | None:
    """The label that a pinpoint means in an instrument, or None where the instrument has none such."""
    number = found["number"].casefold()
    if not number[0].isdigit():
        number = str(_from_roman(number.upper()))
    units = [unit for unit in _WORDS[found["word"].casefold()] if unit in instrument.numbering.get("units", ())]
    for unit in units:
        label = f"{_PREFIXES.get(unit, unit)}-{number}"
        point = found["point"] or found["paragraph"]
        if labels is None or label in labels:
            return f"{label}.{point}" if point and labels and f"{label}.{point}" in labels else label
    return None


def _from_roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))
