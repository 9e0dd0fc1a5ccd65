"""What the lines that are most alike say."""

from __future__ import annotations

import pytest

from ingest.index import Index
from retriever.look import look
from retriever.question import parse
from retriever.votes import vote

DECLARATION = "cairo-declaration-2025"


def rows(index: Index) -> list[int]:
    return [row for row, one in enumerate(index.searched) if one.startswith(f"{DECLARATION}/")]


def test_shares_are_of_those_that_may_answer(index: Index) -> None:
    votes = vote(look(parse("sending back people whose asylum claim failed", index), index), index, rows(index))
    assert votes.shares.sum() == pytest.approx(1.0)
    assert votes.shares.argmax() == index.row_of[f"{DECLARATION}/para-23"]
    assert not any(votes.shares[row] for row in range(len(index.searched)) if row not in set(rows(index)))


def test_a_known_line_has_the_last_word(index: Index) -> None:
    line = next(one.text for one in index.passages if one.kind == "silent" and one.provision == DECLARATION and one.language == "en")
    votes = vote(look(parse(line, index), index), index, rows(index))
    assert votes.silent > votes.answered
    assert votes.sharp < 0


def test_what_is_not_there_has_no_vote(index: Index) -> None:
    gone = index.row_of[f"{DECLARATION}/para-23"]
    seen = look(parse("sending back people whose asylum claim failed", index), index)
    votes, without = vote(seen, index, rows(index)), vote(seen, index, [row for row in rows(index) if row != gone])
    assert without.shares[gone] == 0.0
    assert without.sharp < votes.sharp


def test_without_lines_nothing_is_said(index: Index) -> None:
    from evals.view import View

    view = View(index, instruments=(DECLARATION,), kinds=("text",))
    votes = vote(look(parse("return", view), view), view, range(len(view.searched)))
    assert (votes.sharp, votes.broad, votes.answered, votes.silent, votes.pull) == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert not votes.shares.any()


def test_what_has_nothing_to_do_with_any_text_counts_for_each(index: Index) -> None:
    line = next(one.text for one in index.passages if one.kind == "elsewhere" and one.language == "en")
    seen = look(parse(line, index), index)
    others = [row for row, one in enumerate(index.searched) if one.startswith("udhr-1948/")]
    assert vote(seen, index, others).elsewhere > 1.0
    assert vote(seen, index, others).sharp < 0
