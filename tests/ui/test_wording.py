"""Every word that the front end shows is there in three languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ui import wording
from ui.wording import LANGUAGES, words_in

UI = Path(wording.__file__).parent


def test_languages_have_the_same_words_and_places_to_fill_in() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english = words_in("en")
    for language in LANGUAGES:
        words = words_in(language)
        assert set(words.texts) == set(english.texts)
        assert {key: places(value) for key, value in words.texts.items()} == {key: places(value) for key, value in english.texts.items()}
        assert [len(topic.questions) for topic in words.topics] == [len(topic.questions) for topic in english.topics]
        assert all(value.strip() for value in words.texts.values())


def test_french_signs_stay_with_their_words() -> None:
    words = words_in("fr")
    assert [text for text in (*words.texts.values(), *words.builtin.values()) if re.search(r" [:;?!»%]|« ", text)] == []


def test_own_words_of_streamlit_are_translated_alike() -> None:
    assert not words_in("en").builtin
    french, arabic = (words_in(language).builtin for language in ("fr", "ar"))
    assert list(french) == list(arabic)
    for builtin in (french, arabic):
        assert {english: word.count("#") for english, word in builtin.items()} == {english: english.count("#") for english in builtin}


def test_every_word_asked_for_exists_and_every_word_is_asked_for() -> None:
    code = "\n".join(path.read_text("utf-8") for path in UI.rglob("*.py"))
    asked = {one or other for one, other in re.findall(r"""words(?:_in\(language\))?\[["'](\w+)["']\]|words\.fill\(\s*["'](\w+)["']""", code)}
    held = set(words_in("en").texts)
    assert asked <= held
    # Families, whose last part is data: words[f"reason_{one}"].
    families = tuple(set(re.findall(r"""["'](\w+_)\{""", code)))
    assert [name for name in held if not re.search(rf"""["']{name}["']""", code) and not name.startswith(families)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggested_questions_are_short_enough_and_unlike(language: str) -> None:
    questions = [question for topic in words_in(language).topics for question in topic.questions]
    assert len(set(questions)) == len(questions)
    assert max(map(len, questions)) <= 80


def test_no_text_from_data_goes_in_as_html() -> None:
    for path in UI.rglob("*.py"):
        code = path.read_text("utf-8")
        assert "unsafe_allow" not in code
        assert set(re.findall(r"st\.html\((.*?)\)", code)) <= {"RULES", "WIDE", "RIGHT_TO_LEFT"}, path


def test_scripts_of_ours_put_text_in_as_text_alone() -> None:
    scripts = sorted((UI / "browser").glob("*.js"))
    assert scripts
    for path in scripts:
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|https?://", path.read_text("utf-8")), path


def test_no_module_is_named_like_another_package() -> None:
    import importlib.metadata
    import sys

    ours = {path.stem for path in UI.glob("*.py")} - {"__init__"}
    others = set(sys.stdlib_module_names) | set(importlib.metadata.packages_distributions())
    assert not ours & (others | {"ingest", "retriever", "service", "evals", "corpus", "tests"})
