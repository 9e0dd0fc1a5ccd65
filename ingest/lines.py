"""The editors' lines as search uses them: what people ask, known to be answered by a provision, or known not to be answered.

They are derived from the passages and stored with a generation: an index of how they are put (`ingest/ngrams.py`) and what was learnt
from them (`ingest/judge.py`). Texts that a user adds have none, so a generation that differs in nothing but texts takes them over.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Vectors
from ingest.judge import Lessons, closeness, enough
from ingest.ngrams import Block, Line, make_blocks, open_blocks, row_of, save_blocks, table
from ingest.passages import Passage
from ingest.thesaurus import Thesaurus

KEY = "key"
READABLE = "readable.npy"
FORM = 5
"""Raised whenever the files change their form, or how a line is cut into columns."""

WRITTEN = {"stems": 0.3, "letters": 1.0}
"""Weights of the two cosines of which likeness in writing is the sum. Tried in steps of 0.2 on the development questions; the letters weigh
most, since they also hold how a question is put."""

PUT = {**WRITTEN, "concepts": 0.15}
MEANING = 0.3
"""Weights of the cosines that the judge goes by, and of the one in meaning. Either addition refuses one in a hundred silent development
questions more, both together two (ten-fold, `answerable` fitted anew each time)."""

TOP = sum(PUT.values()) + MEANING
"""Likeness of a line to itself, by which the judge goes."""

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
        readable: Whether the encoder can read it; a line that it cannot has no vector.
        blocks: How the lines are put.
        vectors: Of all passages.
        judges: By side, where there are lines enough, a coefficient for each line (`ingest/judge.py`); 0 for one of the other side.
    """

    passages: NDArray[np.int64]
    answered: NDArray[np.bool_]
    elsewhere: NDArray[np.bool_]
    instrument: NDArray[np.int64]
    readable: NDArray[np.bool_]
    blocks: dict[str, Block]
    vectors: Vectors
    judges: dict[str, NDArray[np.float32]]

    def likeness(self, question: Line, vector: Vectors | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How alike each line is to a question: in writing alone, 0 to 1.3; and all in all, 0 to `TOP`.

        Args:
            question: What is compared.
            vector: Its own; None for one that the encoder cannot read.
        """
        cosines = {name: block.cosines(row_of(question, name, block)) for name, block in self.blocks.items()}
        written, put = (np.asarray(sum(weight * cosines[name] for name, weight in weights.items())) for weights in (WRITTEN, PUT))
        return written, put + MEANING * self._meaning(vector)

    def _meaning(self, vector: Vectors | None) -> NDArray[np.float64]:
        """The cosine of each line, those below 0 taken as 0; what the encoder cannot read is alike, and unlike all that it can."""
        if vector is None or not len(self.passages):
            return np.asarray(~self.readable, dtype=np.float64)
        start, end = int(self.passages[0]), int(self.passages[-1]) + 1
        return np.asarray(np.round(np.maximum(self.vectors[start:end] @ vector, 0.0)[self.passages - start], 6), dtype=np.float64)

    def judged(self, side: str, put: NDArray[np.float64]) -> float:
        """About 1 for a question that is put as those that a side answers, about -1 for a vain one; 0 where there is no judge.

        Args:
            side: One of `SIDES`.
            put: Likeness of each line to the question, all in all.
        """
        judge = self.judges.get(side)
        if judge is None:
            return 0.0
        return round(float((judge * closeness(put, TOP)).sum()), 2)


def lines_of(
    passages: Sequence[Passage],
    instruments: Iterable[str],
    vectors: Vectors,
    readable: NDArray[np.bool_],
    blocks: dict[str, Block],
    judges: dict[str, NDArray[np.float32]],
) -> Lines:
    """The lines among `passages`; `vectors` are those of all passages, the rest is of the lines alone."""
    places = {one: place for place, one in enumerate(instruments)}
    rows = [row for row, one in enumerate(passages) if one.kind != "text"]
    return Lines(
        np.asarray(rows, dtype=np.int64),
        np.asarray([passages[row].kind == "question" for row in rows], dtype=np.bool_),
        np.asarray([passages[row].kind == "elsewhere" for row in rows], dtype=np.bool_),
        np.asarray([places[passages[row].provision.partition("/")[0]] for row in rows], dtype=np.int64),
        readable,
        blocks,
        vectors,
        judges,
    )


def of_side(lines: Lines, side: str) -> NDArray[np.int64]:
    """The places of the lines that a side's judge learns from."""
    return np.flatnonzero(((lines.instrument == 0) == (side == "first")) | lines.elsewhere)


def lessons(lines: Lines, side: str) -> Lessons:
    """What the lines of a side teach, in the order of `of_side`."""
    rows = of_side(lines, side)
    own = [(np.float32(weight), table(lines.blocks[name])[rows]) for name, weight in PUT.items()]
    unread = (~lines.readable[rows]).astype(np.float32)[:, None]
    meaning = np.hstack([lines.vectors[lines.passages[rows]], unread])

    def likeness(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
        put = sum(weight * (one[some] @ one[others].T).toarray() for weight, one in own)
        return np.asarray(put + np.float32(MEANING) * np.maximum(meaning[some] @ meaning[others].T, 0.0))

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


def save_lines(
    passages: Sequence[Passage], instruments: Sequence[str], thesaurus: Thesaurus, vectors: Vectors, folder: Path, earlier: Iterable[Path]
) -> None:
    """Writes what is derived from the lines, or takes it over from an earlier folder with the same lines.

    Args:
        passages: All passages.
        instruments: Ids in order.
        thesaurus: The concepts that are looked for in the lines.
        vectors: Of all passages; those of a line that the encoder cannot read are 0.
        folder: Where to; must not exist.
        earlier: Folders of other generations that may hold the same.
    """
    key = _key(passages, instruments, thesaurus, vectors)
    for other in earlier:
        if (other / KEY).is_file() and (other / KEY).read_text("utf-8") == key:
            shutil.copytree(other, folder)
            return
    folder.mkdir(parents=True)
    blocks = make_blocks([line_of(one.text, one.language, thesaurus) for one in passages if one.kind != "text"])
    save_blocks(blocks, folder)
    readable = np.asarray([bool(vectors[row].any()) for row, one in enumerate(passages) if one.kind != "text"], dtype=np.bool_)
    np.save(folder / READABLE, readable)
    for side, judge in learn(lines_of(passages, instruments, vectors, readable, blocks, {})).items():
        np.save(folder / f"judge-{side}.npy", judge)
    (folder / KEY).write_text(key, "utf-8")


def line_of(text: str, language: str, thesaurus: Thesaurus) -> Line:
    """A text as it is compared with the lines."""
    return Line(text, language, tuple(dict.fromkeys(mention.concept for mention in thesaurus.find(text, language))))


def open_lines(passages: Sequence[Passage], instruments: Iterable[str], vectors: Vectors, folder: Path) -> Lines:
    """What `save_lines` wrote.

    Raises:
        OSError, ValueError, KeyError: A file is missing or not whole.
    """
    count = sum(one.kind != "text" for one in passages)
    judges = {side: np.load(path) for side in SIDES if (path := folder / f"judge-{side}.npy").exists()}
    return lines_of(passages, instruments, vectors, np.load(folder / READABLE), open_blocks(folder, count), judges)


def _key(passages: Sequence[Passage], instruments: Sequence[str], thesaurus: Thesaurus, vectors: Vectors) -> str:
    """Hash of the lines with their vectors, of which side each is on, and of the thesaurus."""
    digest = hashlib.sha256(f"{FORM}\n{json.dumps(thesaurus.to_json())}\n".encode())
    first = next(iter(instruments), "")
    for one, vector in zip(passages, vectors, strict=True):
        if one.kind != "text":
            side = SIDES[one.provision.partition("/")[0] != first]
            digest.update(f"{side}\0{one.kind}\0{one.language}\0{one.text}\n".encode("utf-8", "surrogatepass"))
            digest.update(vector.tobytes())
    return digest.hexdigest()
