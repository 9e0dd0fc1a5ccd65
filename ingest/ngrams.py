"""How alike two lines are: cosines over stems, over runs of letters and over the concepts that they name, for every line at once.

Runs of letters find what stems do not: slips of the keyboard, other forms of a word, and the little words by which a question is put ("how
many", "by when"), which lexical search drops. Concepts are the same in every language. The columns are hashed, so that there is no
vocabulary to read when a process starts.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.analysis import terms, words

COLUMNS = 1 << 20
LETTERS = (3, 4, 5)
"""Lengths of the runs of letters; they do not cross the edges of a word."""

Row = dict[int, float]
"""Weights by column, of length 1 together."""

FILES = ("columns", "starts", "rows", "weights")


class Line(NamedTuple):
    """What is compared: a line or a question, its language, and ids of the concepts that it names."""

    text: str
    language: str
    concepts: tuple[str, ...]


def stem_grams(line: Line) -> Iterator[str]:
    """The stems of a line and each two neighbours among them."""
    stems = [term.stem for term in terms(line.text, line.language)]
    yield from stems
    yield from (f"{first} {second}" for first, second in pairwise(stems))


def letter_grams(line: Line) -> Iterator[str]:
    """The runs of `LETTERS` letters of each word, its edges marked by a space; a shorter word is one run."""
    for word, _, _ in words(line.text):
        marked = f" {word} "
        for length in LETTERS:
            if len(marked) <= length:
                yield marked
                break
            yield from (marked[place : place + length] for place in range(len(marked) - length + 1))


BLOCKS: dict[str, Callable[[Line], Iterator[str]]] = {"stems": stem_grams, "letters": letter_grams, "concepts": lambda line: iter(line.concepts)}


@dataclass(frozen=True, slots=True)
class Block:
    """An inverted index of lines: in column `columns[p]` stand `rows[starts[p]:starts[p + 1]]` with their weights.

    Attributes:
        columns: Those that any line has, ascending.
        starts: One more than there are columns.
        rows: Lines, ascending within a column.
        weights: Of the lines in the column.
        lines: How many there are.
    """

    columns: NDArray[np.int32]
    starts: NDArray[np.int32]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    lines: int

    def _span(self, column: int) -> tuple[int, int]:
        """Where the lines of a column stand; an empty run for one that no line has."""
        place = int(np.searchsorted(self.columns, column))
        if place == len(self.columns) or self.columns[place] != column:
            return 0, 0
        return int(self.starts[place]), int(self.starts[place + 1])

    def rarity(self, column: int) -> float:
        """Weight of a column by rarity: 1 + ln((1 + lines) / (1 + lines with it)), the smoothed inverse document frequency."""
        start, end = self._span(column)
        return 1.0 + math.log((1 + self.lines) / (1 + end - start))

    def row(self, grams: Iterator[str]) -> Row:
        """A line as weights: (1 + ln count) times rarity, divided so that the squares add up to 1; empty for a line without grams.

        Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval, 6.4.1 (sublinear tf) and 6.3.1 (cosine).
        """
        found = {column: (1.0 + math.log(count)) * self.rarity(column) for column, count in columns(grams).items()}
        length = math.sqrt(sum(sorted(weight * weight for weight in found.values())))
        return {column: weight / length for column, weight in sorted(found.items())} if length else {}

    def cosines(self, row: Row) -> NDArray[np.float64]:
        """Cosine of a line with each stored one, in order, rounded to six places."""
        held = [(*self._span(column), weight) for column, weight in row.items()]
        held = [one for one in held if one[0] < one[1]]
        if not held:
            return np.zeros(self.lines)
        rows = np.concatenate([self.rows[start:end] for start, end, _ in held])
        weights = np.concatenate([self.weights[start:end] * np.float32(weight) for start, end, weight in held])
        return np.round(np.bincount(rows, weights=weights, minlength=self.lines), 6)

    def only(self, kept: NDArray[np.bool_]) -> Block:
        """Some of the lines, renumbered; their weights stay those of the whole."""
        chosen = kept[self.rows]
        counted = np.concatenate([[0], np.cumsum(chosen)])
        places = np.cumsum(kept) - 1
        starts = counted[self.starts].astype(np.int32)
        return Block(self.columns, starts, places[self.rows[chosen]].astype(np.int32), self.weights[chosen], int(kept.sum()))


def table(block: Block) -> Any:
    """The block as a sparse matrix of scipy's, one row a line, one column for each that occurs."""
    from scipy.sparse import csc_matrix  # heavy, and needed at ingest alone

    return csc_matrix((block.weights, block.rows, block.starts), shape=(block.lines, len(block.columns))).tocsr()


def columns(grams: Iterator[str]) -> Counter[int]:
    """How often each column occurs."""
    return Counter(zlib.crc32(gram.encode("utf-8", "surrogatepass")) % COLUMNS for gram in grams)


def row_of(line: Line, name: str, block: Block) -> Row:
    """A line as the weights of a block's columns."""
    return block.row(BLOCKS[name](line))


def make_blocks(lines: Sequence[Line]) -> dict[str, Block]:
    """The blocks over some lines."""
    return {name: _block([columns(grams(line)) for line in lines]) for name, grams in BLOCKS.items()}


def _block(counted: Sequence[Counter[int]]) -> Block:
    held = np.zeros(COLUMNS, dtype=np.int64)
    for one in counted:
        held[list(one)] += 1
    rarity = 1.0 + np.log((1 + len(counted)) / (1 + held))
    cells = sum(len(one) for one in counted)
    at, rows, weights = np.zeros(cells, np.int64), np.zeros(cells, np.int32), np.zeros(cells, np.float64)
    place = 0
    for row, one in enumerate(counted):
        end = place + len(one)
        at[place:end] = list(one)
        rows[place:end] = row
        found = (1.0 + np.log(np.fromiter(one.values(), np.float64, len(one)))) * rarity[at[place:end]]
        weights[place:end] = found / max(float(np.linalg.norm(found)), 1e-12)
        place = end
    order = np.lexsort((rows, at))
    there = np.flatnonzero(held)
    starts = np.concatenate([[0], np.cumsum(held[there])]).astype(np.int32)
    return Block(there.astype(np.int32), starts, rows[order], weights[order].astype(np.float32), len(counted))


def save_blocks(blocks: Mapping[str, Block], folder: Path) -> None:
    """Writes blocks to a folder that exists."""
    for name, block in blocks.items():
        for file in FILES:
            np.save(folder / f"{name}-{file}.npy", getattr(block, file))


def open_blocks(folder: Path, lines: int) -> dict[str, Block]:
    """The blocks that `save_blocks` wrote, read from disk as they are needed.

    Raises:
        OSError, ValueError: A file is missing or not whole.
    """
    found = {}
    for name in BLOCKS:
        stored, starts, rows, weights = (np.load(folder / f"{name}-{file}.npy", mmap_mode="r") for file in FILES)
        found[name] = Block(stored, starts, rows, weights, lines)
    return found
