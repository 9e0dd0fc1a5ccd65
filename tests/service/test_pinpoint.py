"""Pinpoints as readers write them, in three languages."""

from __future__ import annotations

import pytest

from ingest.index import Index
from service.pinpoint import pinpoint, pinpoint_of


@pytest.mark.parametrize(
    ("label", "en", "fr", "ar"),
    [
        ("para-23", "para. 23", "paragraphe 23", "الفقرة 23"),
        ("art-33.1", "Article 33(1)", "article 33(1)", "المادة 33(1)"),
        ("para-9.fn-1", "para. 9, note 1", "paragraphe 9, note 1", "الفقرة 9، الحاشية 1"),
        ("obj-9", "objective 9", "objectif 9", "الهدف 9"),
        ("rec-12", "recital (12)", "considérant 12", "الحيثية 12"),
        ("target-10.7", "target 10.7", "cible 10.7", "الغاية 10.7"),
        ("para-3.b.ii", "para. 3(b)(ii)", "paragraphe 3(b)(ii)", "الفقرة 3(b)(ii)"),
        ("chapter-4", "chapter 4", "chapter 4", "chapter 4"),
    ],
)
def test_label_is_written_as_readers_write_it(label: str, en: str, fr: str, ar: str) -> None:
    assert [pinpoint_of(label, language) for language in ("en", "fr", "ar")] == [en, fr, ar]


@pytest.mark.parametrize(("number", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX"), (44, "XLIV"), (49, "XLIX")])
def test_instrument_that_counts_in_roman_numerals_is_cited_so(number: int, roman: str) -> None:
    assert pinpoint_of(f"art-{number}", "en", roman=True) == f"Article {roman}"


def test_every_provision_has_a_pinpoint_of_its_own(index: Index) -> None:
    for language in ("en", "fr", "ar"):
        written = [(one.instrument, pinpoint(one, language)) for one in index.provisions.values()]
        assert len(set(written)) == len(written)
        assert all("{" not in text and text.strip() == text for _, text in written)
