"""Numbers of provisions in a question: "para 12", "§§ 3-5", "the paragraph after 19", "la dernière", «الفقرة الثالثة»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from ingest.analysis import terms
from ingest.provision import Part, Provision
from retriever.frames import Frames, without
from retriever.numbers import joined, roman, spoken
from retriever.ordinals import by_place

_DIGITS = re.compile(r"-?\d+(?:bis|ter|[a-z])?(?:\.[0-9a-z]{1,3})?(?:\s?\((?:\d+|[a-z])\))*(?!\w)", re.IGNORECASE)
_OPENING = re.compile(r"[\s.:#(°]*(?:(?:no|nos|num|number|numbers|numero|numeros|n°|رقم|من|from|de)\.?\s*)?[#°]?\s*", re.IGNORECASE)
_RANGE = 60
"""Longest range that is spelled out, so that "paragraphs 1 to 100000" stays cheap."""

_MOST = 40
"""Words such as "paragraph" in one question that are looked at; what stands around each is read, so that "§" 2,000 times stays cheap."""


@dataclass(frozen=True, slots=True)
class Pinpoints:
    """Provisions that a question names by number or by place.

    Attributes:
        labels: Labels that exist, in the order of the question, no repeats.
        missing: Numbers asked for that the instrument does not have, as people write them.
        spans: Runs of the question that named them; what is left of it is its topic.
    """

    labels: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.labels or self.missing)


def find_pinpoints(text: str, frames: Frames, provisions: Sequence[Provision], *, exact: bool = False) -> Pinpoints:
    """The provisions of one instrument that `text` points at.

    Args:
        text: A question as `frames.plain` makes it.
        frames: Of its language.
        provisions: Those of the instrument, in reading order, notes included.
        exact: Take only what the instrument has under the very word that was used ("article 5" is no paragraph), by number.
    """
    numbered = [one for one in provisions if one.kind == "provision" and one.parent is None]
    if exact:
        found = _numbered(text, frames, provisions, exact=True)
        return Pinpoints(found.labels, (), found.spans) if found.labels and not found.missing else Pinpoints()
    return (
        _note(text, frames, provisions)
        or _beside(text, frames, numbered)
        or _placed(text, frames, numbered)
        or _numbered(text, frames, provisions)
        or _bare(text, frames, numbered)
    )


def _note(text: str, frames: Frames, provisions: Sequence[Provision]) -> Pinpoints:
    """A footnote: of the paragraph that is named with it, or all there are."""
    said = frames.words["note"].search(text)
    notes = [one for one in provisions if one.kind == "note"]
    if not said or not notes:
        return Pinpoints()
    owner = _numbered(text, frames, [one for one in provisions if one.kind == "provision"])
    chosen = [one for one in notes if not owner.labels or one.parent in owner.labels]
    return Pinpoints(tuple(one.label for one in chosen), (), (said.span(), *owner.spans)) if chosen else Pinpoints()


def _numbered(text: str, frames: Frames, provisions: Sequence[Provision], *, exact: bool = False) -> Pinpoints:
    labels, missing, spans = [], [], []
    existing = {one.label for one in provisions}
    summed = _summed(provisions)
    position = 0
    for unit in islice(frames.unit.finditer(text), _MOST):
        if unit.start() < position:
            continue
        numbers, end = _numbers(text, unit.end(), frames)
        if not numbers:
            continue
        position = end
        spans.append((unit.start(), end))
        prefixes = [prefix for prefix, pattern in frames.units.items() if pattern.fullmatch(unit.group())]
        for number in numbers:
            label = _label(number, prefixes, existing, exact=exact) or (summed.get(number, "") if "para" in prefixes else "")
            if label:
                labels.append(label)
            else:
                missing.append(number)
    return Pinpoints(tuple(dict.fromkeys(labels)), tuple(dict.fromkeys(missing)), tuple(spans))


def _summed(provisions: Sequence[Provision]) -> dict[str, str]:
    """The item that sums up a numbered paragraph of the official text, where a digest's own words say so: "Objective 14 (para. 30)"."""
    found: dict[str, str] = {}
    for one in provisions:
        if one.tier == "digest":
            for said in re.finditer(r"\(para\. (\d+)\)", one.text):
                found.setdefault(said.group(1), one.label)
    return found


