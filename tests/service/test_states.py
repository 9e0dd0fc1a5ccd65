"""The list of States: who is on it, how many, which are of the EU or African, in three languages."""

from __future__ import annotations

import re

import pytest

from ingest.index import Index
from retriever.names import country_name, group
from service.answer import Answer, Question
from service.assistant import Assistant
from service.states import members, rolls

PARA_1 = "cairo-declaration-2025/para-1"
AFRICAN = {"DJ", "EG", "ER", "ET", "KE", "LY", "SO", "SS", "SD", "TN", "UG"}


def ask(assistant: Assistant, text: str) -> Answer:
    reply = assistant.answer(Question(text, ("cairo-declaration-2025",)))
    assert isinstance(reply, Answer), reply.text
    assert reply.citations[0].provision.id == PARA_1, reply.text
    return reply


def test_there_is_one_list_and_it_names_39_states(index: Index) -> None:
    (roll,) = rolls(index)
    assert roll.provision.id == PARA_1
    assert len(members(roll)) == len(set(members(roll))) == 39
    assert len(members(roll, "eu")) == 26
    assert set(members(roll, "africa")) == AFRICAN
    assert {country_name(code, "en") for code in set(group("eu")) - set(members(roll))} == {"Hungary"}


@pytest.mark.parametrize(
    "question", ["Is {} a participating State?", "is {} one of the participating states", "Is {} a member of the Khartoum Process?"]
)
@pytest.mark.parametrize(
    ("country", "answer"),
    [
        ("Kenya", "Yes."), ("Japan", "No."), ("Hungary", "No."), ("South Sudan", "Yes."), ("Sudan", "Yes."), ("Niger", "No."), ("Norway", "Yes."),
        ("the Netherlands", "Yes."), ("the UK", "No."), ("Morocco", "No."), ("Switzerland", "Yes."), ("the Czech Republic", "Yes."), ("Guinea", "No."),
    ],
)  # fmt: skip
def test_member_question_gets_yes_or_no(assistant: Assistant, question: str, country: str, answer: str) -> None:
    assert ask(assistant, question.format(country)).text.startswith(answer)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Le Japon est-il un État participant ?", "Non. Le paragraphe 1 nomme 39 États participants et ne cite pas le Japon [1]."),
        ("Le Kenya est-il un État participant ?", "Oui. Le paragraphe 1 nomme le Kenya"),
        ("La Hongrie est-elle un État participant ?", "Non."),
        ("L'Égypte fait-elle partie des États participants ?", "Oui. Le paragraphe 1 nomme l'Égypte"),
        ("هل اليابان دولة مشاركة؟", "لا."),
        ("هل كينيا دولة مشاركة؟", "نعم."),
        ("هل المجر دولة مشاركة؟", "لا."),
        ("هل مصر من الدول المشاركة؟", "نعم."),
    ],
)
def test_member_question_in_french_and_arabic(assistant: Assistant, question: str, begins: str) -> None:
    assert ask(assistant, question).text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("How many participating States are there?", {"39"}),
        ("How many EU member states participate?", {"39", "26"}),
        ("How many African countries are participating?", {"39", "11"}),
        ("Combien d'États participants y a-t-il ?", {"39"}),
        ("Combien d'États membres de l'UE participent ?", {"39", "26"}),
        ("Combien de pays africains participent ?", {"39", "11"}),
        ("كم عدد الدول المشاركة؟", {"39"}),
        ("كم عدد الدول الأفريقية المشاركة؟", {"39", "11"}),
    ],
)
def test_count_is_that_of_the_text(assistant: Assistant, question: str, numbers: set[str]) -> None:
    text = ask(assistant, question).text
    assert numbers <= set(re.findall(r"\d+", text)), text


def test_list_is_in_the_order_of_the_text_and_whole(assistant: Assistant, index: Index) -> None:
    text = ask(assistant, "Which African countries are participating?").text
    names = [country_name(code, "en") for code in members(rolls(index)[0], "africa")]
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert "Kenya" in text
    assert "Austria" not in text


def test_two_numbers_never_stand_side_by_side(assistant: Assistant) -> None:
    for question in ("هل اليابان دولة مشاركة؟", "كم عدد الدول المشاركة؟", "ما الدول الأفريقية المشاركة؟", "Combien d'États participants y a-t-il ?"):
        assert not re.search(r"\d\s+\d", ask(assistant, question).text), question
