"""How alike lines are written."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.ngrams import BLOCKS, letter_grams, make_blocks, open_blocks, row_of, save_blocks, stem_grams

LINES = [("Who pays for returns?", "en"), ("Who pays?", "en"), ("Qui paie le retour ?", "fr"), ("من يدفع؟", "ar"), ("!!", "en")]


def test_runs_of_letters_stay_inside_a_word_and_mark_its_edges():
    assert list(letter_grams("a Cat", "en")) == [" a ", " ca", "cat", "at ", " cat", "cat ", " cat "]


def test_stems_come_with_their_neighbours():
    assert list(stem_grams("returning refugees", "en")) == ["return", "refuge", "return refuge"]


@pytest.fixture(params=["made", "opened"])
def blocks(request, tmp_path: Path):
    made = make_blocks(LINES)
    if request.param == "made":
        return made
    save_blocks(made, tmp_path)
    return open_blocks(tmp_path, len(LINES))


def test_a_line_is_most_like_itself(blocks):
    for name, block in blocks.items():
        for place, (text, language) in enumerate(LINES[:4]):
            cosines = block.cosines(row_of(text, language, name, block))
            assert cosines[place] == pytest.approx(1.0, abs=1e-5)
            assert cosines.max() == pytest.approx(cosines[place], abs=1e-5)


def test_a_slip_of_the_keyboard_leaves_runs_of_letters_in_common(blocks):
    letters = blocks["letters"].cosines(row_of("who pais for retruns", "en", "letters", blocks["letters"]))
    assert letters.argmax() == 0


def test_what_has_nothing_in_common_is_at_zero(blocks):
    for name, block in blocks.items():
        assert not block.cosines(row_of("xyzzy", "en", name, block)).any()
        assert not block.cosines(row_of("", "en", name, block)).any()


def test_weights_by_hand():
    block = make_blocks([("return", "en"), ("return refugee", "en")])["stems"]
    # "return" stands in both lines, "refuge" and "return refuge" in one of two.
    common, rare = 1 + math.log(3 / 3), 1 + math.log(3 / 2)
    length = math.sqrt(common**2 + 2 * rare**2)
    assert sorted(row_of("return refugee", "en", "stems", block).values()) == pytest.approx(sorted([common / length, rare / length, rare / length]))


def test_some_of_the_lines_keep_their_cosines(blocks):
    kept = np.asarray([True, False, True, True, False])
    for name, block in blocks.items():
        row = row_of("Who pays for the return?", "en", name, block)
        assert block.only(kept).cosines(row).tolist() == block.cosines(row)[kept].tolist()


@given(st.text(), st.sampled_from(["en", "fr", "ar"]))
def test_any_text_is_a_row_of_length_one_or_empty(text, language):
    blocks = make_blocks([*LINES, (text, language)])
    for name in BLOCKS:
        row = row_of(text, language, name, blocks[name])
        assert not row or math.sqrt(sum(weight * weight for weight in row.values())) == pytest.approx(1.0)
        cosines = blocks[name].cosines(row)
        assert (cosines >= 0).all()
        assert (cosines <= 1 + 1e-5).all()
