"""Flashcards: when each comes again, and progress that is taken along and read back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.deck import RATINGS, Deck, NotADeck

NOW = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)


def test_card_that_was_known_comes_back_later_than_one_that_was_not() -> None:
    deck = Deck()
    deck.review("a", "again", NOW)
    deck.review("b", "easy", NOW)
    assert deck.next(["a", "b"], NOW) is None
    assert deck.next(["a", "b"], NOW + dt.timedelta(minutes=10)) == "a"
    assert deck.cards["b"].due > NOW + dt.timedelta(days=1)
    assert deck.next_due(["a", "b"]) == deck.cards["a"].due
    assert deck.due(["a", "b"], NOW + dt.timedelta(minutes=10)) == 1


def test_new_cards_do_not_come_in_the_order_of_the_paragraphs_but_always_in_the_same() -> None:
    ids = [f"paragraph:i/para-{number}" for number in range(1, 29)]

    def order() -> list[str]:
        deck, found = Deck(), []
        while (id := deck.next(ids, NOW)) is not None:
            found.append(id)
            deck.review(id, "easy", NOW)
        return found

    assert sorted(order()) == sorted(ids)
    assert order() == order() != ids


def test_what_a_rating_would_do_is_what_it_does() -> None:
    for rating in RATINGS:
        deck = Deck()
        span = deck.preview("a", rating, NOW)
        deck.review("a", rating, NOW)
        assert deck.cards["a"].due - NOW == span
    spans = [Deck().preview("a", rating, NOW) for rating in RATINGS]
    assert spans == sorted(spans)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(sorted(RATINGS)), st.integers(0, 10_000)), max_size=12))
def test_progress_that_is_taken_along_is_read_back_whole(reviews: list[tuple[str, str, int]]) -> None:
    deck = Deck()
    for id, rating, minutes in reviews:
        deck.review(id, rating, NOW + dt.timedelta(minutes=minutes))
    assert Deck.from_json(deck.to_json()).cards == deck.cards


NAIVE = '{"khartoum_cards": 1, "cards": {"a": {"card_id": 1, "state": 1, "step": 0, "stability": 1.0, "difficulty": 5.0, "due": "2025-05-01T00:00:00", "last_review": null}}}'


@pytest.mark.parametrize(
    "file", ["", "[]", "{}", '{"khartoum_cards": 1, "cards": {"a": 5}}', '{"khartoum_cards": 1}', "[" * 100_000, NAIVE, "\ufeff{}"]
)
def test_file_that_is_no_progress_is_refused(file: str) -> None:
    with pytest.raises(NotADeck):
        Deck.from_json(file)
