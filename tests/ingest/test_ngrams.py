"""How alike lines are put."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.ngrams import BLOCKS, Line, letter_grams, make_blocks, open_blocks, row_of, save_blocks, stem_grams

LINES = [
    Line("Who pays for returns?", "en", ("return",)),
    Line("Who pays?", "en", ()),
    Line("Qui paie le retour ?", "fr", ("return",)),
    Line("من يدفع؟", "ar", ()),
    Line("!!", "en", ()),
]


def english(text: str) -> Line:
    return Line(text, "en", ())


def test_runs_of_letters_stay_inside_a_word_and_mark_its_edges():
    assert list(letter_grams(english("a Cat"))) == [" a ", " ca", "cat", "at ", " cat", "cat ", " cat "]


def test_stems_come_with_their_neighbours():
    assert list(stem_grams(english("returning refugees"))) == ["return", "refuge", "return refuge"]


@pytest.fixture(params=["made", "opened"])
def blocks(request, tmp_path: Path):
    made = make_blocks(LINES)
    if request.param == "made":
        return made
    save_blocks(made, tmp_path)
    return open_blocks(tmp_path, len(LINES))


def test_a_line_is_most_like_itself(blocks):
    for name, block in blocks.items():
        for place, line in enumerate(LINES[:4]):
            if name == "concepts" and not line.concepts:
                continue
            cosines = block.cosines(row_of(line, name, block))
            assert cosines[place] == pytest.approx(1.0, abs=1e-5)
            assert cosines.max() == pytest.approx(cosines[place], abs=1e-5)


def test_a_slip_of_the_keyboard_leaves_runs_of_letters_in_common(blocks):
    letters = blocks["letters"].cosines(row_of(english("who pais for retruns"), "letters", blocks["letters"]))
    assert letters.argmax() == 0


def test_lines_on_the_same_concept_are_alike_in_any_language(blocks):
    block = blocks["concepts"]
    assert block.cosines(row_of(Line("العودة", "ar", ("return",)), "concepts", block)).tolist() == pytest.approx([1, 0, 1, 0, 0])


def test_what_has_nothing_in_common_is_at_zero(blocks):
    for name, block in blocks.items():
        assert not block.cosines(row_of(english("xyzzy"), name, block)).any()
        assert not block.cosines(row_of(english(""), name, block)).any()


def test_weights_by_hand():
    block = make_blocks([english("return"), english("return refugee")])["stems"]
    # "return" stands in both lines, "refuge" and "return refuge" in one of two.
    common, rare = 1 + math.log(3 / 3), 1 + math.log(3 / 2)
    length = math.sqrt(common**2 + 2 * rare**2)
    assert sorted(row_of(english("return refugee"), "stems", block).values()) == pytest.approx(
        sorted([common / length, rare / length, rare / length])
    )


def test_some_of_the_lines_keep_their_cosines(blocks):
    kept = np.asarray([True, False, True, True, False])
    for name, block in blocks.items():
        row = row_of(LINES[0], name, block)
        assert block.only(kept).cosines(row).tolist() == block.cosines(row)[kept].tolist()


@given(st.text(), st.sampled_from(["en", "fr", "ar"]))
def test_any_text_is_a_row_of_length_one_or_empty(text, language):
    line = Line(text, language, tuple(text.split()))
    blocks = make_blocks([*LINES, line])
    for name in BLOCKS:
        row = row_of(line, name, blocks[name])
        assert not row or math.sqrt(sum(weight * weight for weight in row.values())) == pytest.approx(1.0)
        cosines = blocks[name].cosines(row)
        assert (cosines >= 0).all()
        assert (cosines <= 1 + 1e-5).all()
