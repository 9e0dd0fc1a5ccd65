"""The words that a reader writes for a label: "para. 23", "Article 33(1)", "paragraphe 23", «الفقرة 23»."""

from __future__ import annotations

import re

from ingest.provision import Provision
from service.wording import wording

_ROMAN = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def pinpoint(provision: Provision, language: str = "en", *, roman: bool = False) -> str:
    """The pinpoint of a provision, in the middle of a sentence.

    Args:
        provision: A provision or a note.
        language: en, fr or ar.
        roman: Whether its instrument counts in Roman numerals.
    """
    return pinpoint_of(provision.label, language, roman=roman)


def pinpoint_of(label: str, language: str = "en", *, roman: bool = False) -> str:
    """The pinpoint that a label stands for; see `pinpoint`."""
    units = wording(language)["units"]
    body, _, note = label.partition(".fn-")
    prefix, _, number = body.partition("-")
    outer, _, inner = number.partition(".")
    if roman and outer.isdigit():
        outer = _in_roman(int(outer))
    if prefix in {"target", "goal"}:
        shown = number
    elif prefix == "act":
        shown = number.replace("-", "/")
    else:
        shown = outer + re.sub(r"([^.]+)\.?", r"(\1)", inner)
    named = units.get(prefix, units["other"]).format(n=shown, prefix=prefix)
    return str(units["fn"].format(of=named, n=note) if note else named)


def _in_roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        while number >= value:
            found += letters
            number -= value
    return found