def _bare(text: str, frames: Frames, numbered: Sequence[Provision]) -> Pinpoints:
    """A bare number, "what does 23 say?": a number, and nothing else that could be a topic, in a text that is numbered in one way."""
    alone = re.fullmatch(r"\D*?(?<![\w.,])(\d{1,3})(?![\w%])\D*", text)
    if not alone or len(terms(text, frames.language)) != 1:
        return Pinpoints()
    label = _label(alone.group(1), ["para"], {one.label for one in numbered})
    return Pinpoints((label,), (), (alone.span(1),)) if label else Pinpoints()


def _label(number: str, prefixes: Sequence[str], existing: set[str], *, exact: bool = False) -> str:
    """The label that a number stands for; an inner point that is no provision of its own falls back to the one that holds it."""
    inner = re.fullmatch(r"(\w+)((?:\s?\(\w+\))+)", number)
    forms = [number]
    if inner:
        points = re.findall(r"\w+", inner.group(2))
        forms = [".".join([inner.group(1), *points[:length]]) for length in range(len(points), -1, -1)]
    for form in forms:
        for prefix in prefixes:
            if f"{prefix}-{form}" in existing:
                return f"{prefix}-{form}"
    # "article 5 of the declaration": where an instrument is numbered in one way only, its number is meant whatever the word.
    others = {label.split("-")[0] for label in existing if ".fn" not in label}
    if not exact and len(others) == 1 and prefixes and prefixes[0] in {"para", "art", "rec"}:
        only = next(iter(others))
        return next((f"{only}-{form}" for form in forms if f"{only}-{form}" in existing), "")
    return ""


def _numbers(text: str, start: int, frames: Frames) -> tuple[list[str], int]:
    """Numbers that follow a unit word ("3, 4 and 7-9", "12 to paragraph 14"), and where they end."""
    unit, conjunction = frames.unit.pattern, frames.words["and"].pattern
    between = re.compile(rf"\s*(?:,|;|/|{conjunction}|(?<!\w)و(?=\s?\d))\s*(?:{conjunction}\s*)?(?:{unit}\s*)?", re.IGNORECASE)
    through = re.compile(rf"\s*(?:[-–—]|{frames.words['to'].pattern})\s*(?:{unit}\s*)?", re.IGNORECASE)
    spread = re.search(rf"{frames.words['between'].pattern}\s*(?:the\s+|les\s+)?(?:{unit}\s*)?$", text[:start], re.IGNORECASE)
    found: list[str] = []
    position = end = start
    while True:
        number, stop = _number(text, position, frames)
        if not number:
            return found, end
        end = stop
        onward = through.match(text, end) or (between.match(text, end) if spread and not found else None)
        upper, stop = _number(text, onward.end(), frames) if onward else ("", end)
        if number.isdigit() and upper.isdigit() and 0 < int(upper) - int(number) <= _RANGE:
            found.extend(str(one) for one in range(int(number), int(upper) + 1))
            end = stop
        elif upper:
            found.extend((number, upper))
            end = stop
        else:
            found.append(number)
        more = between.match(text, end)
        if not more or more.end() == end:
            return found, end
        position = more.end()


