"""Which texts a question names, and which of them are not here."""

from __future__ import annotations

import pytest

from ingest.index import Index
from retriever.instruments import named_instruments
from retriever.question import parse
from retriever.retriever import Retriever


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("What does article 37 of the Convention on the Rights of the Child say?", "en", ("Convention on the Rights of the Child",)),
        ("article 17 Dublin III", "en", ("Dublin III",)),
        ("L'article 8 de la Convention européenne des droits de l'homme", "fr", ("Convention européenne des droits de l'homme",)),
        ("المادة 22 من اتفاقية حقوق الطفل", "ar", ("اتفاقية حقوق الطفل",)),
        ("What does article 33 of the Refugee Convention say?", "en", ()),
        ("the Universal Declaration, article 8", "en", ()),
    ],
)
def test_texts_that_are_not_here_are_known_by_name(index: Index, text: str, language: str, names: tuple[str, ...]) -> None:
    assert parse(text, index, language).other_texts == names  # type: ignore[arg-type]


def test_an_article_of_a_text_that_is_not_here_is_not_that_of_another(index: Index) -> None:
    found = Retriever(index).search("What does article 37 of the Convention on the Rights of the Child say?")
    assert found.kind != "pinpoint"


def test_the_longest_name_wins(index: Index) -> None:
    assert named_instruments("the Universal Declaration of Human Rights", "en", index) == ("udhr-1948",)
