"""A file that may be added: what it is taken for, and what was read of it. What the user does not say is guessed, and told."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ingest.analysis import words
from ingest.catalogue import CORPUS, ID, Instrument
from ingest.language import guess_language
from ingest.library import LibraryError, checked_id, new_instrument
from ingest.numbering.style import InvalidNumbering, style_from
from ingest.readers.extract import Extract, PageProgress, UnreadableDocument
from ingest.readers.open import extract
from ingest.reading import Reading, read
from ingest.resemblance import unlike

COVERED = 0.995
"""Share of the characters that has to be accounted for; less looks wrong."""
_FIRST_HEADINGS = 9
_TITLE_WORDS = 2
_MASTHEAD = re.compile(
    r"official journal|journal officiel|^general assembly$|^assemblée générale$|^united nations$|^nations unies$|^الأمم المتحدة$|^الجمعية العامة$"
    r"|^agenda items?\b|^points? .* de l[’']ordre du jour|\bsession$|^distr\b|^resolution adopted by|^résolution adoptée par|^قرار اتخذته"
    r"|table of contents|^l(?: | [a-z]+ )series$|^\W*\d"
    r"|^[a-z]+/\S*\d|\bdistr\.|\bagenda items? \d|^\[?(?:on the report of|without reference to)|^\(?or\. [a-z]{2}\)|^(?:from|to|subject)\s?:"
    r"|^brussels,|^bruxelles,|^(?:annex|annexe|المرفق)(?: [ivx\d]+)?$|^(?:preamble|préambule|foreword|avant-propos|الديباجة)$",
    re.IGNORECASE,
)
"""What stands above the title: who publishes it, a symbol, a date."""
_SYMBOL = re.compile(r"^\d{1,2}/\d{1,4}\.\s*")
"""The number of a resolution before its title: "73/195."."""
_KIND = re.compile(
    r"\b(?:convention|protocol|treaty|agreement|charter|covenant|declaration|compact|regulation|directive|decision|statute|pact|accord|plan"
    r"|framework|agenda|strategy|principles|guidelines|conclusions|statement|communiqué|vision|act|protocole|traité|charte|pacte|déclaration"
    r"|règlement|décision|cadre|stratégie|principes)\b|اتفاقي?ة|بروتوكول|إعلان|ميثاق|عهد|اتفاق|معاهدة|خطة|إطار|استراتيجية",
    re.IGNORECASE,
)
_EU_ACT = re.compile(r"(?:regulation|directive|decision|reglement|decision)-(?:(?:eu|ec|ue|ce)-)?(?:no-)?\d{1,4}-\d{1,4}(?:-(?:eu|ec|ue|ce))?(?=-|$)")
_LONG_SLUG = 60
"""Characters of an id that is made of a title, at most."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said of a file; None where nothing was said."""

    id: str | None = None
    title: str | None = None
    short: str | None = None
    date: str | None = None
    numbering: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file, read.

    Attributes:
        path: The file.
        instrument: What it is taken for, with the numbering that was used.
        language: ISO 639-1 code.
        reading: What was read of it.
        catalogued: Whether the catalogue has the instrument.
        asked: The numbering that the user asked for; None for none.
        guessed: What was guessed: "id", "title", "language", "numbering".
        warnings: What looks wrong, one line each.
    """

    path: Path
    instrument: Instrument
    language: str
    reading: Reading
    catalogued: bool
    asked: Mapping[str, Any] | None
    guessed: tuple[str, ...]
    warnings: tuple[str, ...]


def examine(path: Path, wishes: Wishes, catalogue: Mapping[str, Instrument], progress: PageProgress = lambda *_: None) -> Candidate:
    """Reads a file, and finds out what it is.

    Args:
        path: The file.
        wishes: What the user said.
        catalogue: By id, without what users added.
        progress: Told of each page, where the file has pages.

    Raises:
        LibraryError: There is no such file, or a wish makes no sense.
        UnreadableDocument: The file cannot be taken in.
    """
    if not path.exists():
        raise LibraryError(f"there is no file {str(path)!r}; check the name")
    if not path.is_file():
        raise LibraryError(f"{str(path)!r} is a folder or a device, no file; give one file at a time")
    if wishes.id is not None:
        checked_id(wishes.id)
    asked = read_numbering(wishes.numbering)
    date = _date(wishes.date)
    language = _language(wishes.language)
    known = catalogue.get(wishes.id or "")
    taken = _taken(path, progress)
    draft = _draft(known, asked)
    reading = _read(path, draft, language or "en", taken)
    spoken = language or guess_language("\n".join(one.text for one in reading.provisions))
    guessed = [] if language else ["language"]
    title = (wishes.title or _title(reading, path)).strip()
    if known is None and wishes.id is None:
        known = None if wishes.title else _named(reading, catalogue)
        guessed.append("id")
    if known is not None:
        instrument = _draft(known, asked)
    else:
        guessed += [] if wishes.title else ["title"]
        id = wishes.id or _slug(wishes.title or title) or _slug(path.stem)
        if not id:
            raise LibraryError(f"no id can be made of {path.name!r}; give one, such as --id some-declaration-2020")
        instrument = new_instrument(id, title, wishes.short or title, date, spoken or "en", asked or reading.numbering)
    guessed += [] if asked is not None or (known and draft.numbering == instrument.numbering) else ["numbering"]
    instrument = replace(instrument, tier="authentic", text=path.name)
    if known is None and (language or "en") == (spoken or "en"):
        # Nothing but the id is new: a long text is not read twice.
        named = tuple(replace(one, instrument=instrument.id) for one in reading.provisions)
        reading = replace(reading, instrument=instrument.id, provisions=named)
    else:
        reading = _read(path, instrument, spoken or "en", taken)
    warnings = tuple(_warnings(reading, instrument, spoken, wishes, known))
    return Candidate(path, instrument, spoken or "en", reading, known is not None, asked, tuple(guessed), warnings)


def _draft(known: Instrument | None, asked: Mapping[str, Any] | None) -> Instrument:
    instrument = known or new_instrument("draft", "draft", "draft", None, "en", {})
    numbering = {**instrument.numbering, **(asked or {})}
    return replace(instrument, tier="authentic", text="text", numbering=numbering)


def _taken(path: Path, progress: PageProgress) -> Extract:
    try:
        return extract(path, progress)
    except OSError as error:
        raise UnreadableDocument(path, f"it cannot be opened ({error.strerror or error})", "check who may read it") from error


def _read(path: Path, instrument: Instrument, language: str, taken: Extract) -> Reading:
    try:
        return read(path, instrument, language=language, taken=taken)
    except InvalidNumbering as error:
        raise LibraryError(str(error)) from error


def _warnings(reading: Reading, instrument: Instrument, language: str, wishes: Wishes, known: Instrument | None) -> list[str]:
    found = list(reading.coverage.warnings)
    if reading.coverage.share < COVERED:
        lost = "; ".join(repr(one.text[:60]) for one in reading.coverage.lost[:3])
        found.append(f"only {reading.coverage.share:.1%} of the characters are accounted for; in no provision are {lost}")
    if not language:
        found.append("its language was not recognised; say --language with its two letters (it is taken for en)")
    if known and language and language not in instrument.authentic:
        found.append(f"{language} is no authentic language of {instrument.id} ({', '.join(instrument.authentic)}): a translation")
    if known and (why := unlike(reading.provisions, instrument, CORPUS / "digests")):
        found.append(f"is it {instrument.id}? {why}")
    if known and (wishes.title or wishes.short or wishes.date):
        found.append(f"title and date of {instrument.id} are the catalogue's; what was given for them is not used")
    return found


def read_numbering(given: str | None) -> Mapping[str, Any] | None:
    """The numbering that a user writes: `article,paragraph`, `none`, or a mapping of the catalogue's keys in YAML.

    Raises:
        LibraryError: It is none of these.
    """
    if given is None:
        return None
    if given.strip().casefold() == "none":
        return {"unnumbered": True}
    try:
        numbering = yaml.safe_load(given) if given.lstrip().startswith("{") else {"units": [unit for unit in re.split(r"[,\s]+", given) if unit]}
        if not isinstance(numbering, dict) or not numbering or numbering.get("units") == []:
            raise LibraryError(f"--numbering {given!r} says nothing; write article,paragraph, or none, or {{units: [article], style: roman}}")
        style_from(numbering)
    except (InvalidNumbering, yaml.YAMLError, TypeError, AttributeError) as error:
        raise LibraryError(f"--numbering {given!r}: {str(error).splitlines()[0]}") from error
    return numbering


def _date(given: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError as error:
        raise LibraryError(f"--date {given!r} is not a date; write 2025-04-09") from error


def _language(given: str | None) -> str:
    if given is not None and not re.fullmatch(r"[a-z]{2}", given):
        raise LibraryError(f"--language {given!r} is not a language; write its two letters, such as en, fr or ar")
    return given or ""


def _title(reading: Reading, path: Path) -> str:
    """The first heading that says what kind of text it is, with the lines that go on with it; else the first of more than one word, else
    the file's name.
    """
    headings = [_SYMBOL.sub("", " ".join(heading.text.split())) for heading in reading.headings[:_FIRST_HEADINGS]]
    headings = [text for text in headings if len(text.split()) >= _TITLE_WORDS and not _MASTHEAD.search(text)]
    at = next((at for at, text in enumerate(headings) if _KIND.search(text)), 0)
    if not headings:
        return path.stem
    title = headings[at]
    for text in headings[at + 1 :]:
        if not text[0].islower():
            break
        title += f" {text}"
    return title[:300]


def _named(reading: Reading, catalogue: Mapping[str, Instrument]) -> Instrument | None:
    """The instrument of the catalogue whose title one of the first headings is, letter for letter."""
    titles = {_folded(title): one for one in catalogue.values() for title in (*one.title.values(), *one.short.values())}
    return next((titles[_folded(heading.text)] for heading in reading.headings[:_FIRST_HEADINGS] if _folded(heading.text) in titles), None)


def _folded(text: str) -> str:
    return " ".join(word for word, _, _ in words(text))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if act := _EU_ACT.match(slug):
        return act[0]
    if len(slug) > _LONG_SLUG:
        slug = slug[: _LONG_SLUG + 1].rpartition("-")[0] or slug[:_LONG_SLUG]
    return slug if ID.fullmatch(slug) else ""
