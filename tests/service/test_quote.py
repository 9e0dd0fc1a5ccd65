"""Quotations stand word for word in the provision, begin and end at clauses, and hold what was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.index import Index
from retriever.question import parse
from service import quote

ASKED = [
    ("para-23", "What about non-refoulement?", "the principle of non-refoulement"),
    ("para-17", "food insecurity", "food insecurity"),
    ("para-28", "Who adopts the reports?", "adopted by the Senior Officials Focal Points"),
    ("para-20", "brain drain", "while preventing brain drain"),
    ("para-18", "youth", "attention to women, youth and diasporas"),
    ("para-15", "human rights", "in full respect of human rights"),
    ("para-12", "victims of human trafficking", "victims of human trafficking"),
]


@pytest.mark.parametrize(("label", "question", "held"), ASKED)
def test_quotation_holds_what_was_asked_for(index: Index, label: str, question: str, held: str) -> None:
    provision = index.provisions[f"cairo-declaration-2025/{label}"]
    start, end = quote.choose(parse(question, index), provision, index)
    assert held in provision.text[start:end]


def test_quotation_of_one_clause_of_a_long_paragraph_is_short(index: Index) -> None:
    provision = index.provisions["cairo-declaration-2025/para-12"]
    start, end = quote.choose(parse("the achievements of the Process", index), provision, index)
    assert end - start < len(provision.text) / 2


def test_whole_leaves_the_verb_to_the_sentence_around_it(index: Index) -> None:
    provision = index.provisions["cairo-declaration-2025/para-16"]
    start, end = quote.whole(provision)
    assert provision.text[start:end].startswith("synergies and complementarity")
    assert provision.text[start:end].endswith("common and mutual interest")


def test_around_takes_the_whole_clause(index: Index) -> None:
    provision = index.provisions["cairo-declaration-2025/para-15"]
    place = provision.text.index("human rights")
    start, end = quote.around(provision, place, place + 5)
    assert provision.text[start:end] == "in full respect of human rights"


WORDS = st.sampled_from(
    [
        "return",
        "migration",
        "human",
        "rights",
        "the",
        "and",
        "States",
        "Egypt",
        "climate",
        "gender",
        "2014",
        "ICMPD",
        "partnership",
        "mobility",
        "what",
        "who",
        "adopt",
        "العودة",
        "retour",
        "pays",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_question_gets_a_quotation_that_stands(index: Index, data: st.DataObject) -> None:
    authentic = [one for one in index.provisions.values() if one.tier == "authentic"]
    provision = data.draw(st.sampled_from(authentic))
    question = parse(" ".join(data.draw(st.lists(WORDS, max_size=6))), index)
    start, end = quote.choose(question, provision, index)
    said = provision.text[start:end]
    assert said.strip() == said != ""
    assert said[-1] not in ",;:"
    assert start == 0 or provision.text[start - 1] in " \n"
    assert end == len(provision.text) or not provision.text[end].isalnum()
    assert said.count("(") >= said.count(")") or provision.text.count(")") > provision.text.count("(")


def test_every_provision_can_be_quoted_whole(index: Index) -> None:
    for provision in index.provisions.values():
        if provision.tier == "authentic":
            start, end = quote.whole(provision)
            assert provision.text[start:end].strip(), provision.id
