"""The vector index: two Chroma collections, embedded on disk, and exact search over the same vectors.

Chroma is derived: it is built once in a new folder from the vectors, checked, and never written again (a writer that dies leaves a
Chroma collection broken for good, and readers do not see what another process writes). Exact search is its oracle, and the way out
when it does not open.
"""

from __future__ import annotations

import json
import logging
import shutil
import zlib
from collections.abc import Callable, Sequence
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
"""What the graph's files looked like when they were written."""

log = logging.getLogger(__name__)


class VectorIndexBroken(Exception):
    """The Chroma folder cannot be opened, or does not hold what it should."""


NEIGHBOURS = (16, 32, 64)
"""Links of each vector in the graph, for the first try and for those after it. Now and then, by the chance of the order in which threads
come, a graph has a vector that no other leads to; more links make that rarer, and the graph slower to build."""


def build(folder: Path, vectors: Vectors, kinds: Sequence[Kind], progress: Callable[[int, int], None] = lambda *_: None) -> None:
    """Writes one collection a kind, and checks them; a vector's id is its row.

    Args:
        folder: Where to; must not exist.
        vectors: Shape (passages, dimensions), rows of length 1; rows of zeros are left out.
        kinds: The kind of each row.
        progress: Told how many rows are in, and how many there are.

    Raises:
        OSError: Chroma could not write; it does not say so otherwise than by an error of its own.
        VectorIndexBroken: What was written does not hold what it should, however often it is tried.
    """
    for neighbours in NEIGHBOURS:
        _write(folder, vectors, kinds, neighbours, progress)
        opened = VectorIndex(vectors, kinds, folder)
        try:
            opened.check()
        except VectorIndexBroken as error:
            log.warning("the graph is built again: %s", error)
            if neighbours == NEIGHBOURS[-1]:
                raise
        else:
            return
        finally:
            opened.close()
        shutil.rmtree(folder)


def _write(folder: Path, vectors: Vectors, kinds: Sequence[Kind], neighbours: int, progress: Callable[[int, int], None]) -> None:
    from chromadb.errors import ChromaError

    done = 0
    client = None
    try:
        client = _client(folder)
        for kind, of_kind in rows_of_kinds(vectors, kinds).items():
            rows = of_kind.tolist()
            collection = client.create_collection(kind, embedding_function=None, configuration={"hnsw": {**HNSW, "max_neighbors": neighbours}})
            for first in range(0, len(rows), ADD_AT_ONCE):
                some = rows[first : first + ADD_AT_ONCE]
                collection.add(ids=[str(row) for row in some], embeddings=vectors[some])
                done += len(some)
                progress(done, len(kinds))
    except ChromaError as error:
        raise OSError(f"Chroma: {error}") from error
    finally:
        if client is not None:
            client.close()
    (folder / GRAPH).write_text(json.dumps(_graph(folder), indent=1) + "\n", "utf-8")


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
        self._client: Any = None
        self._collections: dict[Kind, Any] = {}
        if folder is not None:
            self._open(folder)

    def _open(self, folder: Path) -> None:
        try:
            # First of all: Chroma does not notice that a file was cut short, it ends the process with a segmentation fault.
            if _graph(folder) != json.loads((folder / GRAPH).read_text("utf-8")):
                raise VectorIndexBroken(f"{folder}: the graph's files are not as they were written")
        except (OSError, ValueError) as error:
            raise VectorIndexBroken(f"{folder}: {error}") from error
        try:
            self._client = _client(folder)
            for kind in KINDS:
                collection = self._client.get_collection(kind, embedding_function=None)
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
        if self._client is not None:
            self._client.close()
            self._client = None

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
            rows = np.asarray(sorted(int(one) for one in found["ids"][0]), dtype=np.int64)
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
