"""How one instrument is numbered: the catalogue's `numbering`, checked and made ready."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.numbering.numerals import words

KEYS = frozenset(
    {
        "units",
        "operative_after",
        "start",
        "until",
        "run_on",
        "restart",
        "headings",
        "drop",
        "words",
        "prefixes",
        "nested",
        "style",
        "unnumbered",
        "annexed",
        "bare",
    }
)


class InvalidNumbering(ValueError):
    """The catalogue's `numbering` has a key or a value that means nothing."""

    def __init__(self, key: str, value: object, why: str) -> None:
        self.key = key
        self.value = value
        super().__init__(f"numbering.{key}: {value!r} {why}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of numbered part: its name, the words for it, and what becomes of it."""

    name: str
    prefix: str
    kind: str
    words: tuple[str, ...]
    rank: int = 0
    title: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """See the package's docstring for what each key of the catalogue does."""

    units: tuple[Unit, ...]
    operative_after: tuple[str, ...] = ()
    start: str = ""
    until: str = ""
    run_on: bool | None = None
    restart: str = ""
    headings: tuple[str, ...] = ()
    drop: tuple[re.Pattern[str], ...] = ()
    nested: bool = True
    unnumbered: bool = False
    annexed: bool = False
    bare: str = "paragraph"

    def unit(self, name: str) -> Unit | None:
        """The unit of that name, None where the text is not numbered by it."""
        return next((unit for unit in self.units if unit.name == name), None)


UNKNOWN = "item"
"""The unit of a digest of a text whose own numbering is not known: says nothing of how a text of it is numbered."""
HEADINGS = ("part", "title", "chapter", "section")
ANNEXES = ("annex", "schedule", "final_act")


def style_from(numbering: Mapping[str, Any]) -> Style:
    """The catalogue's mapping as a `Style`. Headings are always known, annexes where there are articles.

    Raises:
        InvalidNumbering: a key is unknown, or a value is not of its kind.
    """
    for key in numbering:
        if key not in KEYS:
            raise InvalidNumbering(key, numbering[key], f"is no key; use one of {', '.join(sorted(KEYS))}")
    if numbering.get("style") not in (None, "arabic", "roman"):
        raise InvalidNumbering("style", numbering["style"], "is neither arabic nor roman")
    names = [str(name) for name in _list(numbering, "units") if name != UNKNOWN]
    own_words: Mapping[str, Any] = numbering.get("words") or {}
    prefixes: Mapping[str, Any] = numbering.get("prefixes") or {}
    for name in (*HEADINGS, *(ANNEXES if "article" in names else ("annex",) if numbering.get("annexed") else ())):
        if name not in names:
            names.append(name)
    bare = str(numbering.get("bare") or "paragraph")
    if "bare" in numbering and bare not in names:
        raise InvalidNumbering("bare", bare, f"is none of its units, {', '.join(names)}")
    return Style(
        units=tuple(_unit(name, own_words, prefixes) for name in names),
        operative_after=tuple(str(marker) for marker in _list(numbering, "operative_after")),
        start=str(numbering.get("start") or ""),
        until=str(numbering.get("until") or ""),
        run_on=numbering.get("run_on"),
        restart=str(numbering.get("restart") or ""),
        headings=tuple(str(heading) for heading in _list(numbering, "headings")),
        drop=tuple(_pattern("drop", pattern) for pattern in _list(numbering, "drop")),
        nested=bool(numbering.get("nested", True)),
        unnumbered=bool(numbering.get("unnumbered")),
        annexed=bool(numbering.get("annexed")),
        bare=bare,
    )


def _unit(name: str, own_words: Mapping[str, Any], prefixes: Mapping[str, Any]) -> Unit:
    known = words()["units"].get(name)
    own = tuple(str(word) for word in own_words.get(name, ()))
    if known is None and not own:
        raise InvalidNumbering("units", name, f"is no unit; use one of {', '.join(words()['units'])}, or give its words in numbering.words")
    known = known or {}
    prefix = str(prefixes.get(name, known.get("prefix", name)))
    if not re.fullmatch(r"[a-z]+", prefix):
        raise InvalidNumbering("prefixes", prefix, "must be small letters only, because labels are built of it")
    return Unit(
        name=name,
        prefix=prefix,
        kind=str(known.get("kind", "provision")),
        words=(*own, *(str(word) for word in known.get("words", ()))),
        rank=int(known.get("rank", 0)),
        title=bool(known.get("title", True)),
    )


def _list(numbering: Mapping[str, Any], key: str) -> list[Any]:
    value = numbering.get(key) or []
    return value if isinstance(value, list) else [value]


def _pattern(key: str, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern), re.IGNORECASE)
    except re.error as error:
        raise InvalidNumbering(key, pattern, f"is no regular expression ({error})") from error
