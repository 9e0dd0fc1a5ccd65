"""Search as a whole: which way a question goes."""

from __future__ import annotations

import pytest

from ingest.index import Index
from retriever.retriever import Retriever

DECLARATION = "cairo-declaration-2025"


@pytest.fixture
def retriever(index: Index) -> Retriever:
    return Retriever(index)


def test_a_number_that_a_numbered_text_lacks_is_missing(retriever: Retriever) -> None:
    found = retriever.search("What does paragraph 31 say on visas?", instruments=(DECLARATION,))
    assert (found.kind, found.missing, found.hits) == ("pinpoint", ("31",), ())


def test_a_number_in_a_question_on_a_text_without_numbers_is_content(retriever: Retriever) -> None:
    found = retriever.search("Does section 92(2) say who chairs the Process?", instruments=("khartoum-process",))
    assert found.kind == "ranked"
    assert found.hits


@pytest.mark.parametrize(
    ("question", "kind"), [("Under section 2, which ministers chair the meetings?", "ranked"), ("What does section 2 say?", "pinpoint")]
)
def test_items_that_are_only_counted_are_meant_where_their_number_is_all_that_is_asked_for(question: str, kind: str, retriever: Retriever) -> None:
    found = retriever.search(question, instruments=("khartoum-process",))
    assert found.kind == kind
    assert found.hits


def test_a_framework_that_is_named_is_searched_beside_the_declaration(retriever: Retriever) -> None:
    found = retriever.search("Which objective of the Global Compact for Migration is on consular protection?")
    assert found.hits[0].provision == "global-compact-migration-2018/obj-14"
    assert found.answerable > 0.5


def test_a_question_that_names_the_declaration_is_asked_of_it_alone(retriever: Retriever) -> None:
    found = retriever.search("What does the Cairo Declaration say of the Samoa Agreement?")
    assert {one.provision.partition("/")[0] for one in found.hits} == {DECLARATION}
    assert found.hits[0].provision == f"{DECLARATION}/para-8"


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("human rights, in which paragraphs?", "human rights"),
        ("Solidarity is mentioned in which paragraph?", "Solidarity"),
        ("smuggling and trafficking, and in which paragraph?", "smuggling and trafficking"),
        ("droits de l'homme : quels paragraphes ?", "droits de l'homme"),
    ],
)
def test_a_noun_before_which_paragraphs_is_what_mentions_are_wanted_of(question: str, subject: str, retriever: Retriever) -> None:
    assert retriever.search(question).subjects == (subject,)


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("Can failed asylum seekers be flown home, and under which paragraph?", "para-23"),
        ("What does it say on smuggling and in which paragraph?", "para-22"),
        ("Les passeurs sont-ils combattus, et dans quel paragraphe ?", "para-22"),
    ],
)
def test_a_question_before_which_paragraph_is_answered_as_one(question: str, paragraph: str, retriever: Retriever) -> None:
    found = retriever.search(question)
    assert (found.kind, found.hits[0].provision) == ("ranked", f"{DECLARATION}/{paragraph}")


@pytest.mark.parametrize("question", ["Tu aurais une bonne recette de koshari ?", "How do I cook lentils?", "كيف أطبخ الملوخية؟"])
def test_what_has_nothing_to_do_with_the_field_is_not_answered(question: str, retriever: Retriever) -> None:
    found = retriever.search(question)
    assert not retriever.answers(found)
    assert found.elsewhere > 0.5


def test_unknown_instrument_and_no_hits_at_all_are_errors(retriever: Retriever) -> None:
    with pytest.raises(KeyError):
        retriever.search("return", instruments=("nothing",))
    with pytest.raises(ValueError, match="k is 0"):
        retriever.search("return", 0)
