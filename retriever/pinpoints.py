"""Numbers of provisions in a question: "para 12", "§§ 3-5", "the paragraph after 19", "la dernière", «الفقرة الثالثة»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.analysis import fold
from ingest.provision import Part, Provision
from retriever.frames import Frames, without

_DIGITS = r"\d+[a-z]?(?:\.[0-9a-z]{1,3})?(?:\s?\(\d+\))?(?!\w)"
_ROMAN = r"[ivxl]{1,7}(?!\w)"
_ROMAN_UNITS = ("art", "obj", "goal", "domain", "aspiration")
_RANGE = 60
"""Longest range that is spelled out, so that "paragraphs 1 to 100000" stays cheap."""


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


def find_pinpoints(text: str, frames: Frames, provisions: Sequence[Provision]) -> Pinpoints:
    """The provisions of one instrument that `text` points at.

    Args:
        text: A question as `frames.plain` makes it.
        frames: Of its language.
        provisions: Those of the instrument, in reading order, notes included.
    """
    numbered = [one for one in provisions if one.kind == "provision" and one.parent is None]
    found = _by_order(text, frames, numbered) or _beside(text, frames, numbered) or _by_number(text, frames, provisions)
    if not found and frames.words["note"].search(text):
        notes = tuple(one.label for one in provisions if one.kind == "note")
        hit = frames.words["note"].search(text)
        found = Pinpoints(notes, (), ((hit.start(), hit.end()),) if hit else ())
    return found


def _by_number(text: str, frames: Frames, provisions: Sequence[Provision]) -> Pinpoints:
    labels, missing, spans = [], [], []
    existing = {one.label for one in provisions}
    for unit in frames.unit.finditer(text):
        numbers, end = _numbers(text, unit.end(), frames)
        if not numbers:
            continue
        spans.append((unit.start(), end))
        prefixes = [prefix for prefix, pattern in frames.units.items() if pattern.fullmatch(unit.group())]
        for number in numbers:
            label = _label(number, prefixes, existing)
            if label:
                labels.append(label)
            else:
                missing.append(number)
    return Pinpoints(tuple(dict.fromkeys(labels)), tuple(dict.fromkeys(missing)), tuple(spans))


def _label(number: str, prefixes: Sequence[str], existing: set[str]) -> str:
    inner = re.fullmatch(r"(\d+)\s?\((\d+)\)", number)
    number = f"{inner.group(1)}.{inner.group(2)}" if inner else number
    for prefix in prefixes:
        if f"{prefix}-{number}" in existing:
            return f"{prefix}-{number}"
    # "article 5 of the declaration": where an instrument is numbered in one way only, its number is meant whatever the word.
    others = {label.split("-")[0] for label in existing if ".fn" not in label}
    if len(others) == 1 and f"{(only := next(iter(others)))}-{number}" in existing and prefixes and prefixes[0] in {"para", "art"}:
        return f"{only}-{number}"
    return ""


def _numbers(text: str, start: int, frames: Frames) -> tuple[list[str], int]:
    """Numbers that follow a unit word ("3, 4 and 7-9"), and where they end."""
    found: list[str] = []
    position = start
    joined = re.compile(rf"\s*(?:,|;|/|{frames.words['and'].pattern}|(?<!\w)و(?=\d))\s*(?:{frames.unit.pattern}\s*)?", re.IGNORECASE)
    to = re.compile(rf"\s*(?:[-–—]|{frames.words['to'].pattern})\s*", re.IGNORECASE)
    while True:
        number, end = _number(text, position, frames)
        if not number:
            return found, (position if not found else last_end)
        through = to.match(text, end)
        if through:
            upper, upper_end = _number(text, through.end(), frames)
            if number.isdigit() and upper.isdigit() and 0 < int(upper) - int(number) <= _RANGE:
                found.extend(str(one) for one in range(int(number), int(upper) + 1))
                number, end = "", upper_end
        if number:
            found.append(number)
        last_end = end
        between = joined.match(text, end)
        if not between or between.end() == end:
            return found, end
        position = between.end()


def _number(text: str, start: int, frames: Frames) -> tuple[str, int]:
    opening = re.compile(r"[\s.:#(°]*(?:no\.?\s*|n°\s*)?").match(text, start)
    position = opening.end() if opening else start
    digits = re.compile(_DIGITS, re.IGNORECASE).match(text, position)
    if digits:
        value = re.sub(r"\d+", lambda run: str(int(run.group())), digits.group().replace(" ", ""))
        return value, digits.end()
    for length in (4, 3, 2, 1):
        run = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){%d}" % (length - 1)).match(text, position)
        if run:
            spoken = _spoken(frames.language).get(_joined(run.group()))
            if spoken:
                return str(spoken), run.end()
    roman = re.compile(_ROMAN, re.IGNORECASE).match(text, position)
    if roman and position > start and _value(roman.group()) and len(roman.group()) > 1:
        return str(_value(roman.group())), roman.end()
    return "", start


def _by_order(text: str, frames: Frames, numbered: Sequence[Provision]) -> Pinpoints:
    """ "The third paragraph of the preamble", "first operative paragraph", "the last two paragraphs", "le dernier paragraphe"."""
    if not numbered:
        return Pinpoints()
    part, part_span = _part(text, frames)
    if part_span:
        text = without(text, [part_span])
    scope = [one for one in numbered if part is None or one.part == part]
    for unit in frames.unit.finditer(text):
        before = text[: unit.start()]
        after = text[unit.end() :]
        for words, offset in ((before, 0), (after, unit.end())):
            picked, span = _ordinal(words, frames, scope, at_end=offset == 0)
            if picked:
                whole = (min(span[0] + offset, unit.start()), max(span[1] + offset, unit.end()))
                spans = (whole, part_span) if part_span else (whole,)
                return Pinpoints(tuple(one.label for one in picked), (), spans)
    return Pinpoints()


def _ordinal(words: str, frames: Frames, scope: Sequence[Provision], *, at_end: bool) -> tuple[list[Provision], tuple[int, int]]:
    """The provisions that an ordinal beside the unit word picks, and where it stands in `words`."""
    edge = r"\s*$" if at_end else r"^\s*"
    for name, index in (("penultimate", -2), ("last", -1)):
        pattern = frames.words[name].pattern
        few = r"(?:\s+(?P<few>two|three|four|five|deux|trois|quatre|cinq|\d))?"
        found = re.search(rf"{pattern}{few}{edge}" if at_end else rf"{edge}(?:{pattern})", words, re.IGNORECASE)
        if found and len(scope) >= -index:
            count = found.groupdict().get("few")
            amount = (int(count) if count.isdigit() else _spoken(frames.language).get(count, 1)) if count else 1
            chosen = scope[-amount:] if name == "last" else [scope[index]]
            return list(chosen), found.span()
    run = re.search(rf"(?P<run>[^\W\d_]+(?:[ -][^\W\d_]+){{0,2}}|\d+(?:st|nd|rd|th|er|ere|e|eme)){edge}", words) if at_end else None
    if not at_end and frames.language == "ar":
        run = re.match(r"\s*(?P<run>[^\W\d_]+(?: [^\W\d_]+){0,1})", words)
    if run:
        pieces = run.group("run").split()
        for length in range(len(pieces), 0, -1):
            said = pieces[-length:] if at_end else pieces[:length]
            digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th|er|ere|e|eme)", said[0])
            place = int(digits.group(1)) if digits else _ordinals(frames.language).get(_joined(" ".join(said)))
            if place and 0 < place <= len(scope):
                return [scope[place - 1]], run.span()
    return [], (0, 0)


def _beside(text: str, frames: Frames, numbered: Sequence[Provision]) -> Pinpoints:
    """ "The paragraph after 19", "just before para 11", "the two after § 14"."""
    order = {one.label: place for place, one in enumerate(numbered)}
    unit = frames.unit.pattern
    for name, step in (("after", 1), ("before", -1)):
        for found in re.finditer(rf"{frames.words[name].pattern}\s*(?:the |le |la )?(?:(?P<unit>{unit})\s*)?", text, re.IGNORECASE):
            numbers, end = _numbers(text, found.end(), frames)
            if len(numbers) != 1 or not numbers[0].isdigit():
                continue
            if not (found.group("unit") or frames.unit.search(text[: found.start()])):
                continue
            prefixes = [prefix for prefix, pattern in frames.units.items() if pattern.search(text)] or ["para"]
            label = _label(numbers[0], prefixes, set(order))
            if not label:
                return Pinpoints((), (numbers[0],), ((found.start(), end),))
            lead = re.search(r"(?<!\w)(\w+)\s+(?:" + unit + r"\s*)?$", text[: found.start()], re.IGNORECASE)
            count = _spoken(frames.language).get(lead.group(1), 1) if lead else 1
            places = [order[label] + step * distance for distance in range(1, min(count, 5) + 1)]
            beside = [numbered[place].label for place in sorted(places) if 0 <= place < len(numbered)]
            first = frames.unit.search(text[: found.start()])
            return Pinpoints(tuple(beside), () if beside else (f"{numbers[0]}{step:+d}",), ((first.start() if first else found.start(), end),))
    return Pinpoints()


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


def _joined(words: str) -> str:
    return re.sub(r"[ -]+", " ", words).strip()


def _value(roman: str) -> int:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50}
    values = [worth[letter] for letter in roman.lower()]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return total if total > 0 else 0


@cache
def _spoken(language: str) -> dict[str, int]:
    """Numbers as words, cardinal and ordinal, folded: "twelve", "twelfth", "vingt-trois", «الثالثه والعشرون»."""
    return {**_cardinals(language), **_ordinals(language)}


@cache
def _cardinals(language: str) -> dict[str, int]:
    from num2words import num2words

    if language == "ar":
        return {}
    return {_joined(fold(num2words(number, lang=language))): number for number in range(1, 100)}


@cache
def _ordinals(language: str) -> dict[str, int]:
    if language == "ar":
        return _arabic_ordinals()
    from num2words import num2words

    found = {_joined(fold(num2words(number, lang=language, to="ordinal"))): number for number in range(1, 100)}
    return {**found, "premiere": 1, "second": 2, "seconde": 2} if language == "fr" else found


def _arabic_ordinals() -> dict[str, int]:
    """Feminine ordinals, as the word for paragraph or article needs them, with and without the article."""
    units = "الاولي الثانيه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره".split()
    tens = {20: ("العشرون", "العشرين"), 30: ("الثلاثون", "الثلاثين"), 40: ("الاربعون", "الاربعين"), 50: ("الخمسون", "الخمسين")}
    found = {word: place for place, word in enumerate(units, 1)}
    found.update({f"{'الحاديه' if unit == 1 else units[unit - 1]} عشره": 10 + unit for unit in range(1, 10)})
    for ten, forms in tens.items():
        for form in forms:
            found[form] = ten
            found.update({f"{'الحاديه' if unit == 1 else units[unit - 1]} و{form}": ten + unit for unit in range(1, 10)})
    found.update({"اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4, "خامس": 5})
    return found
