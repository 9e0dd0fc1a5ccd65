"""What is derived from the editors' lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.index import Index
from ingest.judge import LEAST, Lessons, enough
from ingest.lines import MEANING, SIDES, WRITTEN, Lines, line_of, lines_of, open_lines, save_lines
from ingest.ngrams import Line, make_blocks
from ingest.passages import Passage
from ingest.thesaurus import Concept, Thesaurus

TOPICS = ("return", "smuggling", "diaspora", "climate", "visas", "training", "asylum", "borders", "youth", "trade")
ASKED = [f"What does the text say about {topic} and {other}?" for topic in TOPICS for other in TOPICS if topic != other]
VAIN = [f"How much money is paid for {topic} and {other} by which deadline?" for topic in TOPICS for other in TOPICS if topic != other]


def passages(extra: str = "") -> list[Passage]:
    text = Passage("one/para-1", "text", "en", f"The text. {extra}", 0, 9)
    return [text, *(Passage("one/para-1", "question", "en", line) for line in ASKED), *(Passage("one", "silent", "en", line) for line in VAIN)]


NO_CONCEPTS = Thesaurus(())
NAMES = {"en": "fishing", "fr": "pêche", "ar": "صيد"}
VECTOR = np.full(4, 0.5, dtype=np.float32)
"""All lines mean the same here: what is judged is how they are written."""


def saved(some: list[Passage], folder: Path, earlier: Sequence[Path] = (), thesaurus: Thesaurus = NO_CONCEPTS, scale: float = 1.0) -> Lines:
    vectors = np.tile(VECTOR * np.float32(scale), (len(some), 1))
    save_lines(some, ["one"], thesaurus, vectors, folder, earlier)
    return open_lines(some, ["one"], vectors, folder)


def judged(lines: Lines, text: str, side: str = "first") -> float:
    return lines.judged(side, lines.likeness(line_of(text, "en", NO_CONCEPTS), VECTOR)[1])


def test_the_judge_tells_how_a_question_is_put_whatever_it_is_about(tmp_path: Path):
    lines = saved(passages(), tmp_path / "lines")
    assert judged(lines, "What does the text say about fishing?") > 0.2
    assert judged(lines, "How much money is paid for fishing?") < -0.2
    assert judged(lines, "xyzzy") == pytest.approx(judged(lines, "plugh"), abs=0.02)


def test_too_few_lines_teach_nothing():
    assert not enough(np.asarray([True] * (LEAST + 1) + [False] * (LEAST - 1)))
    assert enough(np.asarray([True] * LEAST + [False] * LEAST))


def test_of_very_many_lines_those_that_teach_are_chosen():
    answered = np.asarray([True] * 900 + [False] * 60)
    place = np.where(answered, 1.0, 0.0)
    found = Lessons(lambda some, others: 1.0 - np.abs(place[some][:, None] - place[others]).astype(np.float32), 1.0, answered, 200).coefficients()
    assert np.count_nonzero(found) == 200
    assert np.count_nonzero(found[~answered]) == 60


def test_what_is_learnt_without_some_lines_is_what_the_others_teach_alone():
    random = np.random.default_rng(5)
    points = random.normal(size=(160, 6))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    answered, gone = random.random(160) < 0.5, random.random(160) < 0.3

    def likeness(of: np.ndarray):
        return lambda some, others: (of[some] @ of[others].T).astype(np.float32)

    found = Lessons(likeness(points), 1.0, answered).coefficients(gone)
    assert not found[gone].any()
    assert found[~gone] == pytest.approx(Lessons(likeness(points[~gone]), 1.0, answered[~gone]).coefficients(), abs=2e-3)


def test_lines_are_opened_as_they_were_saved(tmp_path: Path):
    lines = saved(passages(), tmp_path / "lines")
    assert lines.passages.tolist() == list(range(1, len(ASKED) + len(VAIN) + 1))
    assert lines.answered.tolist() == [True] * len(ASKED) + [False] * len(VAIN)
    assert list(lines.judges) == ["first"]
    assert judged(lines, VAIN[0]) < 0 < judged(lines, ASKED[0])
    assert judged(lines, ASKED[0], "others") == 0.0


def test_a_generation_that_differs_in_texts_alone_takes_the_lines_over(tmp_path: Path):
    saved(passages(), tmp_path / "old")
    (tmp_path / "old" / "mark").write_text("taken over")
    saved(passages("Another word."), tmp_path / "same", [tmp_path / "missing", tmp_path / "old"])
    assert (tmp_path / "same" / "mark").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"some": passages()[:-1]},
        {"thesaurus": Thesaurus((Concept("fishing", NAMES, {language: (name,) for language, name in NAMES.items()}, NAMES),))},
        {"scale": 0.5},
    ],
    ids=["a line", "a concept", "the vectors"],
)
def test_what_is_learnt_from_other_lines_concepts_or_vectors_is_not_taken_over(changed: dict[str, Any], tmp_path: Path):
    saved(passages(), tmp_path / "old")
    (tmp_path / "old" / "mark").write_text("taken over")
    saved(folder=tmp_path / "other", earlier=[tmp_path / "old"], **({"some": passages()} | changed))
    assert not (tmp_path / "other" / "mark").exists()


def test_what_the_encoder_cannot_read_is_alike_in_meaning_to_nothing_that_it_can():
    some = [Passage("one/para-1", "question", "en", "Who pays?"), Passage("one/para-1", "question", "ar", "من يدفع؟")]
    vectors = np.asarray([VECTOR, np.zeros(4)], dtype=np.float32)
    blocks = make_blocks([Line(one.text, one.language, ()) for one in some])
    lines = lines_of(some, ["one"], vectors, np.asarray([True, False]), blocks, {})
    other = Line("xyzzy", "en", ())
    assert lines.likeness(other, VECTOR)[1].tolist() == pytest.approx([MEANING, 0.0])
    assert lines.likeness(other, None)[1].tolist() == pytest.approx([0.0, MEANING])
    assert lines.likeness(Line("Who pays?", "en", ()), VECTOR)[0][0] == pytest.approx(sum(WRITTEN.values()))


def test_the_real_index_has_a_judge_for_each_side(index: Index):
    assert tuple(index.lines.judges) == SIDES
    assert len(index.lines.passages) == sum(one.kind != "text" for one in index.passages)
