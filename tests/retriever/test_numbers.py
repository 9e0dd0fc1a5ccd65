"""Numbers in words and Roman numerals."""

from __future__ import annotations

import pytest

from retriever.numbers import joined, ordinals, roman, spoken


@pytest.mark.parametrize(
    ("letters", "value"),
    [
        ("i", 1),
        ("IV", 4),
        ("ix", 9),
        ("XIV", 14),
        ("xxviii", 28),
        ("XL", 40),
        ("l", 50),
        ("", 0),
        ("iiv", 0),
        ("vx", 0),
        ("a", 0),
        ("mild", 0),
        ("ill", 0),
    ],
)
def test_roman_numerals(letters: str, value: int) -> None:
    assert roman(letters) == value


@pytest.mark.parametrize(
    ("word", "language", "value"),
    [
        ("twenty three", "en", 23),
        ("twelfth", "en", 12),
        ("vingt et un", "fr", 21),
        ("premiere", "fr", 1),
        ("الثالثه", "ar", 3),
        ("الثالثه والعشرون", "ar", 23),
    ],
)
def test_numbers_in_words(word: str, language: str, value: int) -> None:
    assert spoken(language)[word] == value


def test_hyphen_and_space_are_one() -> None:
    assert joined("twenty-three") == joined("twenty  three") == "twenty three"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_number_of_a_paragraph_can_be_said(language: str) -> None:
    assert set(range(1, 29)) <= set(ordinals(language).values())
