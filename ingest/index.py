"""An index generation on disk, and how it is opened.

A generation is a folder that is never changed once it is in use: what was read (instruments, provisions, thesaurus), what was computed
(passages, vectors), and what is derived from them (Chroma, the lexical index). `current` in KHARTOUM_HOME names the one to open.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ingest.catalogue import Instrument
from ingest.encoder import Encoder, Vectors
from ingest.export import sha256_of
from ingest.lexical import Field, FieldName, open_fields
from ingest.lines import Lines, open_lines
from ingest.links import Link, LinkTable
from ingest.passages import Passage
from ingest.provision import Provision, Span
from ingest.thesaurus import Thesaurus
from ingest.vectors import VectorIndex, VectorIndexBroken
from ingest.vocabulary import Vocabulary, read_vocabulary

FORMAT = 2
"""Raised whenever the files of a generation change their form."""

POINTER = "current"
PASSAGES, VECTORS, LINES, VOCABULARY = "passages.jsonl", "vectors.npy", "lines", "vocabulary.json"
_NAME = re.compile(r"[0-9a-f]{1,64}-\d{1,9}")
log = logging.getLogger(__name__)


class IndexMissing(Exception):
    """There is no index to open."""


class IndexMismatch(Exception):
    """The index was made by another model or format than the one asked for; hits would be wrong."""


class IndexBroken(Exception):
    """A file of the index that cannot be derived from the others is missing or unreadable."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of.

    Attributes:
        format: `FORMAT` of the program that wrote it.
        version: Hash of everything that was read: equal versions hold equal provisions, passages and vectors.
        model: Name of the embedding model.
        model_sha256: Fingerprint of the model.
        dimensions: Length of a vector.
        provisions: Number of provisions, notes included.
        passages: Number of passages, and of vectors.
        files: SHA-256 of each file by its path in the generation; Chroma's, which it writes itself, are left out.
    """

    format: int
    version: str
    model: str
    model_sha256: str
    dimensions: int
    provisions: int
    passages: int
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation holds, apart from the vectors: instruments and provisions in reading order; concepts, and editors' headings by
    language, by provision id; mentions of instruments, in the order of the provisions; texts in other languages, by provision id.
    """

    instruments: tuple[Instrument, ...]
    provisions: tuple[Provision, ...]
    passages: tuple[Passage, ...]
    thesaurus: Thesaurus
    concepts: dict[str, tuple[str, ...]]
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    parallels: dict[str, dict[str, str]] = field(default_factory=dict)


def write_contents(contents: Contents, folder: Path) -> None:
    """Writes everything but the vectors as JSON that a person can read."""
    _write_json(folder / "instruments.json", [_plain(asdict(one)) for one in contents.instruments])
    _write_lines(folder / "provisions.jsonl", (asdict(one) for one in contents.provisions))
    _write_lines(folder / PASSAGES, (asdict(one) for one in contents.passages))
    _write_json(folder / "thesaurus.json", contents.thesaurus.to_json())
    _write_json(folder / "concepts.json", contents.concepts)
    _write_json(folder / "headings.json", contents.headings)
    _write_lines(folder / "links.jsonl", (asdict(one) for one in contents.links))
    _write_json(folder / "parallels.json", contents.parallels)


