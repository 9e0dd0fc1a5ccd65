"""Numbers and places of provisions in questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.provision import Provision
from retriever.frames import frames, plain
from retriever.pinpoints import find_pinpoints
from retriever.question import clean

DECLARATION = [Provision("d", f"para-{n}", "Words.", part="preamble" if n < 12 else "operative") for n in range(1, 29)]
DECLARATION.insert(9, Provision("d", "para-9.fn-1", "Without prejudice.", part="preamble", kind="note", parent="para-9"))
CONVENTION = [Provision("c", "art-33", "Whole."), *(Provision("c", f"art-33.{n}", "Part.", parent="art-33") for n in (1, 2))]


def numbers(question: str, language: str) -> list[str]:
    found = find_pinpoints(plain(clean(question)), frames(language), DECLARATION)
    return [label.removeprefix("para-") for label in found.labels]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("para 12", "12"), ("para12", "12"), ("Para #7", "7"), ("§ 7", "7"), ("¶22", "22"), ("p. 17", "17"), ("what does 23 say?", "23"),
        ("paragraphs 3 and 4", "3 4"), ("Show paragraphs 1, 2 & 3", "1 2 3"), ("paras 10/11", "10 11"), ("§§ 3-5", "3 4 5"),
        ("from paragraph 12 to paragraph 14", "12 13 14"), ("between paras 15 and 17", "15 16 17"), ("paragraph twenty-one", "21"),
        ("the 23rd paragraph", "23"), ("paragraph XXIII", "23"), ("the fifth and sixth paragraphs", "5 6"), ("first three paragraphs", "1 2 3"),
        ("the last two paragraphs", "27 28"), ("the penultimate paragraph", "27"), ("second last paragraph", "27"), ("third from last paragraph", "26"),
        ("first operative paragraph", "12"), ("third paragraph of the preamble", "3"), ("last preambular para", "11"), ("OP 13", "13"),
        ("the paragraph after 19", "20"), ("what precedes para 18?", "17"), ("the two paragraphs after 14", "15 16"), ("two paragraphs after 19", "21"),
        ("article 5 of the declaration", "5"), ("paragraph 12(a)", "12"), ("what does the footnote say", "9.fn-1"),
    ],
)  # fmt: skip
def test_english_pinpoints_are_found(question: str, expected: str) -> None:
    assert numbers(question, "en") == expected.split()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("paragraphe 23", "23"), ("les paragraphes 4 à 6", "4 5 6"), ("premier paragraphe du dispositif", "12"), ("l'avant-dernier paragraphe", "27"),
        ("les deux derniers paragraphes", "27 28"), ("le paragraphe qui précède le paragraphe 15", "14"), ("paragraphe dix-sept", "17"),
        ("le vingt-deuxième paragraphe", "22"), ("note de bas de page", "9.fn-1"),
    ],
)  # fmt: skip
def test_french_pinpoints_are_found(question: str, expected: str) -> None:
    assert numbers(question, "fr") == expected.split()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("الفقرة ٢٣", "23"), ("الفقرة رقم 23", "23"), ("الفقرات من 12 إلى 14", "12 13 14"), ("الفقرتان 10 و11", "10 11"), ("الفقرة الأخيرة", "28"),
        ("الفقرة الثانية والعشرون", "22"), ("الفقرة الخامسة عشرة", "15"), ("أول فقرة في المنطوق", "12"), ("الفقرة التي تلي الفقرة 20", "21"),
        ("الفقرتان الأولى والثانية", "1 2"),
    ],
)  # fmt: skip
def test_arabic_pinpoints_are_found(question: str, expected: str) -> None:
    assert numbers(question, "ar") == expected.split()


@pytest.mark.parametrize("question", ["para 31", "paragraph 0", "paragraph -1", "para 12bis", "article 99"])
def test_a_number_that_does_not_exist_is_missing(question: str) -> None:
    found = find_pinpoints(plain(question), frames("en"), DECLARATION)
    assert not found.labels
    assert found.missing


def test_what_exists_and_what_does_not_are_told_apart() -> None:
    found = find_pinpoints(plain("what do paragraphs 13 and 31 say"), frames("en"), DECLARATION)
    assert (found.labels, found.missing) == (("para-13",), ("31",))


def test_an_inner_paragraph_is_found_by_its_own_number() -> None:
    assert find_pinpoints("article 33(1)", frames("en"), CONVENTION).labels == ("art-33.1",)
    assert find_pinpoints("article 33(4)", frames("en"), CONVENTION).labels == ("art-33",)


@pytest.mark.parametrize("question", ["in how many paragraphs", "what about brain drain", "the 2030 Agenda", "two continents"])
def test_questions_without_a_pinpoint_have_none(question: str) -> None:
    assert not find_pinpoints(plain(question), frames("en"), DECLARATION)


@given(st.text(max_size=120), st.sampled_from(["en", "fr", "ar"]))
def test_any_text_is_read_without_an_error(text: str, language: str) -> None:
    found = find_pinpoints(plain(clean(text)), frames(language), DECLARATION)
    assert set(found.labels) <= {one.label for one in DECLARATION}


def test_a_paragraph_that_a_summary_names_leads_to_its_item() -> None:
    digest = [Provision("c", f"obj-{n}", f"Objective {n} (para. {n + 16}) is this.", tier="digest") for n in range(1, 24)]
    found = find_pinpoints(plain(clean("paragraph 30 of the compact")), frames("en"), digest)
    assert found.labels == ("obj-14",)
    assert find_pinpoints(plain(clean("paragraph 50 of the compact")), frames("en"), digest).missing == ("50",)
