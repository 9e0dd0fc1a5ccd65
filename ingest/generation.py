"""Builds an index generation from the corpus, checks it and switches to it.

Everything new is written into a folder of its own, under a lock; the pointer is replaced, in one step, only after the new generation
was opened and checked. A crash or a kill at any moment leaves the old generation serving, and the next run starts clean.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import filelock
import numpy as np

from ingest import vectors as vector_index
from ingest.analysis import pairs, terms
from ingest.encoder import Encoder, Vectors
from ingest.index import (
    FORMAT,
    LINES,
    POINTER,
    VECTORS,
    VOCABULARY,
    Contents,
    Index,
    IndexBroken,
    IndexMismatch,
    IndexMissing,
    Manifest,
    check_files,
    current_generation,
    hash_files,
    read_known,
    read_manifest,
    searched,
    write_contents,
)
from ingest.lexical import FIELDS, FieldName, save_fields
from ingest.lines import save_lines
from ingest.passages import Passage
from ingest.provision import Provision
from ingest.vocabulary import save_vocabulary

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

LexicalRows = dict[FieldName, list[list[str]]]
"""The terms of each searched provision, by lexical field."""

AROUND = 2
"""Provisions on either side that are a provision's surroundings. On ObliQA 1, 2 and 4 are about equally good."""

log = logging.getLogger(__name__)


class HomeBusy(Exception):
    """Another process is building an index in the same KHARTOUM_HOME."""


class HomeUnwritable(Exception):
    """KHARTOUM_HOME cannot be written: read-only, or the disk is full."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the generation in use, and how many of its passages had to be embedded."""

    folder: Path
    manifest: Manifest
    switched: bool
    embedded: int


