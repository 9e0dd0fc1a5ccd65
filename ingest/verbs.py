"""The verb that a provision opens with, and how much it undertakes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.catalogue import CORPUS

STRENGTHS = ("recall", "encourage", "commit", "decide", "oblige")
"""From the weakest to the strongest."""


@dataclass(frozen=True, slots=True)
class Verb:
    """The opening of a provision.

    Attributes:
        lemma: "highlight".
        strength: One of `STRENGTHS`.
        en, fr, ar: What the actor does, to follow "the ministers", « les ministres », «الوزراء».
        end: Offset in the text after the verb's words and the space after them: a quote can begin here.
    """

    lemma: str
    strength: str
    en: str
    fr: str
    ar: str
    end: int


@dataclass(frozen=True, slots=True)
class _Table:
    forms: dict[str, dict[str, str]]
    pattern: re.Pattern[str]
    lead_in: re.Pattern[str]
    oblige: re.Pattern[str]


@cache
def _table(path: Path) -> _Table:
    with path.open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    forms: dict[str, dict[str, str]] = {}
    for entry in data["verbs"]:
        for form in entry["forms"]:
            forms[_key(form)] = entry
    return _Table(forms, _alternatives(list(forms)), _alternatives(data["lead_in"], at_most=3), _alternatives(data["oblige"]))


def _key(form: str) -> str:
    return re.sub(r"[\s\-\u2010]+", " ", form).strip().casefold()


def _alternatives(forms: list[str], at_most: int = 1) -> re.Pattern[str]:
    """Any of the forms as whole words, the longest first, a hyphen or a space wherever the form has one of them."""
    each = sorted((r"[\s\-\u2010]+".join(map(re.escape, _key(form).split())) for form in forms), key=len, reverse=True)
    body = rf"(?:{'|'.join(each)})(?!\w)"
    return re.compile(body if at_most == 1 else rf"(?:{body}[\s,]*){{0,{at_most}}}", re.IGNORECASE)


def lead_verb(text: str, path: Path = CORPUS / "verbs.yaml") -> Verb | None:
    """The verb that `text` opens with, None where it opens with none of corpus/verbs.yaml.

    Words that may stand before it ("We, the Ministers,", "Also", "hereby", "Further") are passed over.
    """
    table = _table(path)
    lead = table.lead_in.match(text)
    for start in ((lead.end() if lead else 0), 0):
        match = table.pattern.match(text, start)
        if match:
            entry = table.forms[_key(match[0])]
            end = match.end()
            while end < len(text) and text[end] in " ,:\n":
                end += 1
            return Verb(entry["lemma"], entry["strength"], entry["en"], entry["fr"], entry["ar"], end)
    return None


def strength(text: str, verb: Verb | None, *, binding: bool, language: str = "en") -> str:
    """How much a provision undertakes: by its verb, or "oblige" where a binding text says "shall"; "" where neither is there."""
    if verb is not None:
        return verb.strength
    return "oblige" if binding and _table(CORPUS / "verbs.yaml").oblige.search(text) else ""
