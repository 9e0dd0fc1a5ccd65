"""What is derived from the editors' lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.index import Index
from ingest.judge import LEAST, Lessons, enough
from ingest.lines import KEY, SIDES, Lines, open_lines, save_lines
from ingest.passages import Passage

TOPICS = ("return", "smuggling", "diaspora", "climate", "visas", "training", "asylum", "borders", "youth", "trade")
ASKED = [f"What does the text say about {topic} and {other}?" for topic in TOPICS for other in TOPICS if topic != other]
VAIN = [f"How much money is paid for {topic} and {other} by which deadline?" for topic in TOPICS for other in TOPICS if topic != other]


def passages(extra: str = "") -> list[Passage]:
    text = Passage("one/para-1", "text", "en", f"The text. {extra}", 0, 9)
    return [text, *(Passage("one/para-1", "question", "en", line) for line in ASKED), *(Passage("one", "silent", "en", line) for line in VAIN)]


def judged(lines: Lines, text: str, side: str = "first") -> float:
    return lines.judged(side, lines.written(lines.rows(text, "en")))


def test_the_judge_tells_how_a_question_is_put_whatever_it_is_about(tmp_path: Path):
    save_lines(passages(), ["one"], tmp_path / "lines", ())
    lines = open_lines(passages(), ["one"], tmp_path / "lines")
    assert judged(lines, "What does the text say about fishing?") > 0.2
    assert judged(lines, "How much money is paid for fishing?") < -0.2
    assert judged(lines, "xyzzy") == pytest.approx(judged(lines, "plugh"), abs=0.02)
    nobody = np.zeros(len(lines.passages), dtype=np.bool_)
    assert lines.judged("first", lines.written(lines.rows(VAIN[0], "en")), nobody) == 0.0


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
    save_lines(passages(), ["one"], tmp_path / "lines", ())
    lines = open_lines(passages(), ["one"], tmp_path / "lines")
    assert lines.passages.tolist() == list(range(1, len(ASKED) + len(VAIN) + 1))
    assert lines.answered.tolist() == [True] * len(ASKED) + [False] * len(VAIN)
    assert list(lines.judges) == ["first"]
    assert judged(lines, VAIN[0]) < 0 < judged(lines, ASKED[0])
    assert judged(lines, ASKED[0], "others") == 0.0


def test_a_generation_that_differs_in_texts_alone_takes_the_lines_over(tmp_path: Path):
    save_lines(passages(), ["one"], tmp_path / "old", ())
    (tmp_path / "old" / "mark").write_text("taken over")
    save_lines(passages("Another word."), ["one"], tmp_path / "same", [tmp_path / "missing", tmp_path / "old"])
    assert (tmp_path / "same" / "mark").exists()
    save_lines(passages()[:-1], ["one"], tmp_path / "other", [tmp_path / "old"])
    assert not (tmp_path / "other" / "mark").exists()
    assert (tmp_path / "other" / KEY).read_text() != (tmp_path / "old" / KEY).read_text()


def test_the_real_index_has_a_judge_for_each_side(index: Index):
    assert tuple(index.lines.judges) == SIDES
    assert len(index.lines.passages) == sum(one.kind != "text" for one in index.passages)
