"""Quizzes from the real corpus: keys follow from the data, quotes are genuine, equal seeds give equal quizzes."""

from __future__ import annotations

import pytest

from ingest.verbs import lead_verb
from service.assistant import Assistant
from service.study.quiz import KINDS, LEVELS, Maker
from service.study.view import Study


@pytest.fixture(scope="module")
def view(assistant: Assistant) -> Study:
    return Study(assistant)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_item_has_one_key_a_genuine_quote_and_a_citation(view: Study, level: int, language: str) -> None:
    items = Maker(view, language, level, 7).items(KINDS, 30)  # type: ignore[arg-type]
    assert len(items) == 30
    for item in items:
        provision = view.provisions[item.provision.id]
        assert sum(option.correct for option in item.options) == 1
        assert len({option.text for option in item.options}) == len(item.options)
        assert item.quote == (provision.text[item.start : item.end] if provision.tier == "authentic" else "")
        assert (provision.tier == "digest") == bool(item.summary)
        assert item.explanation


def test_wrong_places_do_not_hold_the_quote(view: Study) -> None:
    for item in Maker(view, "en", 3, 11).items(("paragraph",), 20):
        right = next(option.text for option in item.options if option.correct)
        holders = [one for one in view.numbered if item.quote in one.text]
        assert [view.pinpoint(one, "en") for one in holders] == [right]


def test_false_statement_names_a_verb_that_the_paragraph_does_not_use(view: Study) -> None:
    for item in Maker(view, "en", 1, 3).items(("statement",), 20):
        verb = lead_verb(item.provision.text)
        assert verb is not None
        says_its_own = item.question.endswith(f" {verb.en}.")
        assert item.options[0].correct == says_its_own
        assert "not a quotation" in item.question
        assert not item.quote


def test_equal_seeds_give_equal_quizzes_and_others_do_not(view: Study) -> None:
    first, again, other = (Maker(view, "en", 2, seed).items(KINDS, 8) for seed in (5, 5, 6))
    assert first == again
    assert first != other
