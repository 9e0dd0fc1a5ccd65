"""The editors' lines as search uses them: what people ask, known to be answered by a provision, or known not to be answered.

They are derived from the passages and stored with a generation: an index of how they are written (`ingest/ngrams.py`) and what was learnt
from them (`ingest/judge.py`). Texts that a user adds have none, so a generation that differs in nothing but texts takes them over.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.judge import Lessons, closeness, enough
from ingest.ngrams import Block, Row, make_blocks, open_blocks, row_of, save_blocks, table
from ingest.passages import Passage

KEY = "key"
FORM = 4
"""Raised whenever the files change their form, or how a line is cut into columns."""

WRITTEN = {"stems": 0.3, "letters": 1.0}
"""Weights of the two cosines of which likeness in writing is the sum. Tried in steps of 0.2 on the development questions; the letters weigh
most, since they also hold how a question is put."""

TOP = sum(WRITTEN.values())
"""Likeness in writing of a line to itself."""

SIDES = ("first", "others")
"""The instrument that the assistant is about, and all the others together: each has a judge of its own."""


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of an index, in the order of their passages.

    Attributes:
        passages: Row of each line among the passages.
        answered: Whether it is answered by a provision.
        elsewhere: Whether it has nothing to do with any instrument.
        instrument: The instrument of each other line, as its place among the instruments.
        blocks: How the lines are written.
        judges: By side, where there are lines enough, a coefficient for each line (`ingest/judge.py`); 0 for one of the other side.
    """

    passages: NDArray[np.int64]
    answered: NDArray[np.bool_]
    elsewhere: NDArray[np.bool_]
    instrument: NDArray[np.int64]
    blocks: dict[str, Block]
    judges: dict[str, NDArray[np.float32]]

    def rows(self, text: str, language: str) -> dict[str, Row]:
        """A question as weights, by block."""
        return {name: row_of(text, language, name, block) for name, block in self.blocks.items()}

    def written(self, rows: dict[str, Row]) -> NDArray[np.float64]:
        """How alike each line is written to a question, 0 to `TOP`."""
        return np.asarray(sum(weight * self.blocks[name].cosines(rows[name]) for name, weight in WRITTEN.items()))

    def judged(self, side: str, written: NDArray[np.float64], counted: NDArray[np.bool_] | None = None) -> float:
        """About 1 for a question that is put as those that a side answers, about -1 for a vain one; 0 where there is no judge.

        Args:
            side: One of `SIDES`.
            written: Likeness of each line to the question.
            counted: The lines that may speak; None for all.
        """
        judge = self.judges.get(side)
        if judge is None:
            return 0.0
        said = judge * closeness(written, TOP)
        return round(float(said.sum() if counted is None else said[counted].sum()), 2)


def lines_of(passages: Sequence[Passage], instruments: Iterable[str], blocks: dict[str, Block], judges: dict[str, NDArray[np.float32]]) -> Lines:
    """The lines among `passages`."""
    places = {one: place for place, one in enumerate(instruments)}
    rows = [row for row, one in enumerate(passages) if one.kind != "text"]
    return Lines(
        np.asarray(rows, dtype=np.int64),
        np.asarray([passages[row].kind == "question" for row in rows], dtype=np.bool_),
        np.asarray([passages[row].kind == "elsewhere" for row in rows], dtype=np.bool_),
        np.asarray([places[passages[row].provision.partition("/")[0]] for row in rows], dtype=np.int64),
        blocks,
        judges,
    )


def of_side(lines: Lines, side: str) -> NDArray[np.int64]:
    """The places of the lines that a side's judge learns from."""
    return np.flatnonzero(((lines.instrument == 0) == (side == "first")) | lines.elsewhere)


def lessons(lines: Lines, side: str) -> Lessons:
    """What the lines of a side teach, in the order of `of_side`."""
    rows = of_side(lines, side)
    own = [(np.float32(weight), table(lines.blocks[name])[rows]) for name, weight in WRITTEN.items()]

    def likeness(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.asarray(sum(weight * (one[some] @ one[others].T).toarray() for weight, one in own))

    return Lessons(likeness, TOP, lines.answered[rows])


def learn(lines: Lines) -> dict[str, NDArray[np.float32]]:
    """The judge of each side that has lines enough."""
    found = {}
    for side in SIDES:
        rows = of_side(lines, side)
        if enough(lines.answered[rows]):
            found[side] = np.zeros(len(lines.answered), dtype=np.float32)
            found[side][rows] = lessons(lines, side).coefficients()
    return found


def save_lines(passages: Sequence[Passage], instruments: Sequence[str], folder: Path, earlier: Iterable[Path]) -> None:
    """Writes what is derived from the lines, or takes it over from an earlier folder with the same lines.

    Args:
        passages: All passages.
        instruments: Ids in order.
        folder: Where to; must not exist.
        earlier: Folders of other generations that may hold the same.
    """
    key = _key(passages, instruments)
    for other in earlier:
        if (other / KEY).is_file() and (other / KEY).read_text("utf-8") == key:
            shutil.copytree(other, folder)
            return
    folder.mkdir(parents=True)
    blocks = make_blocks([(one.text, one.language) for one in passages if one.kind != "text"])
    save_blocks(blocks, folder)
    for side, judge in learn(lines_of(passages, instruments, blocks, {})).items():
        np.save(folder / f"judge-{side}.npy", judge)
    (folder / KEY).write_text(key, "utf-8")


def open_lines(passages: Sequence[Passage], instruments: Iterable[str], folder: Path) -> Lines:
    """What `save_lines` wrote.

    Raises:
        OSError, ValueError, KeyError: A file is missing or not whole.
    """
    count = sum(one.kind != "text" for one in passages)
    judges = {side: np.load(path) for side in SIDES if (path := folder / f"judge-{side}.npy").exists()}
    return lines_of(passages, instruments, open_blocks(folder, count), judges)


def _key(passages: Sequence[Passage], instruments: Sequence[str]) -> str:
    """Hash of the lines, and of which side each is on."""
    digest = hashlib.sha256(f"{FORM}\n".encode())
    first = next(iter(instruments), "")
    for one in passages:
        if one.kind != "text":
            side = SIDES[one.provision.partition("/")[0] != first]
            digest.update(f"{side}\0{one.kind}\0{one.language}\0{one.text}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
