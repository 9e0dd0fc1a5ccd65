"""The vector index: a Chroma collection a kind of passage, embedded on disk, and exact search over the same vectors.

Chroma is derived: it is built once in a new folder from the vectors, checked, and never written again (a writer that dies leaves a
Chroma collection broken for good, and readers do not see what another process writes). Exact search is its oracle, and the way out
when it does not open. Each collection has a folder of its own, so that one whose vectors an earlier index has is copied: a text that is
added changes one of them, and building the others anew takes longer than anything else.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Vectors
from ingest.passages import KINDS, Kind

ADD_AT_ONCE = 2000
"""Chroma takes 5,461 rows in one call at most."""

HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 800, "batch_size": 2, "sync_threshold": 2}
"""The last two let `build` write the graph out whole. Otherwise up to 999 vectors stay in Chroma's log, and whoever opens the collection,
though only to read, puts them into the graph and writes its files: several readers at once, or one that is killed, then break it."""

GRAPH = "graph.json"
"""Which vectors a collection holds, and what the graph's files looked like when they were written."""
_TABLES = "chroma.sqlite3"
_TRIED_OF_BUILT, _TRIED_OF_COPIED = 200, 50
"""How many vectors of a collection have to find themselves before it is used; a copied one was tried when it was built."""

log = logging.getLogger(__name__)


class VectorIndexBroken(Exception):
    """The Chroma folder cannot be opened, or does not hold what it should."""


NEIGHBOURS = (16, 32, 64)
"""Links of each vector in the graph, for the first try and for those after it. Now and then, by the chance of the order in which threads
come, a graph has a vector that no other leads to; more links make that rarer, and the graph slower to build."""


def build(
    folder: Path,
    vectors: Vectors,
    kinds: Sequence[Kind],
    progress: Callable[[int, int], None] = lambda *_: None,
    earlier: Iterable[Path] = (),
) -> None:
    """Writes one collection a kind, in a folder of its own, and checks it; a vector's id is its place among those of its kind.

    Args:
        folder: Where to; must not exist.
        vectors: Shape (passages, dimensions), rows of length 1; rows of zeros are left out.
        kinds: The kind of each row.
        progress: Told how many vectors are in, and how many there are.
        earlier: What `build` wrote before, the likeliest last: collections of the same vectors are taken from there.

    Raises:
        OSError: Chroma could not write; it does not say so otherwise than by an error of its own.
        VectorIndexBroken: What was written does not hold what it should, however often it is tried.
    """
    rows = rows_of_kinds(vectors, kinds)
    total = sum(map(len, rows.values()))
    done = 0
    for kind, of_kind in rows.items():
        chosen = np.ascontiguousarray(vectors[of_kind])
        digest = hashlib.sha256(chosen.tobytes()).hexdigest()
        new = folder / kind
        if not any(_take_over(old / kind, new, kind, chosen, digest) for old in reversed(tuple(earlier))):
            _build(new, kind, chosen, digest, partial(_further, progress, done, total))
        done += len(of_kind)
        progress(done, total)


