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

from ingest.judge import Judge
from ingest.ngrams import Block, Row, make_blocks, open_blocks, row_of, save_blocks
from ingest.passages import Passage

KEY = "key"
FORM = 3
"""Raised whenever the files change their form, or how a line is cut into columns."""

SIDES = ("first", "others")
"""The instrument that the assistant is about, and all the others together: each has a judge of its own."""


@dataclass(frozen=True)
class Lines:
    """The lines of an index, in the order of their passages.

    Attributes:
        passages: Row of each line among the passages.
        answered: Whether it is answered by a provision.
        elsewhere: Whether it has nothing to do with any instrument.
        instrument: The instrument of each other line, as its place among the instruments.
        blocks: How the lines are written.
        judges: By side, where there are lines enough.
    """

    passages: NDArray[np.int64]
    answered: NDArray[np.bool_]
    elsewhere: NDArray[np.bool_]
    instrument: NDArray[np.int64]
    blocks: dict[str, Block]
    judges: dict[str, Judge]

    def rows(self, text: str, language: str) -> dict[str, Row]:
        """A question as weights, by block."""
        return {name: row_of(text, language, name, block) for name, block in self.blocks.items()}

    def judged(self, side: str, rows: dict[str, Row]) -> float:
        """Log odds that a question is put as those that a side answers; 0 where there is no judge."""
        judge = self.judges.get(side)
        return judge.judge(rows) if judge else 0.0


def lines_of(passages: Sequence[Passage], instruments: Iterable[str], blocks: dict[str, Block], judges: dict[str, Judge]) -> Lines:
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


def learn(lines: Lines) -> dict[str, Judge]:
    """The judge of each side that has lines enough."""
    found = {}
    for side in SIDES:
        rows = np.flatnonzero(((lines.instrument == 0) == (side == "first")) | lines.elsewhere)
        judge = Judge.learn(lines.blocks, rows, lines.answered[rows])
        if judge:
            found[side] = judge
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
        judge.save(folder / f"judge-{side}.npz")
    (folder / KEY).write_text(key, "utf-8")


def open_lines(passages: Sequence[Passage], instruments: Iterable[str], folder: Path) -> Lines:
    """What `save_lines` wrote.

    Raises:
        OSError, ValueError, KeyError: A file is missing or not whole.
    """
    count = sum(one.kind != "text" for one in passages)
    judges = {side: Judge.from_file(path) for side in SIDES if (path := folder / f"judge-{side}.npz").exists()}
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
