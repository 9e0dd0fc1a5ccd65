"""What people type and what texts hold come to the same terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.analysis import fold, pairs, stem, stopwords, terms, words


def stems(text: str, language: str) -> list[str]:
    return [term.stem for term in terms(text, language)]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "organised crime", "organized crimes"),
        ("en", "LABOUR Migration", "labor migration"),
        ("en", "non-refoulement", "non refoulement"),
        ("en", "the 2nd paragraph", "2 paragraphs"),
        ("en", "para 07", "para 7"),
        ("fr", "L’ASILE", "asile"),
        ("fr", "réadmission", "readmission"),
        ("fr", "Qu'est-ce que l'Égypte", "egypte"),
        ("ar", "العودة", "عوده"),
        ("ar", "الهجرة", "هِجْرَة"),
        ("ar", "والأطفال", "اطفال"),
        ("ar", "للمهاجرين", "المهاجرين"),
        ("ar", "الفقرة ٢٣", "فقرة 23"),
    ],
)
def test_forms_of_one_word_have_one_stem(language: str, first: str, second: str) -> None:
    assert set(stems(second, language)) <= set(stems(first, language))
    assert stems(second, language)


def test_words_of_two_languages_do_not_meet() -> None:
    assert stem("retour", "fr") == "fr:retour"
    assert not set(stems("main", "fr")) & set(stems("main", "en"))


def test_stop_words_and_single_letters_are_dropped_and_digits_kept() -> None:
    assert stems("what is the a b 5", "en") == ["5"]
    assert "the" in stopwords("en")
    assert stopwords("de") == frozenset()


def test_offsets_lead_to_the_word() -> None:
    text = "L'asile, non-refoulement et “retour”"
    assert [text[term.start : term.end] for term in terms(text, "fr")] == ["asile", "refoulement", "retour"]


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", "xx"]))
def test_any_text_has_terms_in_order_inside_it(text: str, language: str) -> None:
    position = 0
    for term in terms(text, language):
        assert position <= term.start < term.end <= len(text)
        assert term.stem
        position = term.end
    assert all(fold(word) == word for word, _, _ in words(text))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_pairs_are_neighbours_in_order() -> None:
    assert pairs(["sea", "rescue", "zone"]) == ["sea rescue", "rescue zone"]
    assert pairs(["sea"]) == pairs([]) == []
