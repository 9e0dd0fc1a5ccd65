"""What is derived from the editors' lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.index import Index
from ingest.judge import LEAST, Judge
from ingest.lines import KEY, SIDES, open_lines, save_lines
from ingest.ngrams import make_blocks, row_of
from ingest.passages import Passage

TOPICS = ("return", "smuggling", "diaspora", "climate", "visas", "training", "asylum", "borders", "youth", "trade")
ASKED = [f"What does the text say about {topic} and {other}?" for topic in TOPICS for other in TOPICS if topic != other]
VAIN = [f"How much money is paid for {topic} and {other} by which deadline?" for topic in TOPICS for other in TOPICS if topic != other]


def passages(extra: str = "") -> list[Passage]:
    text = Passage("one/para-1", "text", "en", f"The text. {extra}", 0, 9)
    return [text, *(Passage("one/para-1", "question", "en", line) for line in ASKED), *(Passage("one", "silent", "en", line) for line in VAIN)]


def test_the_judge_tells_how_a_question_is_put_whatever_it_is_about():
    blocks = make_blocks([(line, "en") for line in (*ASKED, *VAIN)])
    answered = np.asarray([True] * len(ASKED) + [False] * len(VAIN))
    judge = Judge.learn(blocks, np.arange(len(answered)), answered)
    assert judge is not None

    def judged(text: str) -> float:
        return judge.judge({name: row_of(text, "en", name, block) for name, block in blocks.items()})

    assert judged("What does the text say about fishing?") > 0
    assert judged("How much money is paid for fishing?") < 0
    assert judged("xyzzy") == pytest.approx(judged("plugh"))


def test_too_few_lines_teach_nothing():
    blocks = make_blocks([("a line", "en")] * (2 * LEAST))
    answered = np.asarray([True] * (2 * LEAST - LEAST + 1) + [False] * (LEAST - 1))
    assert Judge.learn(blocks, np.arange(2 * LEAST), answered) is None


def test_lines_are_opened_as_they_were_saved(tmp_path: Path):
    save_lines(passages(), ["one"], tmp_path / "lines", ())
    lines = open_lines(passages(), ["one"], tmp_path / "lines")
    assert lines.passages.tolist() == list(range(1, len(ASKED) + len(VAIN) + 1))
    assert lines.answered.tolist() == [True] * len(ASKED) + [False] * len(VAIN)
    assert list(lines.judges) == ["first"]
    assert lines.judged("first", lines.rows(VAIN[0], "en")) < 0 < lines.judged("first", lines.rows(ASKED[0], "en"))
    assert lines.judged("others", lines.rows(ASKED[0], "en")) == 0.0


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
