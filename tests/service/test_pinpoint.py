"""Pinpoints as readers write them, in three languages."""

from __future__ import annotations

import pytest

from ingest.index import Index
from ingest.provision import Provision
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
        ("art-1.a.2", "Article 1(A)(2)", "article 1(A)(2)", "المادة 1(A)(2)"),
        ("art-2.chapeau", "Article 2, opening words", "article 2, phrase introductive", "المادة 2، العبارة الاستهلالية"),
        ("annex-1.para-3", "Annex 1, para. 3", "annexe 1, paragraphe 3", "المرفق 1، الفقرة 3"),
        ("schedule-1.para-13.2", "Schedule 1, para. 13(2)", "annexe 1, paragraphe 13(2)", "الجدول 1، الفقرة 13(2)"),
        ("preamble-2", "preamble, paragraph 2", "préambule, alinéa 2", "الديباجة، الفقرة 2"),
        ("closing-1", "closing words, paragraph 1", "formule finale, alinéa 1", "الصيغة الختامية، الفقرة 1"),
        ("text-3", "unnumbered paragraph 3", "alinéa non numéroté 3", "الفقرة غير المرقمة 3"),
        ("fn-1", "note 1", "note 1", "الحاشية 1"),
        (
            "finalact-1.text-2",
            "Final Act 1, unnumbered paragraph 2",
            "Acte final 1, alinéa non numéroté 2",
            "الوثيقة الختامية 1، الفقرة غير المرقمة 2",
        ),
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


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Reception Conditions Directive (EU) 2024/1346", "Directive (EU) 2024/1346"),
        ("Qualification Regulation (EU) 2024/1346", "Regulation (EU) 2024/1346"),
        ("Something else", "Regulation or Directive 2024/1346"),
    ],
)
def test_act_is_a_regulation_or_a_directive_by_its_heading(heading: str, said: str) -> None:
    assert pinpoint(Provision("eu-pact-2024", "act-2024.1346", "Words.", heading=heading)) == said


def test_roman_numerals_are_for_articles_and_annexes_and_not_for_paragraphs() -> None:
    said = [pinpoint_of(label, roman=True) for label in ("art-94.2", "annex-2.para-3", "preamble-4", "para-9.fn-1")]
    assert said == ["Article XCIV(2)", "Annex II, para. 3", "preamble, paragraph 4", "para. 9, note 1"]