def _number(text: str, start: int, frames: Frames) -> tuple[str, int]:
    """The number that begins at `start`, in digits, words or Roman numerals, as people write it, and where it ends; "" for none."""
    opening = _OPENING.match(text, start)
    position = opening.end() if opening else start
    digits = _DIGITS.match(text, position)
    if digits:
        return re.sub(r"\d+", lambda run: str(int(run.group())), re.sub(r"\s", "", digits.group())), digits.end()
    for length in (4, 3, 2, 1):
        run = re.compile(rf"[^\W\d_]+(?:[ -][^\W\d_]+){{{length - 1}}}(?!\w)").match(text, position)
        if run and joined(run.group()) in spoken(frames.language):
            return str(spoken(frames.language)[joined(run.group())]), run.end()
    letters = re.compile(r"[ivxl]{2,7}(?!\w)|[ivx](?=\s*(?:$|[?.,;)]))", re.IGNORECASE).match(text, position)
    if letters and position > start and roman(letters.group()):
        return str(roman(letters.group())), letters.end()
    return "", start


def _placed(text: str, frames: Frames, numbered: Sequence[Provision]) -> Pinpoints:
    """Places such as "the third paragraph of the preamble", "first operative paragraph", "the last two paragraphs", "le dernier paragraphe"."""
    part, span = _part(text, frames)
    rest = without(text, [span]) if span else text
    scope = [one for one in numbered if part is None or one.part == part]
    for unit in islice(frames.unit.finditer(rest), _MOST):
        found = by_place(rest, unit.span(), frames, scope)
        if found:
            return Pinpoints(tuple(one.label for one in found[0]), (), (found[1], span) if span else (found[1],))
    return Pinpoints()


def _beside(text: str, frames: Frames, numbered: Sequence[Provision]) -> Pinpoints:
    """Neighbours such as "the paragraph after 19", "just before para 11", "the two after § 14", "para 8 and the one after it"."""
    order = {one.label: place for place, one in enumerate(numbered)}
    unit = frames.unit.pattern
    for name, step in (("after", 1), ("before", -1)):
        beside = re.finditer(rf"{frames.words[name].pattern}\s*(?:the |le |la |l')?(?:(?P<unit>{unit})\s*)?", text, re.IGNORECASE)
        for found in islice(beside, _MOST):
            numbers, end = _numbers(text, found.end(), frames)
            if len(numbers) != 1 or not (found["unit"] or frames.unit.search(text[: found.start()])):
                continue
            prefixes = [prefix for prefix, pattern in frames.units.items() if pattern.search(text)] or ["para"]
            label = _label(numbers[0], prefixes, set(order))
            first = frames.unit.search(text[: found.start()])
            span = (first.start() if first else found.start(), end)
            if not label:
                return Pinpoints((), (numbers[0],), (span,))
            places = _steps(text[: found.start()], frames, order[label], step)
            labels = tuple(numbered[place].label for place in places if 0 <= place < len(numbered))
            return Pinpoints(labels, () if labels else (str(places[0] + 1),), (span,))
    return Pinpoints()


def _steps(before: str, frames: Frames, place: int, step: int) -> list[int]:
    """Places meant by "(the) two (paragraphs) after": "the two after" are both, "two after" is the second one."""
    article, count = r"(?P<article>(?<!\w)(?:the|next|les|des)\s+)?", r"(?P<count>[^\W\d_]+|\d)"
    lead = re.search(rf"{article}{count}\s+(?:{frames.unit.pattern}\s*)?(?:that |which |qui )?$", before, re.IGNORECASE)
    said = lead["count"] if lead else ""
    many = min(5, int(said) if said.isdigit() else spoken(frames.language).get(said, 1))
    if many > 1 and lead and not lead["article"]:
        return [place + step * many]
    return sorted(place + step * distance for distance in range(1, many + 1))


def _part(text: str, frames: Frames) -> tuple[Part | None, tuple[int, int] | None]:
    for part, pattern in frames.parts.items():
        found = pattern.search(text)
        if found:
            return ("preamble" if part == "preamble" else "operative"), found.span()
    return None, None


def asked_part(text: str, frames: Frames) -> Part | None:
    """The part that a question limits itself to, when it names just one."""
    named = [part for part, pattern in frames.parts.items() if pattern.search(text)]
    return ("preamble" if named[0] == "preamble" else "operative") if len(named) == 1 else None
