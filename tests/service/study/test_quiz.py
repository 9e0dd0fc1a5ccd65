"""Quizzes from the real corpus: each key is worked out again from the texts alone, and no wrong choice is right as well."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.provision import Provision
from retriever.names import codes, country_name, find_countries
from service.assistant import Assistant
from service.states import named_in, rolls
from service.study.quiz import KINDS, LEVELS, Item, Kind, items
from service.study.quiz_kinds import TOO_LIKE
from service.study.view import Study

LANGUAGES = ("en", "fr", "ar")


@pytest.fixture(scope="module")
def view(assistant: Assistant) -> Study:
    return Study(assistant)


def folded(text: str) -> str:
    return " ".join(text.casefold().split())


def official(view: Study, *, instrument: str = "") -> list[Provision]:
    return [one for one in view.provisions.values() if one.tier == "authentic" and instrument in ("", one.instrument)]


def true_options(view: Study, item: Item, language: str) -> list[str]:
    """The choices that are true, found without looking at the key."""
    texts = [option.text for option in item.options]
    cited = view.provisions[item.provision.id]
    about = view.provisions.get(item.about)
    if item.kind == "paragraph":
        holders = [one for one in official(view, instrument=cited.instrument) if folded(item.quote) in folded(one.text)]
        places = [view.pinpoint(one, language) for one in holders]  # type: ignore[arg-type]
        return [text for text in texts if text.partition(" (")[0] in places]
    if item.kind == "words":
        assert about
        return [text for text in texts if text.strip("“”«» ") in about.text]
    if item.kind == "place":
        assert about
        return [texts[0] if folded(item.quote) in folded(about.text) else texts[1]]
    if item.kind == "statement":
        assert about
        said = re.findall(r"[“«]\s?([^“”«»]+?)\s?[”»]", item.question)[-1]
        return [texts[0] if about.text.casefold().startswith(said.casefold()) else texts[1]]
    if item.kind == "state":
        assert about
        roll = rolls(view.index)[0]  # type: ignore[arg-type]
        named = {*named_in(roll, codes(roll.names), language)}
        listed = [text for text in texts if text in named]
        return listed if len(listed) == 1 else [text for text in texts if text not in named]
    if item.quote:
        holders = {one.instrument for one in official(view) if folded(item.quote) in folded(one.text)}
    else:
        like = view.likeness(cited)
        holders = {cited.instrument, *(id for id, cosine in like.items() if cosine >= TOO_LIKE)}
    return [text for text in texts if text in {view.instruments[id].short[language] for id in holders}]  # type: ignore[index]


def check(view: Study, item: Item, language: str) -> None:
    provision = view.provisions[item.provision.id]
    keys = [option.text for option in item.options if option.correct]
    assert len(keys) == 1
    assert len({folded(option.text) for option in item.options}) == len(item.options) in (2, 4)
    assert true_options(view, item, language) == keys, item
    assert item.quote in ("", provision.text[item.start : item.end])
    assert (provision.tier == "digest") == bool(item.summary)
    assert item.explanation
    assert item.provision.pinpoint in item.explanation
    assert "{" not in item.question + item.explanation


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_that_can_be_drawn_has_one_key_and_no_wrong_choice_that_is_right(view: Study, level: int, language: str) -> None:
    for seed in range(4):
        found = items(view, language, level, seed, KINDS, 10_000)  # type: ignore[arg-type]
        assert {one.kind for one in found} == set(KINDS)
        for item in found:
            check(view, item, language)


@given(
    st.sampled_from(LANGUAGES), st.sampled_from(LEVELS), st.integers(0, 1_000_000), st.sets(st.sampled_from(KINDS), min_size=1), st.integers(1, 30)
)
def test_any_quiz_is_right(view: Study, language: str, level: int, seed: int, kinds: set[Kind], count: int) -> None:
    found = items(view, language, level, seed, sorted(kinds), count)  # type: ignore[arg-type]
    assert 1 <= len(found) <= count
    for item in found:
        check(view, item, language)
    assert found == items(view, language, level, seed, sorted(kinds), count)  # type: ignore[arg-type]


def test_summary_that_is_asked_about_does_not_name_its_text_or_another_choice(view: Study) -> None:
    for item in items(view, "en", 3, 1, ("instrument",), 400):
        if item.summary:
            assert [one.text for one in item.options if folded(one.text) in folded(item.summary)] == []


def test_state_on_no_list_is_named_nowhere_in_the_paragraph(view: Study) -> None:
    for item in items(view, "en", 3, 2, ("state",), 39):
        text = view.provisions[item.about].text
        named = {country_name(code, "en") for code in codes(find_countries(text, "en"))}
        outside = [option for option in item.options if option.text not in text]
        assert not {option.text for option in outside} & named
        assert len(outside) in (1, 3)


def test_level_one_shows_headings_and_the_others_do_not(view: Study) -> None:
    first, second = (items(view, "en", level, 5, ("paragraph",), 5) for level in (1, 2))
    assert all("(" in option.text for item in first for option in item.options)
    assert not any("(" in option.text for item in second for option in item.options)


def test_other_seeds_give_other_quizzes(view: Study) -> None:
    assert items(view, "en", 2, 5, KINDS, 8) != items(view, "en", 2, 6, KINDS, 8)