def _further(progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    progress(before + done, total)


def _build(folder: Path, kind: Kind, vectors: Vectors, digest: str, progress: Callable[[int], None]) -> None:
    for neighbours in NEIGHBOURS:
        _write(folder, kind, vectors, neighbours, progress)
        (folder / GRAPH).write_text(json.dumps({"vectors": digest, "files": _graph(folder)}, indent=1) + "\n", "utf-8")
        try:
            _try(folder, kind, vectors, _TRIED_OF_BUILT)
        except VectorIndexBroken as error:
            log.warning("the graph is built again: %s", error)
            if neighbours == NEIGHBOURS[-1]:
                raise
        else:
            return
        shutil.rmtree(folder)


def _write(folder: Path, kind: Kind, vectors: Vectors, neighbours: int, progress: Callable[[int], None]) -> None:
    from chromadb.errors import ChromaError

    client = None
    try:
        client = _client(folder)
        configuration = {"hnsw": {**HNSW, "max_neighbors": neighbours}}
        collection = client.create_collection(kind, embedding_function=None, configuration=configuration)
        for first in range(0, len(vectors), ADD_AT_ONCE):
            some = vectors[first : first + ADD_AT_ONCE]
            collection.add(ids=[str(first + place) for place in range(len(some))], embeddings=some)
            progress(first + len(some))
    except ChromaError as error:
        raise OSError(f"Chroma: {error}") from error
    finally:
        if client is not None:
            client.close()


def _take_over(old: Path, new: Path, kind: Kind, vectors: Vectors, digest: str) -> bool:
    """Copies a collection of an earlier index; False, and nothing copied, where it holds other vectors or is not as it was written."""
    try:
        graph = json.loads((old / GRAPH).read_text("utf-8"))
        if graph["vectors"] != digest or graph["files"] != _graph(old):
            return False
        shutil.copytree(old, new, ignore=shutil.ignore_patterns("*.sqlite3*"))
        # A reader may have it open, and SQLite writes then too: its own copy is the only one that is sure to be whole.
        with closing(sqlite3.connect(old / _TABLES)) as source, closing(sqlite3.connect(new / _TABLES)) as target:
            source.backup(target)
        _try(new, kind, vectors, _TRIED_OF_COPIED)
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error, VectorIndexBroken) as error:
        log.info("%s is built anew: %s", kind, error)
        shutil.rmtree(new, ignore_errors=True)
        return False
    return True


def _try(folder: Path, kind: Kind, vectors: Vectors, sample: int) -> None:
    """Raises `VectorIndexBroken` where a collection has not all of its vectors or does not find some of them."""
    index = VectorIndex(vectors, [kind] * len(vectors), None)
    client, index._collections[kind] = _opened(folder, kind)
    index._clients.append(client)
    try:
        if (count := index._collections[kind].count()) != len(vectors):
            raise VectorIndexBroken(f"{folder}: it holds {count} vectors, not {len(vectors)}")
        index.check(sample)
    finally:
        index.close()


def _opened(folder: Path, kind: Kind) -> tuple[Any, Any]:
    """The client and the collection in the folder of a kind."""
    client = None
    try:
        # First of all: Chroma does not notice that a file was cut short, it ends the process with a segmentation fault.
        if _graph(folder) != json.loads((folder / GRAPH).read_text("utf-8"))["files"]:
            raise VectorIndexBroken(f"{folder}: the graph's files are not as they were written")
        client = _client(folder)
        return client, client.get_collection(kind, embedding_function=None)
    except VectorIndexBroken:
        raise
    except Exception as error:  # chromadb raises its own, sqlite3's and Rust's
        if client is not None:
            client.close()
        raise VectorIndexBroken(f"{folder}: {type(error).__name__}: {error}") from error


def rows_of_kinds(vectors: Vectors, kinds: Sequence[Kind]) -> dict[Kind, NDArray[np.int64]]:
    """The rows of each kind that have a vector, in order."""
    there = np.any(vectors != 0, axis=1) if len(vectors) else np.zeros(0, dtype=np.bool_)
    given = np.asarray([KINDS.index(kind) for kind in kinds], dtype=np.int64)
    return {kind: np.flatnonzero((given == place) & there) for place, kind in enumerate(KINDS)}


def _graph(folder: Path) -> dict[str, list[int]]:
    """Size and CRC-32 of each of the graph's files, by path."""
    paths = sorted(folder.rglob("*.bin"))
    return {path.relative_to(folder).as_posix(): [len(data := path.read_bytes()), zlib.crc32(data)] for path in paths}


