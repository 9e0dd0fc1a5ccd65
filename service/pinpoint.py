"""The words that a reader writes for a label: "para. 23", "Article 33(1)", "paragraphe 23", «الفقرة 23»."""

from __future__ import annotations

import re

from ingest.provision import Provision
from service.wording import wording

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NOT_ROMAN = frozenset({"para", "rec", "target", "goal", "act", "fn", "preamble", "text", "closing"})
"""Units that are counted in Arabic numerals, or not at all, even where the articles are counted in Roman ones."""
_ONE_NUMBER = frozenset({"target", "goal"})
"""Units whose dots are part of the number: target 10.7."""


def pinpoint(provision: Provision, language: str = "en", *, roman: bool = False) -> str:
    """The pinpoint of a provision, in the middle of a sentence.

    Args:
        provision: A provision or a note. The heading of an act says whether it is a regulation or a directive.
        language: en, fr or ar.
        roman: Whether its instrument counts in Roman numerals.
    """
    return pinpoint_of(provision.label, language, roman=roman, heading=provision.heading)


def pinpoint_of(label: str, language: str = "en", *, roman: bool = False, heading: str = "") -> str:
    """The pinpoint that a label stands for; see `pinpoint`."""
    words = wording(language)
    said = ""
    for prefix, numbers in _units(label):
        if prefix == "fn" and said:
            said = str(words["units"]["fn"].format(of=said, n="-".join(numbers)))
            continue
        if prefix in {"chapeau", "again"}:
            said = str(words["within"].format(of=said, inner=words["units"][prefix].format(n="".join(numbers))))
            continue
        name = _act(heading) if prefix == "act" else prefix
        template = words["units"].get("note" if prefix == "fn" else name, words["units"]["other"])
        one = template.format(n=_number(prefix, numbers, roman=roman), prefix=prefix)
        said = str(words["within"].format(of=said, inner=one) if said else one)
    return said


def _units(label: str) -> list[tuple[str, list[str]]]:
    """The label's units with their numbers, outermost first: `annex-1.para-3.2` is annex 1 and para 3, 2."""
    found: list[tuple[str, list[str]]] = []
    for segment in label.split("."):
        unit = re.fullmatch(r"([a-z]{2,})-(.+)", segment)
        if unit:
            found.append((unit.group(1), [unit.group(2)]))
        elif segment == "chapeau" or not found:
            found.append((segment, []))
        else:
            found[-1][1].append(segment)
    return found


def _number(prefix: str, numbers: list[str], *, roman: bool) -> str:
    if not numbers:
        return ""
    if prefix in _ONE_NUMBER:
        return ".".join(numbers)
    if prefix == "act":
        return "/".join(numbers).replace("-", "/")
    outer, *inner = numbers
    if roman and outer.isdigit() and prefix not in _NOT_ROMAN:
        outer = _in_roman(int(outer))
    # A letter in an article's label is a section "A." (ingest/numbering); points "(a)" have no labels there.
    return outer + "".join(f"({one.upper() if prefix == 'art' and len(one) == 1 else one})" for one in inner)


def _act(heading: str) -> str:
    """The wording for an act of the European Union, by what its heading calls it."""
    found = re.search(r"\b(directive|regulation)\b", heading, re.IGNORECASE)
    return found.group().lower() if found else "act"


def _in_roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        while number >= value:
            found += letters
            number -= value
    return found
