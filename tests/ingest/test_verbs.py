"""The verb that a provision opens with."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import CORPUS
from ingest.verbs import STRENGTHS, lead_verb, strength

TABLE = yaml.safe_load((CORPUS / "verbs.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "lemma", "weight", "rest"),
    [
        ("Re-iterate our determination to pursue", "reiterate", "commit", "our determination to pursue"),
        ("Expressing gratitude to the Chair", "express gratitude", "recall", "to the Chair"),
        ("Concerned about the consequences", "be concerned", "recall", "about the consequences"),
        ("Deeply concerned that", "be concerned", "recall", "that"),
        ("Taking into account the adoption", "take into account", "recall", "the adoption"),
        ("Bearing in mind that", "bear in mind", "recall", "that"),
        ("Stress, in this regard, the need", "stress", "encourage", "in this regard, the need"),
        ("Gathered in Cairo on 9th April 2025", "meet", "recall", "in Cairo on 9th April 2025"),
        ("We, the Ministers of Foreign Affairs", "speak", "recall", "the Ministers of Foreign Affairs"),
        ("We commit to strengthen", "commit", "commit", "to strengthen"),
        ("Also calls upon Member States", "call upon", "encourage", "Member States"),
        ("Solemnly reaffirms its resolution", "reaffirm", "commit", "its resolution"),
        ("Decides to establish", "decide", "decide", "to establish"),
        ("Rappelant la Déclaration de Rome", "recall", "recall", "la Déclaration de Rome"),
        ("Nous nous engageons à renforcer", "commit", "commit", "à renforcer"),
        ("وإذ تشير إلى قرارها", "recall", "recall", "قرارها"),
        ("نؤكد من جديد التزامنا", "reaffirm", "commit", "التزامنا"),
    ],
)
def test_lead_verb_is_known_in_all_its_forms(text: str, lemma: str, weight: str, rest: str) -> None:
    verb = lead_verb(text)
    assert verb is not None
    assert (verb.lemma, verb.strength, text[verb.end :]) == (lemma, weight, rest)


@pytest.mark.parametrize(
    "text", ["", "Everyone has the right to life.", "Notebooks are sold.", "The Contracting States shall apply", "Recallable goods"]
)
def test_text_without_a_lead_verb_has_none(text: str) -> None:
    assert lead_verb(text) is None


def test_binding_text_obliges_where_it_says_shall() -> None:
    assert strength("The Contracting States shall accord", None, binding=True) == "oblige"
    assert strength("The Contracting States shall accord", None, binding=False) == ""
    assert strength("The provisions apply", None, binding=True) == ""
    assert strength("Recalling that States shall", lead_verb("Recalling that States shall"), binding=True) == "recall"


def test_table_is_whole() -> None:
    lemmas = [entry["lemma"] for entry in TABLE["verbs"]]
    forms = [form for entry in TABLE["verbs"] for form in entry["forms"]]
    assert len(lemmas) == len(set(lemmas)) >= 80
    assert len(forms) == len(set(forms))
    for entry in TABLE["verbs"]:
        assert set(entry) == {"lemma", "strength", "en", "fr", "ar", "forms"}
        assert entry["strength"] in STRENGTHS
        assert all(isinstance(entry[key], str) and entry[key] for key in ("en", "fr", "ar"))


@given(st.text(max_size=60))
def test_end_lies_within_the_text(text: str) -> None:
    verb = lead_verb(text)
    assert verb is None or 0 < verb.end <= len(text)
