"""The library: the texts that users add, in KHARTOUM_HOME/instruments, one folder an instrument.

    <id>/record.json       its texts: language, file, hash, original name, address; and the numbering that was asked for
    <id>/instrument.yaml   its entry, of the catalogue's schema; missing where the catalogue has the instrument
    <id>/text.<language>.<ending>   the files, byte for byte

An instrument may be held in several languages. One of them is cited and has the labels: the first of its authentic languages that is held,
else the one that was added first. The others are shown beside it and searched, and never cited: an id stands for one text.

A folder is written whole and put in its place by a rename, so a reader sees the old one or the new one.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ingest.catalogue import ID, LANGUAGES, Instrument, read_instrument
from ingest.export import sha256_of

LONGEST_ID = 80
_RECORD = "record.json"
_ENTRY = "instrument.yaml"


class LibraryError(Exception):
    """What is asked of the library cannot be done; one line says why and what to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file of the library.

    Attributes:
        language: ISO 639-1 code.
        file: Its name in the instrument's folder.
        sha256: Of its bytes.
        name: What it was called where it came from.
        address: Where it was fetched, or "".
    """

    language: str
    file: str
    sha256: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An instrument of the library.

    Attributes:
        instrument: Its entry, tier authentic.
        texts: In the order in which they were added.
        folder: Where they are.
        numbering: What the user asked for beside the entry, or empty.
    """

    instrument: Instrument
    texts: tuple[Text, ...]
    folder: Path
    numbering: Mapping[str, Any]

    @property
    def cited(self) -> Text:
        """The text that has the labels."""
        by_language = {text.language: text for text in self.texts}
        return next((by_language[one] for one in self.instrument.authentic if one in by_language), self.texts[0])

    @property
    def parallel(self) -> tuple[Text, ...]:
        """The texts in other languages."""
        return tuple(text for text in self.texts if text != self.cited)

    def path(self, text: Text) -> Path:
        """The file of a text."""
        return self.folder / text.file


def library_folder(home: Path) -> Path:
    """Where the library of a KHARTOUM_HOME is."""
    return home / "instruments"


def checked_id(given: str) -> str:
    """An id that may name a folder.

    Raises:
        LibraryError: It may not.
    """
    if not ID.fullmatch(given) or len(given) > LONGEST_ID:
        raise LibraryError(f"{given!r} is no id; use small letters, digits and single hyphens, {LONGEST_ID} characters at most, as in udhr-1948")
    return given


def read_library(folder: Path, catalogue: Mapping[str, Instrument]) -> dict[str, Held]:
    """Every instrument of the library by id, in the order of the ids.

    Raises:
        LibraryError: A folder is not whole.
        CatalogueError: An entry is wrong.
    """
    found = {}
    for path in sorted(folder.glob("*/")):
        if ID.fullmatch(path.name):
            found[path.name] = _held(path, catalogue)
    return found


def _held(folder: Path, catalogue: Mapping[str, Instrument]) -> Held:
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        texts = tuple(Text(**text) for text in record["texts"])
        numbering = dict(record["numbering"])
        if not texts or any(not (folder / text.file).is_file() for text in texts):
            raise ValueError("a text is missing")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"{folder} is not whole ({error}); run `khartoum remove {folder.name}` and add its text again") from error
    known = catalogue.get(folder.name)
    instrument = known or read_instrument(folder / _ENTRY)
    return _with_text(Held(instrument, texts, folder, numbering))


def _with_text(held: Held) -> Held:
    numbering = {**held.instrument.numbering, **held.numbering}
    instrument = replace(held.instrument, tier="authentic", text=held.cited.file, numbering=numbering)
    return replace(held, instrument=instrument)


