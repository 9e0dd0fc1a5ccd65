"""Looking at an index without some of what it holds."""

from __future__ import annotations

import pytest

from evals.view import View

DECLARATION = "cairo-declaration-2025"


def test_what_is_taken_away_is_gone_everywhere(index):
    gone = f"{DECLARATION}/para-9"
    view = View(index, instruments=(DECLARATION,), without=(gone,))
    left = {one.id for one in index.provisions.values() if one.instrument == DECLARATION} - {gone, f"{gone}.fn-1"}
    assert view.provisions.keys() == left
    assert {one.provision for one in view.passages} <= left | {DECLARATION}
    assert set(view.instruments) == {DECLARATION}
    assert len(view.searched) == len(view.row_of)
    assert f"{DECLARATION}/para-1" in view.provisions  # taking para-2 away leaves para-20 alone
    assert f"{DECLARATION}/para-20" in View(index, without=(f"{DECLARATION}/para-2",)).provisions


@pytest.mark.slow
def test_a_view_of_everything_finds_what_the_index_finds(index):
    vector = index.encoder.encode(["the return of migrants"])[0]
    whole, view = index.vectors.nearest(vector, 5, "question"), View(index).vectors.nearest(vector, 5, "question")
    assert whole == view


def test_without_vectors_nothing_is_near(index):
    vector = index.encoder.encode(["the return of migrants"])[0]
    assert View(index, dense=False).vectors.nearest(vector, 5, "text") == []


def test_a_muted_field_knows_its_terms_and_finds_none(index):
    view = View(index, mute=("text",))
    assert view.fields["text"].has("migrat") == index.fields["text"].has("migrat")
    assert not view.fields["text"].scores({"migrat": 1.0}).any()
