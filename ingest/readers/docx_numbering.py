"""Word's automatic numbering: the numbers that are nowhere in the text of a .docx, worked out as Word shows them.

Source: ECMA-376 part 1, 17.9 (abstractNum, num, lvl, lvlOverride, startOverride, lvlRestart, isLgl).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.docx_package import W, is_on, value
from ingest.readers.html_elements import letters, roman

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "hindiNumbers": lambda number: str(number).translate(_ARABIC_INDIC),
    "arabicAbjad": lambda number: _ABJAD[(number - 1) % len(_ABJAD)],
    "arabicAlpha": lambda number: _ALPHABET[(number - 1) % len(_ALPHABET)],
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, format, pattern ("%1.%2"), and after which level it counts anew (0: never)."""

    start: int
    format: str
    pattern: str
    restart: int | None
    legal: bool
    style: str


@dataclass
class Numbering:
    """The lists of a document. `next_number` has to be called for every numbered paragraph, in order."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def from_part(cls, root: Element | None) -> Numbering:
        """The lists of word/numbering.xml, none where there is no such part."""
        found = cls()
        for abstract in [] if root is None else root.findall(f"{W}abstractNum"):
            found.abstract[value(abstract, "abstractNumId")] = dict(map(_level, abstract.findall(f"{W}lvl")))
        for each in [] if root is None else root.findall(f"{W}num"):
            name = value(each, "numId")
            found.lists[name] = value(each.find(f"{W}abstractNumId"))
            for override in each.findall(f"{W}lvlOverride"):
                at = int(value(override, "ilvl") or 0)
                if start := value(override.find(f"{W}startOverride")):
                    found.overrides.setdefault(name, {})[at] = int(start)
                if (level := override.find(f"{W}lvl")) is not None:
                    found.levels.setdefault(name, {})[at] = _level(level)[1]
        return found

    def level_of_style(self, number_id: str, style: str) -> int:
        """The level of a list that a paragraph style is tied to, 0 where it is tied to none."""
        levels = self.abstract.get(self.lists.get(number_id, ""), {})
        return next((at for at, level in levels.items() if level.style == style), 0)

    def next_number(self, number_id: str, at: int) -> str:
        """What Word shows before the next paragraph of that list on level `at`: "2.1.", "(a)", "•"; "" where it shows nothing."""
        abstract = self.lists.get(number_id)
        levels = {**self.abstract.get(abstract or "", {}), **self.levels.get(number_id, {})}
        level = levels.get(at)
        if abstract is None or level is None:
            return ""
        counters = self._counters.setdefault(abstract, {})
        override = self.overrides.get(number_id, {}).get(at)
        if override is not None and (number_id, at) not in self._begun:
            counters[at] = override
        else:
            counters[at] = counters.get(at, level.start - 1) + 1
        self._begun.add((number_id, at))
        for lower in [lower for lower in counters if lower > at]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart > 0 and at < restart):
                del counters[lower]
        return self._shown(level, levels, counters)

    def _shown(self, level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
        if level.format == "bullet":
            return "•"

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            each = levels.get(at, level)
            return _FORMATS.get("decimal" if level.legal else each.format, str)(counters.get(at, each.start))

        return "" if level.format == "none" and "%" not in level.pattern else re.sub(r"%(\d)", number, level.pattern)


def _level(element: Element) -> tuple[int, Level]:
    restart = element.find(f"{W}lvlRestart")
    return int(value(element, "ilvl") or 0), Level(
        start=int(value(element.find(f"{W}start")) or 1),
        format=value(element.find(f"{W}numFmt")) or "decimal",
        pattern=value(element.find(f"{W}lvlText")),
        restart=None if restart is None else int(value(restart) or 0),
        legal=is_on(element.find(f"{W}isLgl")),
        style=value(element.find(f"{W}pStyle")),
    )
