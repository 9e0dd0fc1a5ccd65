"""Chroma finds what exact search finds, reading changes nothing on disk, and a Chroma that is not whole is noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.encoder import Vectors
from ingest.passages import KINDS, Kind
from ingest.vectors import VectorIndex, VectorIndexBroken, build

ROOT = Path(__file__).resolve().parents[2]
ROWS, WIDTH = 600, 32


def some_vectors(rows: int = ROWS, seed: int = 1) -> tuple[Vectors, list[Kind]]:
    vectors = np.random.default_rng(seed).normal(size=(rows, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[7::50] = vectors[7]  # equal ones: the order of ties must not depend on Chroma
    return vectors, [("text", "question", "silent")[row % 3] for row in range(rows)]  # type: ignore[misc]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vectors") / "chroma"
    build(folder, *some_vectors())
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "chroma"))


@pytest.fixture
def opened(folder: Path) -> Iterator[VectorIndex]:
    index = VectorIndex(*some_vectors(), folder)
    yield index
    index.close()


def exact(vector: Vectors, k: int, kind: Kind) -> list[tuple[int, float]]:
    """Worked out with nothing of ours: every cosine, sorted."""
    vectors, kinds = some_vectors()
    every = [(row, round(float(vectors[row].astype(np.float64) @ vector.astype(np.float64)), 5)) for row in range(ROWS) if kinds[row] == kind]
    return sorted(every, key=lambda one: (-one[1], one[0]))[:k]


@pytest.mark.parametrize("chroma", [True, False])
def test_nearest_are_those_of_exact_search(folder: Path, chroma: bool) -> None:
    index = VectorIndex(*some_vectors(), folder if chroma else None)
    vectors, _ = some_vectors()
    for row in range(0, ROWS, 37):
        for kind in ("text", "question", "silent"):
            found = index.nearest(vectors[row], 12, kind)
            wanted = exact(vectors[row], 12, kind)
            np.testing.assert_allclose([cosine for _, cosine in found], [cosine for _, cosine in wanted], atol=2e-5)
    index.close()


def test_equal_vectors_come_in_row_order(opened: VectorIndex) -> None:
    vectors, kinds = some_vectors()
    same = [row for row in range(7, ROWS, 50) if kinds[row] == "question"]
    assert len(same) > 2
    assert [row for row, _ in opened.nearest(vectors[7], len(same), "question")] == same


def test_kinds_are_kept_apart(opened: VectorIndex) -> None:
    vectors, kinds = some_vectors()
    for kind in KINDS:
        assert all(kinds[row] == kind for row, _ in opened.nearest(vectors[0], 50, kind))


@pytest.mark.parametrize("k", [0, -1])
def test_no_neighbours_wanted_gives_none(opened: VectorIndex, k: int) -> None:
    assert opened.nearest(some_vectors()[0][0], k, "text") == []


def test_more_neighbours_than_there_are_gives_all(opened: VectorIndex) -> None:
    assert len(opened.nearest(some_vectors()[0][0], 10_000, "text")) == ROWS // 3


def test_kind_without_vectors_finds_nothing(opened: VectorIndex) -> None:
    assert opened.nearest(some_vectors()[0][0], 5, "elsewhere") == []


def test_more_vectors_than_chroma_takes_at_once_are_all_found(tmp_path: Path) -> None:
    rows = 6000
    vectors = np.random.default_rng(2).normal(size=(rows, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    build(tmp_path / "chroma", vectors, ["text"] * rows)
    index = VectorIndex(vectors, ["text"] * rows, tmp_path / "chroma")
    index.check(sample=300)
    index.close()


def test_opening_and_asking_leave_the_graph_as_it_was(folder: Path) -> None:
    def graph() -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.bin")}

    before = graph()
    assert before
    for _ in range(2):
        index = VectorIndex(*some_vectors(), folder)
        index.check(sample=5)
        index.close()
        assert graph() == before


def _lose_vectors(folder: Path) -> None:
    for below in folder.glob("*/*/"):
        shutil.rmtree(below)


@pytest.mark.parametrize(
    "damage",
    [
        shutil.rmtree,
        lambda folder: (folder / "text" / "chroma.sqlite3").unlink(),
        lambda folder: (folder / "text" / "chroma.sqlite3").write_bytes(b"SQLite format 3\x00" + bytes(50)),
        lambda folder: [path.write_bytes(b"") for path in folder.rglob("data_level0.bin")],
        lambda folder: [path.unlink() for path in folder.rglob("header.bin")],
        _lose_vectors,
    ],
    ids=["no folder", "no database", "no tables", "empty graph", "no header", "graph gone"],
)
def test_chroma_that_is_not_whole_is_noticed(folder: Path, damage: Callable[[Path], object]) -> None:
    damage(folder)
    with pytest.raises(VectorIndexBroken):  # noqa: PT012 - some damage shows when it is opened, some when it is asked
        index = VectorIndex(*some_vectors(), folder)
        try:
            index.check(sample=0)
        finally:
            index.close()


def test_other_number_of_vectors_is_noticed(folder: Path) -> None:
    vectors, kinds = some_vectors()
    with pytest.raises(VectorIndexBroken, match="holds 200 vectors, not 201"):
        VectorIndex(np.vstack([vectors, vectors[:1]]), [*kinds, "text"], folder)


def test_other_vectors_than_those_it_was_built_from_are_noticed(folder: Path) -> None:
    vectors, kinds = some_vectors(seed=2)
    index = VectorIndex(vectors, kinds, folder)
    with pytest.raises(VectorIndexBroken, match="does not find itself"):
        index.check()
    index.close()


def test_closed_index_searches_exactly(opened: VectorIndex) -> None:
    vector = some_vectors()[0][3]
    before = opened.nearest(vector, 5, "text")
    opened.close()
    opened.close()
    assert opened.nearest(vector, 5, "text") == before


def test_collection_of_the_same_vectors_is_taken_from_an_earlier_index(folder: Path, tmp_path: Path) -> None:
    vectors, kinds = some_vectors()
    more = np.vstack([some_vectors(9, seed=3)[0], vectors])
    of_more: list[Kind] = [*(["text"] * 9), *kinds]  # the rows of the others are nine further on
    build(tmp_path / "new", more, of_more, earlier=[folder])
    # Chroma gives each collection that is built a new name.
    names = [{path.parent.name: path.name for path in each.glob("*/*/")} for each in (folder, tmp_path / "new")]
    assert {kind for kind in names[0] if names[0][kind] == names[1][kind]} == {"question", "silent"}
    index = VectorIndex(more, of_more, tmp_path / "new")
    index.check(sample=0)
    assert index.nearest(vectors[1], 1, "question") == [(10, 1.0)]
    index.close()


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b""), lambda path: path.write_bytes(path.read_bytes()[:4000]), Path.unlink])
@pytest.mark.parametrize("name", ["chroma.sqlite3", "graph.json", "data_level0.bin"])
def test_earlier_collection_that_is_not_whole_is_built_anew(folder: Path, tmp_path: Path, name: str, damage: Callable[[Path], object]) -> None:
    for path in folder.rglob(name):
        damage(path)
    build(tmp_path / "new", *some_vectors(), earlier=[folder, tmp_path / "nowhere"])
    index = VectorIndex(*some_vectors(), tmp_path / "new")
    index.check(sample=0)
    index.close()


READ = """
import sys
from pathlib import Path
from tests.ingest.test_vectors import some_vectors
from ingest.vectors import VectorIndex
for _ in range(5):
    index = VectorIndex(*some_vectors(), Path(sys.argv[1]))
    index.check(sample=20)
    print([index.nearest(some_vectors()[0][row], 5, "text") for row in range(0, 90, 9)], flush=True)
    index.close()
"""


@pytest.mark.slow
def test_many_readers_at_once_and_killed_ones_leave_it_whole(folder: Path) -> None:
    command = [sys.executable, "-c", READ, str(folder)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(6)]
    for reader in readers[:2]:
        assert reader.stdout is not None
        reader.stdout.readline()
        reader.kill()
    outputs = [set(reader.communicate()[0].splitlines()) for reader in readers[2:]]
    assert [reader.returncode for reader in readers[2:]] == [0] * 4
    assert len(set.union(*outputs)) == 1
    index = VectorIndex(*some_vectors(), folder)
    index.check(sample=0)
    index.close()
