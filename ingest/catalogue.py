"""The catalogue: what is known of each instrument, one YAML file an instrument, checked key by key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from ingest.numbering.numerals import words
from ingest.numbering.style import KEYS as NUMBERING
from ingest.numbering.style import UNKNOWN
from ingest.provision import Tier

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
LANGUAGES = ("en", "fr", "ar")
FIRST = "cairo-declaration-2025"
"""The instrument that the assistant is about: it opens every list."""

STATUSES = frozenset(
    {
        "treaty",
        "eu-law",
        "resolution",
        "compact",
        "political-declaration",
        "action-plan",
        "policy-framework",
        "call-to-action",
        "dialogue",
        "other",
    }
)
UNITS = frozenset({*(name for name, unit in words()["units"].items() if unit["kind"] != "heading"), "part", "section", UNKNOWN})
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_KINDS = {"str": "a text", "bool": "true or false", "seq": "a list", "map": "a mapping"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """One official text, as the catalogue describes it. Mappings by language have the keys en, fr and ar.

    Attributes:
        id: Permanent, such as `cairo-declaration-2025`.
        title: The full title.
        short: The title as people write it.
        names: Other names to ask by; some ("the declaration") are too general to be read as a mention in another text.
        mentions: Other names that mean this instrument wherever they stand.
        abbreviations: In any language; letter case counts.
        date: When it was adopted or signed; None where there is no one date.
        symbol: A UN or AU document symbol, or "".
        status: One of `STATUSES`.
        binding_on: For whom it is law, or "".
        authentic: ISO 639-1 codes of the languages whose text is official.
        address: Where the official text is found.
        text: The text's file, relative to `corpus/`; "" for a digest.
        actor: Who speaks in it.
        available: Whether its text can be had at all; a digest of one that cannot tells only what other texts say of it.
        numbering: `units`, how provisions are counted, and what else ingest/numbering/__init__.py lists.
    """

    id: str
    title: dict[str, str]
    short: dict[str, str]
    names: dict[str, tuple[str, ...]]
    abbreviations: tuple[str, ...]
    date: dt.date | None
    place: str
    symbol: str
    celex: str
    treaty_series: str
    status: str
    binding: bool
    binding_on: str
    authentic: tuple[str, ...]
    address: str
    tier: Tier
    text: str
    actor: dict[str, str]
    numbering: dict[str, Any] = field(default_factory=dict)
    mentions: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, ()))
    available: bool = True


_OPTIONAL = ("mentions", "available")
_REQUIRED = tuple(one.name for one in fields(Instrument) if one.name not in _OPTIONAL)


class CatalogueError(ValueError):
    """A mistake in a corpus file.

    Attributes:
        path: The file.
        line: From 1.
        key: The key in question, such as `title.fr`; "" where the file as a whole is wrong.
    """

    def __init__(self, path: Path, line: int, key: str, problem: str) -> None:
        super().__init__(": ".join(part for part in (f"{path}, line {line}", key, problem) if part))
        self.path = path
        self.line = line
        self.key = key


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a YAML file that still knows where it stands, so that a mistake in it can be pointed at."""

    path: Path
    key: str
    node: yaml.Node

    def error(self, problem: str) -> CatalogueError:
        """The error to raise for this value."""
        return CatalogueError(self.path, self.node.start_mark.line + 1, self.key, problem)

    def mapping(self, required: Iterable[str] | None = None, optional: Iterable[str] = ()) -> dict[str, Entry]:
        """The entries by key, in the file's order; any key is allowed when `required` is None."""
        self._expect("map")
        found: dict[str, Entry] = {}
        for name, value in self.node.value:
            key = str(name.value)
            inner = Entry(self.path, f"{self.key}.{key}".lstrip("."), name)
            if key in found:
                raise inner.error("is given twice")
            if required is not None and key not in {*required, *optional}:
                raise inner.error(f"is not a known key; known are {', '.join(sorted({*required, *optional}))}")
            found[key] = Entry(self.path, inner.key, value)
        for key in required or ():
            if key not in found:
                raise Entry(self.path, f"{self.key}.{key}".lstrip("."), self.node).error("is missing")
        return found

    def items(self) -> list[Entry]:
        """The entries of a list."""
        self._expect("seq")
        return [Entry(self.path, f"{self.key}[{number}]", node) for number, node in enumerate(self.node.value)]

    def string(self, *, empty: bool = False) -> str:
        """A text without white space around it."""
        self._expect("str")
        text = str(self.node.value).strip()
        if not text and not empty:
            raise self.error("must not be empty")
        return text

    def strings(self) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        found: list[str] = []
        for item in self.items():
            if item.string() in found:
                raise item.error(f"{item.string()!r} is given twice")
            found.append(item.string())
        return tuple(found)

    def flag(self) -> bool:
        """True or false."""
        self._expect("bool")
        return str(self.node.value).lower() == "true"

    def date(self) -> dt.date | None:
        """A date written 2025-04-09, or null."""
        if self.node.tag == f"{_TAG}null":
            return None
        written = str(self.node.value)
        try:
            if _DATE.fullmatch(written):
                return dt.date.fromisoformat(written)
        except ValueError:
            pass  # 2025-02-30: the same message
        raise self.error(f"{written!r} is not a date; write 2025-04-09, or null")

    def choice(self, allowed: Iterable[str]) -> str:
        """A text out of `allowed`."""
        if self.string() not in (known := sorted(allowed)):
            raise self.error(f"{self.string()!r} is not one of {', '.join(known)}")
        return self.string()

    def matching(self, pattern: re.Pattern[str]) -> str:
        """A text that `pattern` matches from end to end."""
        if not pattern.fullmatch(self.string()):
            raise self.error(f"{self.string()!r} does not have the form {pattern.pattern}")
        return self.string()

    def by_language(self) -> dict[str, str]:
        """A text for each of en, fr and ar."""
        return {language: entry.string() for language, entry in self.mapping(LANGUAGES).items()}

    def lists_by_language(self) -> dict[str, tuple[str, ...]]:
        """A list of texts for each of en, fr and ar."""
        return {language: entry.strings() for language, entry in self.mapping(LANGUAGES).items()}

    def plain(self) -> Any:
        """Whatever stands there, lists and mappings too."""
        if self.node.tag == f"{_TAG}seq":
            return [item.plain() for item in self.items()]
        if self.node.tag == f"{_TAG}map":
            return {name: item.plain() for name, item in self.mapping().items()}
        return self.flag() if self.node.tag == f"{_TAG}bool" else self.string()

    def _expect(self, kind: str) -> None:
        if self.node.tag != _TAG + kind:
            raise self.error(f"must be {_KINDS[kind]}; put quotation marks around a text that looks like something else")


