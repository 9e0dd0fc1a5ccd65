"""The patterns of corpus/frames: the same in every language, valid, and matched on text of the same length."""

from __future__ import annotations

import pytest
import yaml

from retriever.frames import FRAMES, LANGUAGES, frames, plain, without


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_languages_have_the_same_kinds_of_patterns(language: str) -> None:
    assert frames(language).words.keys() == frames("en").words.keys()
    assert frames(language).patterns.keys() == frames("en").patterns.keys()
    assert frames(language).parts.keys() == frames("en").parts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_matches_nothing(language: str) -> None:
    """A pattern that takes the empty text would cut at every place."""
    found = frames(language)
    empty = [name for name, pattern in {**found.words, **found.units, **found.parts}.items() if pattern.search("") and name not in {"goal", "item"}]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_are_written_in_folded_text(language: str) -> None:
    for name, value in yaml.safe_load((FRAMES / f"{language}.yaml").read_text("utf-8")).items():
        for pattern in value if isinstance(value, list) else [value] if isinstance(value, str) else []:
            letters = [c for c in str(pattern) if c.isalpha() and c.lower() != plain(c)]
            assert letters == [], (name, pattern, letters)


@pytest.mark.parametrize("text", ["Déjà ﬁn ½ ŉ", "İstanbul ǰ", "الفقرة ﷺ", "L’été", "ß", "\u0344"])
def test_plain_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_other_language_has_english_frames() -> None:
    assert frames("de").language == "en"


def test_runs_are_blanked() -> None:
    assert without("abcdef", [(1, 3), (5, 6)]) == "a  de "