def read_contents(folder: Path) -> Contents:
    """Reads what `write_contents` wrote.

    Raises:
        IndexBroken: A file is missing or not whole.
    """
    try:
        instruments = []
        for entry in json.loads((folder / "instruments.json").read_text("utf-8")):
            entry["date"] = dt.date.fromisoformat(entry["date"]) if entry["date"] else None
            for name in ("abbreviations", "authentic"):
                entry[name] = tuple(entry[name])
            for name in ("names", "mentions"):
                entry[name] = {language: tuple(names) for language, names in entry[name].items()}
            instruments.append(Instrument(**entry))
        provisions = []
        for entry in _read_lines(folder / "provisions.jsonl"):
            spans = tuple(Span(**span) for span in entry.pop("spans"))
            provisions.append(Provision(**{**entry, "path": tuple(entry["path"]), "spans": spans}))
        passages = tuple(Passage(**entry) for entry in _read_lines(folder / PASSAGES))
        thesaurus = Thesaurus.from_json(json.loads((folder / "thesaurus.json").read_text("utf-8")))
        concepts = {one: tuple(ids) for one, ids in json.loads((folder / "concepts.json").read_text("utf-8")).items()}
        headings = json.loads((folder / "headings.json").read_text("utf-8"))
        links = tuple(Link(**entry) for entry in _read_lines(folder / "links.jsonl"))
        parallels = json.loads((folder / "parallels.json").read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexBroken(f"the index in {folder} cannot be read ({error}); run `khartoum ingest`") from error
    return Contents(tuple(instruments), tuple(provisions), passages, thesaurus, concepts, headings, links, parallels)


def current_generation(home: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        IndexMissing: There is none.
    """
    try:
        name = (home / POINTER).read_text("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        name = ""
    except OSError as error:
        raise IndexMissing(f"{home / POINTER} cannot be read ({error}); check KHARTOUM_HOME") from error
    folder = home / "generations" / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        raise IndexMissing(f"there is no index in {home}; run `khartoum ingest`")
    return folder


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexMismatch: Another format.
        IndexBroken: Missing or not whole.
    """
    try:
        record = json.loads((folder / "manifest.json").read_text("utf-8"))
        if record["format"] != FORMAT:
            raise IndexMismatch(f"the index has format {record['format']}, this program reads {FORMAT}; run `khartoum ingest`")
        return Manifest(**record)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexBroken(f"the index in {folder} has no readable manifest ({error}); run `khartoum ingest`") from error


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a generation, Chroma's and the manifest left out, by path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: sha256_of(path) for name, path in names.items() if name != "manifest.json" and not name.startswith("chroma/")}


def check_files(folder: Path, manifest: Manifest, names: Iterable[str]) -> None:
    """Compares files of a generation with the manifest; one that an older program did not note there passes.

    Raises:
        IndexBroken: A file is missing or holds something else than what was written.
    """
    for name in names:
        written = manifest.files.get(name)
        try:
            if written and sha256_of(folder / name) != written:
                raise IndexBroken(f"{folder / name} is not as it was written; run `khartoum ingest`")
        except OSError as error:
            raise IndexBroken(f"{folder / name} cannot be read ({error.strerror or error}); run `khartoum ingest`") from error


class Index:
    """An opened generation.

    Attributes:
        folder: Where it is.
        manifest: What it was made of.
        instruments: By id, in the catalogue's order.
        provisions: By id, in reading order, notes and containers included.
        searched: Ids of the provisions that search looks at (containers are found through what they hold), in reading order: the rows
            of the lexical fields.
        passages: In the order of the vectors.
        vectors: Nearest passages by cosine.
        fields: The lexical fields that have any term.
        thesaurus: The concepts.
        concepts: Ids of the concepts that each searched provision speaks of.
        headings: Editors' headings by provision id and language.
        links: Mentions of other instruments, both ways.
        parallels: The texts in other languages, which are shown and searched but never cited, by provision id and language.
    """

    def __init__(self, folder: Path, encoder: Encoder, *, exact: bool = False) -> None:
        """Opens the generation in `folder`; a Chroma that does not open is passed over with a warning, and search is exact.

        Args:
            folder: Of the generation.
            encoder: The model that it was made with.
            exact: Search exactly and leave Chroma alone: it takes longer to open than to answer one question.

        Raises:
            IndexMismatch: It was made with another model or format.
            IndexBroken: A file that cannot be derived is missing or unreadable.
        """
        self.folder = folder
        self.encoder = encoder
        self.manifest = read_manifest(folder)
        if self.manifest.model_sha256 != encoder.fingerprint:
            raise IndexMismatch(
                f"the index was made with the model {self.manifest.model!r} ({self.manifest.model_sha256[:12]}), "
                f"the settings name {encoder.model!r} ({encoder.fingerprint[:12]}); run `khartoum ingest`"
            )
        # Vectors and lines are left out: they are most of the bytes, and read from disk as they are needed.
        check_files(folder, self.manifest, [path for path in self.manifest.files if path != VECTORS and not path.startswith(f"{LINES}/")])
        contents = read_contents(folder)
        self.instruments: dict[str, Instrument] = {one.id: one for one in contents.instruments}
        self.provisions: dict[str, Provision] = {one.id: one for one in contents.provisions}
        self.searched: tuple[str, ...] = searched(contents.provisions)
        self.passages = contents.passages
        self.thesaurus = contents.thesaurus
        self.concepts = contents.concepts
        self.headings = contents.headings
        self.links = LinkTable(contents.links, self.searched)
        self.parallels = contents.parallels
        vectors = read_vectors(folder, self.manifest)
        if len(self.passages) != len(vectors):
            raise IndexBroken(f"the index in {folder} has {len(self.passages)} passages and {len(vectors)} vectors; run `khartoum ingest`")
        kinds = [one.kind for one in self.passages]
        self.damaged = ""
        try:
            self.vectors = VectorIndex(vectors, kinds, None if exact else folder / "chroma")
        except VectorIndexBroken as error:
            self.damaged = str(error)
            log.warning("Chroma does not open (%s); searching without it. `khartoum ingest` rebuilds it from the vectors", error)
            self.vectors = VectorIndex(vectors, kinds, None)
        try:
            self.fields: dict[FieldName, Field] = open_fields(folder / "lexical")
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise IndexBroken(f"the lexical index in {folder} cannot be read ({error}); run `khartoum ingest`") from error
        try:
            self.lines: Lines = open_lines(self.passages, self.instruments, vectors, folder / LINES)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise IndexBroken(f"the editors' lines in {folder} cannot be read ({error}); run `khartoum ingest`") from error

    @cached_property
    def vocabulary(self) -> dict[str, Vocabulary]:
        """The words of each language that the index holds."""
        return read_vocabulary(self.folder / VOCABULARY)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each searched provision in the lexical fields."""
        return {one: row for row, one in enumerate(self.searched)}

    @cached_property
    def asked(self) -> frozenset[str]:
        """Ids of the provisions that have an editor's questions."""
        return frozenset(one.provision for one in self.passages if one.kind == "question")

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """Ids of the instruments with an editor's list of what they do not say."""
        return frozenset(one.provision for one in self.passages if one.kind == "silent")

    def is_current(self) -> bool:
        """Whether no other generation was switched to since this one was opened."""
        try:
            return current_generation(self.folder.parent.parent) == self.folder
        except IndexMissing:
            return True  # nothing to switch to: what is open goes on serving

    def close(self) -> None:
        """Gives back the files."""
        self.vectors.close()


def open_index(home: Path, encoder: Encoder, *, exact: bool = False) -> Index:
    """Opens the generation in use; with `exact` without Chroma.

    Raises:
        IndexMissing, IndexMismatch, IndexBroken: See there; the message says what to do.
    """
    return Index(current_generation(home), encoder, exact=exact)


def searched(provisions: Iterable[Provision]) -> tuple[str, ...]:
    """Ids of the provisions without parts of their own, notes included, in reading order."""
    listed = list(provisions)
    containers = {f"{one.instrument}/{one.parent}" for one in listed if one.parent and one.kind == "provision"}
    return tuple(one.id for one in listed if one.id not in containers and one.text.strip())


def read_known(folder: Path, manifest: Manifest) -> tuple[list[Passage], Vectors]:
    """The passages and vectors of a generation, both in memory and checked, whatever became of its other files.

    Raises:
        IndexBroken: One of the two is missing, or not as it was written.
    """
    check_files(folder, manifest, (PASSAGES, VECTORS))
    vectors = np.array(read_vectors(folder, manifest))
    try:
        passages = [Passage(**entry) for entry in _read_lines(folder / PASSAGES)]
    except (OSError, ValueError, TypeError) as error:
        raise IndexBroken(f"{folder / PASSAGES} cannot be read ({error}); run `khartoum ingest`") from error
    if len(passages) != len(vectors):
        raise IndexBroken(f"the index in {folder} has {len(passages)} passages and {len(vectors)} vectors; run `khartoum ingest`")
    return passages, vectors


def read_vectors(folder: Path, manifest: Manifest) -> Vectors:
    """The vectors of a generation, read from disk as they are needed.

    Raises:
        IndexBroken: Missing, cut short, or of another shape than the manifest says.
    """
    try:
        vectors: Vectors = np.load(folder / VECTORS, mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        raise IndexBroken(f"the vectors in {folder} cannot be read ({error}); run `khartoum ingest`") from error
    if vectors.shape != (manifest.passages, manifest.dimensions):
        wanted = (manifest.passages, manifest.dimensions)
        raise IndexBroken(f"the vectors in {folder} have shape {vectors.shape}, not {wanted}; run `khartoum ingest`")
    return vectors


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "date": entry["date"].isoformat() if entry["date"] else ""}


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