def read_yaml(path: Path) -> Entry:
    """The whole of a YAML file.

    Raises:
        CatalogueError: It is not UTF-8, not YAML, or empty.
    """
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise CatalogueError(path, 1, "", f"is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CatalogueError(path, mark.line + 1 if mark else 1, "", f"is not YAML: {getattr(error, 'problem', error)}") from error
    if node is None:
        raise CatalogueError(path, 1, "", "is empty")
    return Entry(path, "", node)


def load_catalogue(folder: Path) -> dict[str, Instrument]:
    """Every instrument described in `folder`, by id: the declaration first, then by file name.

    Raises:
        CatalogueError: An entry is wrong, or an id is used twice.
    """
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != FIRST, path.name)):
        entry = read_yaml(path)
        instrument = _instrument(entry)
        if instrument.id in found:
            raise entry.mapping()["id"].error(f"{instrument.id!r} is the id of another instrument too")
        found[instrument.id] = instrument
    return found


def read_instrument(path: Path) -> Instrument:
    """One entry of the catalogue.

    Raises:
        CatalogueError: It is wrong.
    """
    return _instrument(read_yaml(path))


def _instrument(entry: Entry) -> Instrument:
    keys = entry.mapping(_REQUIRED, _OPTIONAL)
    tier = cast("Tier", keys["tier"].choice(get_args(Tier)))
    text = keys["text"].string(empty=True)
    if (tier == "authentic") != bool(text):
        raise keys["text"].error("names the file of an authentic text, and is empty for a digest")
    binding, binding_on = keys["binding"].flag(), keys["binding_on"].string(empty=True)
    if binding != bool(binding_on):
        raise keys["binding_on"].error("says on whom the instrument is binding, and is empty where it is not")
    address = keys["address"].string(empty=True)
    if address and not address.startswith("https://"):
        raise keys["address"].error(f"{address!r} must begin with https://")
    return Instrument(
        id=keys["id"].matching(ID),
        title=keys["title"].by_language(),
        short=keys["short"].by_language(),
        names=keys["names"].lists_by_language(),
        abbreviations=keys["abbreviations"].strings(),
        date=keys["date"].date(),
        place=keys["place"].string(empty=True),
        symbol=keys["symbol"].string(empty=True),
        celex=keys["celex"].string(empty=True),
        treaty_series=keys["treaty_series"].string(empty=True),
        status=keys["status"].choice(STATUSES),
        binding=binding,
        binding_on=binding_on,
        authentic=tuple(item.matching(_LANGUAGE) for item in keys["authentic"].items()),
        address=address,
        tier=tier,
        text=text,
        actor=keys["actor"].by_language(),
        numbering=_numbering(keys["numbering"]),
        mentions=keys["mentions"].lists_by_language() if "mentions" in keys else dict.fromkeys(LANGUAGES, ()),
        available=keys["available"].flag() if "available" in keys else True,
    )


def _numbering(entry: Entry) -> dict[str, Any]:
    keys = entry.mapping((), (*NUMBERING, "annex_after"))
    if "units" not in keys and "unnumbered" not in keys:
        raise Entry(entry.path, f"{entry.key}.units", entry.node).error("is missing")
    found: dict[str, Any] = {}
    for key, value in keys.items():
        if key == "units":
            words = keys["words"].mapping() if "words" in keys else {}
            found[key] = [item.choice(UNITS | words.keys()) for item in value.items()]
        elif key == "style":
            found[key] = value.choice(("arabic", "roman"))
        else:
            found[key] = value.plain()
    return found