def store(
    library: Path,
    instrument: Instrument,
    file: Path,
    language: str,
    *,
    catalogued: bool,
    name: str,
    address: str = "",
    numbering: Mapping[str, Any] | None = None,
) -> None:
    """Puts a text into the library, in the place of the one in the same language; those in other languages stay.

    Args:
        library: `library_folder`.
        instrument: Its entry.
        file: What is copied.
        language: Of the text.
        catalogued: Whether the catalogue has the instrument, so that no entry is written.
        name: What the file was called.
        address: Where it was fetched.
        numbering: What the user asked for; None keeps what was.

    Raises:
        OSError: The library cannot be written; it is as it was.
    """
    target = library / checked_id(instrument.id)
    library.mkdir(parents=True, exist_ok=True)
    new = library / f".new-{instrument.id}"
    shutil.rmtree(new, ignore_errors=True)
    try:
        if target.exists():
            shutil.copytree(target, new)
        else:
            new.mkdir()
        _write(new, instrument, file, Text(language, f"text.{language}{_ending(file)}", sha256_of(file), name, address), catalogued, numbering)
        _exchange(new, target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _write(folder: Path, instrument: Instrument, file: Path, text: Text, catalogued: bool, numbering: Mapping[str, Any] | None) -> None:
    texts: list[Text] = []
    asked: Mapping[str, Any] = {}
    with suppress(FileNotFoundError):
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        texts, asked = [Text(**one) for one in record["texts"]], record["numbering"]
    for old in folder.glob(f"text.{text.language}.*"):
        old.unlink()
    shutil.copyfile(file, folder / text.file)
    place = next((place for place, one in enumerate(texts) if one.language == text.language), len(texts))
    texts[place : place + 1] = [text]
    asked = asked if numbering is None else numbering
    record = {"texts": [asdict(one) for one in texts], "numbering": dict(asked)}
    (folder / _RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if not catalogued and all(one.language == text.language for one in texts):
        # The entry is the first text's; a text in another language joins it.
        entry = as_entry(replace(instrument, text=text.file, numbering={**instrument.numbering, **asked}))
        (folder / _ENTRY).write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=150), "utf-8")


def discard(library: Path, id: str) -> None:
    """Takes an instrument out of the library.

    Raises:
        LibraryError: It is not in it.
        OSError: The library cannot be written; it is as it was.
    """
    target = library / checked_id(id)
    if not target.is_dir():
        raise LibraryError(f"no text of {id!r} was added, so there is none to remove; `khartoum list` shows those that were")
    gone = library / f".old-{id}"
    shutil.rmtree(gone, ignore_errors=True)
    target.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


class Undo:
    """Remembers an instrument's folder as it is, so that a change can be taken back when the index cannot be built with it."""

    def __init__(self, library: Path, id: str) -> None:
        self._target = library / checked_id(id)
        self._kept = library / f".kept-{id}"
        shutil.rmtree(self._kept, ignore_errors=True)
        if self._target.is_dir():
            shutil.copytree(self._target, self._kept)

    def take_back(self) -> None:
        """The folder as it was."""
        shutil.rmtree(self._target, ignore_errors=True)
        if self._kept.is_dir():
            self._kept.rename(self._target)

    def forget(self) -> None:
        """The change stays."""
        shutil.rmtree(self._kept, ignore_errors=True)


def _exchange(new: Path, target: Path) -> None:
    old = target.with_name(f".old-{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    return ending if ending[1:].isalnum() and len(ending) < 10 else ".txt"


def as_entry(instrument: Instrument) -> dict[str, Any]:
    """The instrument in the form of a catalogue file."""
    entry: dict[str, Any] = {}
    for key, value in asdict(instrument).items():
        if isinstance(value, tuple):
            entry[key] = list(value)
        elif isinstance(value, dict):
            entry[key] = {name: list(one) if isinstance(one, tuple) else one for name, one in value.items()}
        else:
            entry[key] = value
    return {**entry, "tier": "authentic"}


def new_instrument(id: str, title: str, short: str, date: dt.date | None, language: str, numbering: Mapping[str, Any]) -> Instrument:
    """The entry of a text that the catalogue does not know; what is not known is left empty."""
    return Instrument(
        id=checked_id(id),
        title=dict.fromkeys(LANGUAGES, title),
        short=dict.fromkeys(LANGUAGES, short or title),
        names=dict.fromkeys(LANGUAGES, ()),
        abbreviations=(),
        date=date,
        place="",
        symbol="",
        celex="",
        treaty_series="",
        status="other",
        binding=False,
        binding_on="",
        authentic=(language,),
        address="",
        tier="authentic",
        text="text",
        actor={"en": "the text", "fr": "le texte", "ar": "النص"},
        numbering=dict(numbering),
    )