class VectorIndex:
    """Nearest passages by cosine."""

    def __init__(self, vectors: Vectors, kinds: Sequence[Kind], folder: Path | None) -> None:
        """Opens the collections in `folder`; None searches exactly, without Chroma.

        Raises:
            VectorIndexBroken: Chroma cannot open them, or they hold another number of vectors.
        """
        self._vectors = vectors
        self._rows = rows_of_kinds(vectors, kinds)
        self._clients: list[Any] = []
        self._collections: dict[Kind, Any] = {}
        if folder is not None:
            self._open(folder)

    def _open(self, folder: Path) -> None:
        try:
            for kind in KINDS:
                client, collection = _opened(folder / kind, kind)
                self._clients.append(client)
                count = collection.count()
                if count != len(self._rows[kind]):
                    raise VectorIndexBroken(f"{folder}: collection {kind!r} holds {count} vectors, not {len(self._rows[kind])}")
                if count:  # count() alone says nothing: it stays right when the vectors are gone
                    probe = int(self._rows[kind][0])
                    collection.query(query_embeddings=[self._vectors[probe]], n_results=1, include=[])
                self._collections[kind] = collection
        except VectorIndexBroken:
            self.close()
            raise
        except Exception as error:  # chromadb raises its own, sqlite3's and Rust's
            self.close()
            raise VectorIndexBroken(f"{folder}: {type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Gives back Chroma's files; searching then is exact."""
        self._collections = {}
        for client in self._clients:
            client.close()
        self._clients = []

    def nearest(self, vector: Vectors, k: int, kind: Kind) -> list[tuple[int, float]]:
        """Rows of the k nearest passages with their cosine, best first; equal ones in row order.

        Chroma finds the candidates; their cosines are computed here, from the vectors themselves, so that the same question gives the
        same numbers whatever order Chroma found them in.
        """
        rows = self._rows[kind]
        if not len(rows) or k < 1:
            return []
        collection = self._collections.get(kind)
        if collection is not None and k < len(rows):
            found = collection.query(query_embeddings=[vector], n_results=k, include=[])
            rows = rows[sorted(int(one) for one in found["ids"][0])]
        cosines = np.round(self._vectors[rows] @ vector, 6)
        order = np.lexsort((rows, -cosines))[:k]
        return [(int(rows[place]), float(cosines[place])) for place in order]

    def cosine(self, row: int, vector: Vectors) -> float:
        """Cosine of one passage's vector with `vector`, of length 1."""
        return float(self._vectors[row] @ vector)

    def check(self, sample: int = 200) -> None:
        """Compares Chroma with exact search.

        Args:
            sample: How many vectors of each kind are tried, evenly spread; 0 for all.

        Raises:
            VectorIndexBroken: A vector does not find itself, or over 5 % of the ten nearest differ from the exact ones.
        """
        for kind in KINDS:
            rows = self._rows[kind]
            tried = rows if not sample or len(rows) <= sample else rows[np.linspace(0, len(rows) - 1, sample).astype(int)]
            agreed = wanted = 0
            probes = self._vectors[tried]
            # One product for all that are tried; one of its own for each would copy all vectors of the kind each time.
            cosines = probes @ self._vectors[rows].T
            for row, probe, to_all in zip(tried, probes, cosines, strict=True):
                exact = np.sort(np.partition(to_all, -10)[-10:])[::-1] if len(rows) > 10 else np.sort(to_all)[::-1]
                found = self.nearest(probe, len(exact), kind)
                if not found or found[0][1] < float(probe @ probe) - 1e-4:
                    raise VectorIndexBroken(f"collection {kind!r}: vector {row} does not find itself")
                wanted += len(exact)
                agreed += sum(cosine >= exact[-1] - 1e-4 for _, cosine in found)
            if wanted and agreed / wanted < 0.95:
                raise VectorIndexBroken(f"collection {kind!r}: {agreed} of {wanted} neighbours agree with exact search")


def _client(folder: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=str(folder), settings=chromadb.Settings(anonymized_telemetry=False))
