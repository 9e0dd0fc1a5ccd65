"""Concepts found in texts of three languages, and clear words for a thesaurus that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.catalogue import CORPUS
from ingest.thesaurus import LANGUAGES, Thesaurus, ThesaurusError, read_thesaurus
from tests.small_corpus import CONCEPTS

REAL = read_thesaurus(CORPUS / "thesaurus")


@pytest.fixture
def small(small_corpus: Path) -> Thesaurus:
    return read_thesaurus(small_corpus / "thesaurus")


def found(thesaurus: Thesaurus, text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(mention.concept, text[mention.start : mention.end]) for mention in thesaurus.find(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Return and readmission", "en", [("return", "Return"), ("readmission", "readmission")]),
        ("sending migrants home", "en", [("return", "sending migrants home")]),
        ("home: cattle, goods and people, then sending", "en", []),
        ("La réadmission", "fr", [("readmission", "réadmission")]),
        ("إعادة القبول", "ar", [("readmission", "إعادة القبول")]),
        ("return", "de", []),
        ("", "en", []),
    ],
)
def test_concepts_are_found_by_their_labels(small: Thesaurus, text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert found(small, text, language) == expected


def test_broader_and_narrower_are_read_both_ways(small: Thesaurus) -> None:
    assert small.concepts["readmission"].broader == ("return",)
    assert small.narrower == {"return": ("readmission",)}
    assert small.around("return") == {"return": 1.0, "readmission": 0.6}
    assert small.around("readmission") == {"readmission": 1.0, "return": 0.35}
    assert small.around("unknown") == {"unknown": 1.0}


def test_json_and_back_is_the_same() -> None:
    again = Thesaurus.from_json(REAL.to_json())
    assert again.concepts == REAL.concepts


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("this is no turtle", "not readable as Turtle"),
        (CONCEPTS.replace(', "العودة"@ar', ""), "'return' has no skos:prefLabel in ar"),
    ],
)
def test_wrong_file_is_a_clear_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "one.ttl").write_text(text, "utf-8")
    with pytest.raises(ThesaurusError, match=message):
        read_thesaurus(tmp_path)


def test_every_concept_of_the_corpus_is_found_by_its_own_labels() -> None:
    lost = []
    for concept in REAL.concepts.values():
        for language in LANGUAGES:
            label = concept.preferred[language]
            if concept.id not in {mention.concept for mention in REAL.find(label, language)}:
                lost.append((concept.id, language, label))
    assert lost == []


def test_relations_lead_to_concepts_that_exist() -> None:
    gone = [(c.id, other) for c in REAL.concepts.values() for other in (*c.broader, *c.related) if other not in REAL.concepts]
    assert gone == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_can_be_looked_through(text: str, language: str) -> None:
    for mention in REAL.find(text, language):
        assert 0 <= mention.start < mention.end <= len(text)