def build(home: Path, contents: Contents, encoder: Encoder, *, force: bool = False, progress: Progress = lambda *_: None) -> Built:
    """Makes `contents` the index in use.

    A generation that holds just this already is kept as it is; passages that any kept generation has are not embedded again; a Chroma
    or lexical index that does not open is derived again from the vectors.

    Args:
        home: KHARTOUM_HOME; made when missing.
        contents: What was read from the corpus.
        encoder: What embeds the passages.
        force: Embed and derive everything again.
        progress: Told how far it is.

    Raises:
        HomeBusy: Another process builds here and does not finish within two minutes.
        HomeUnwritable: A file cannot be written; the old index is as it was.
    """
    with _locked(home):
        rows = lexical_rows(contents)
        version = _version(contents, rows, encoder)
        generations = home / "generations"
        current = _current(home)
        if not force and current and _is_whole(current, version, encoder):
            return Built(current, read_manifest(current), switched=False, embedded=0)
        known = {} if force else _known_vectors(generations, encoder)
        folder = generations / f"{version}-{_next_number(generations)}"
        try:
            folder.mkdir(parents=True)
            earlier = () if force else tuple(path for path in sorted(generations.glob(f"*-*/{LINES}")) if path.parent != folder)
            built, embedded = _write(folder, version, contents, rows, encoder, known, earlier, progress)
            _verify(folder, encoder, progress)
            _switch(home, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _tidy(generations, folder, current)
        return Built(folder, built, switched=True, embedded=embedded)


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(home / "index.lock", timeout=120):
            yield
    except filelock.Timeout as error:
        raise HomeBusy(f"another process has been building an index in {home} for over two minutes; wait for it, or end it") from error
    except OSError as error:
        raise HomeUnwritable(f"{home} cannot be written ({error.strerror or error}); the index is as it was") from error


def _version(contents: Contents, rows: LexicalRows, encoder: Encoder) -> str:
    """Hash of all that a generation is made of; the lexical rows are in it because stop words and stemming are no part of `contents`."""
    digest = hashlib.sha256(f"{FORMAT}\0{encoder.fingerprint}\0".encode())
    for part in (contents.instruments, contents.provisions, contents.passages):
        for one in part:
            digest.update(json.dumps(asdict(one), ensure_ascii=False, sort_keys=True, default=str).encode())
    links = [asdict(link) for link in contents.links]
    rest = [contents.thesaurus.to_json(), contents.concepts, contents.headings, rows, contents.parallels, links]
    digest.update(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _current(home: Path) -> Path | None:
    try:
        return current_generation(home)
    except IndexMissing:
        return None


def _is_whole(folder: Path, version: str, encoder: Encoder) -> bool:
    try:
        manifest = read_manifest(folder)
        if manifest.version != version or not manifest.files:
            return False
        check_files(folder, manifest, manifest.files)
        index = Index(folder, encoder)
    except (IndexMismatch, IndexBroken):
        return False
    try:
        if index.damaged:
            return False
        index.vectors.check(sample=20)
    except vector_index.VectorIndexBroken:
        return False
    finally:
        index.close()
    return True


def _known_vectors(generations: Path, encoder: Encoder) -> dict[tuple[str, str], Vectors]:
    """Vectors by kind and text, from every generation that the same model made."""
    known: dict[tuple[str, str], Vectors] = {}
    for folder in sorted(generations.glob("*-*")):
        try:
            manifest = read_manifest(folder)
            if manifest.model_sha256 != encoder.fingerprint:
                continue
            for passage, vector in zip(*read_known(folder, manifest), strict=True):
                known[passage.kind, passage.text] = vector
        except (IndexMismatch, IndexBroken) as error:
            log.info("generation %s gives no vectors: %s", folder.name, error)
    return known


def _next_number(generations: Path) -> int:
    return 1 + max((int(path.name.rsplit("-", 1)[-1]) for path in generations.glob("*-*") if path.name.rsplit("-", 1)[-1].isdigit()), default=0)


def _write(
    folder: Path,
    version: str,
    contents: Contents,
    rows: LexicalRows,
    encoder: Encoder,
    known: dict[tuple[str, str], Vectors],
    earlier: Sequence[Path],
    progress: Progress,
) -> tuple[Manifest, int]:
    vectors, embedded = _embed(contents.passages, encoder, known, progress)
    step = "writing the index"
    progress(step, 0, len(vectors))
    write_contents(contents, folder)
    with (folder / VECTORS).open("wb") as file:
        np.save(file, vectors)
        os.fsync(file.fileno())
    save_fields(rows, folder / "lexical")
    save_vocabulary(contents.passages, contents.thesaurus, folder / VOCABULARY)
    save_lines(contents.passages, [one.id for one in contents.instruments], contents.thesaurus, vectors, folder / LINES, earlier)
    graphs = [path.parent / "chroma" for path in earlier]
    try:
        vector_index.build(folder / "chroma", vectors, [one.kind for one in contents.passages], partial(progress, step), graphs)
    except vector_index.VectorIndexBroken as error:
        raise IndexBroken(f"the vector index that was built does not hold what it should ({error}); the index is as it was, try again") from error
    manifest = Manifest(
        FORMAT,
        version,
        encoder.model,
        encoder.fingerprint,
        encoder.dimensions,
        len(contents.provisions),
        len(contents.passages),
        hash_files(folder),
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1) + "\n", "utf-8")
    return manifest, embedded


def _embed(passages: Sequence[Passage], encoder: Encoder, known: dict[tuple[str, str], Vectors], progress: Progress) -> tuple[Vectors, int]:
    """A vector a passage, and how many were computed; of an editor's line that the model cannot read zeros, which are no vector."""
    vectors = np.zeros((len(passages), encoder.dimensions), dtype=np.float32)
    new = []
    for row, passage in enumerate(passages):
        vector = known.get((passage.kind, passage.text))
        if vector is not None:
            vectors[row] = vector
        elif passage.kind == "text" or not encoder.spells_out(passage.text):
            new.append(row)
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress("embedding", done, len(new))

    for is_text, prompt in ((True, encoder.passage_prompt), (False, encoder.question_prompt)):
        rows = [row for row in new if (passages[row].kind == "text") == is_text]
        if rows:
            vectors[rows] = encoder.encode([passages[row].text for row in rows], prompt, count)
    return vectors, len(new)


def lexical_rows(contents: Contents) -> LexicalRows:
    """The terms of each searched provision in each lexical field, in the order of `Index.searched`."""
    by_id = {one.id: one for one in contents.provisions}
    rows: LexicalRows = {name: [] for name in FIELDS}
    questions: dict[str, list[str]] = {}
    for passage in contents.passages:
        if passage.kind == "question":
            questions.setdefault(passage.provision, []).extend(term.stem for term in terms(passage.text, passage.language))
    ids = searched(contents.provisions)
    for one in ids:
        provision = by_id[one]
        stems = [term.stem for term in terms(f"{provision.heading} {provision.text}", provision.language)]
        rows["text"].append(stems)
        rows["pairs"].append(pairs(stems))
        rows["questions"].append(questions.get(one, []))
        rows["concepts"].append(list(contents.concepts.get(one, ())))
    rows["surroundings"] = _surroundings([by_id[one] for one in ids], rows["text"])
    return rows


def _surroundings(provisions: Sequence[Provision], stems: Sequence[list[str]]) -> list[list[str]]:
    """For each provision the terms of the headings above it, its own, and those of its neighbours on either side: a text says once what a
    run of provisions is about.

    Args:
        provisions: In reading order.
        stems: The terms of each.
    """
    found = []
    for place, one in enumerate(provisions):
        near = range(max(0, place - AROUND), min(len(provisions), place + AROUND + 1))
        above = [term.stem for term in terms(" ".join(one.path), one.language)]
        found.append(above + [stem for other in near if provisions[other].instrument == one.instrument for stem in stems[other]])
    return found


def _verify(folder: Path, encoder: Encoder, progress: Progress) -> None:
    """Opens the new generation as a reader would and checks it; whatever is wrong is raised."""
    progress("checking the index", 0, 1)
    index = Index(folder, encoder)
    try:
        if index.damaged:
            raise IndexBroken(index.damaged)
        unknown = {one.provision for one in index.passages} - set(index.searched) - set(index.instruments)
        if unknown:
            raise IndexBroken(f"passages of provisions that do not exist: {sorted(unknown)[:3]}")
    finally:
        index.close()
    progress("checking the index", 1, 1)


def _switch(home: Path, folder: Path) -> None:
    new = home / f"{POINTER}.new"
    with new.open("w", encoding="utf-8") as file:
        file.write(folder.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(home / POINTER)


def _tidy(generations: Path, current: Path, before: Path | None) -> None:
    """Deletes what neither the new readers nor those of the generation before need, leftovers of killed builds among it."""
    for path in sorted(generations.iterdir()):
        if path not in {current, before}:
            shutil.rmtree(path, ignore_errors=True)
