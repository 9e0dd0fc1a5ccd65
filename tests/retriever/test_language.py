"""The language of short questions."""

from __future__ import annotations

import pytest

from retriever.language import Language, detect

ENGLISH = "how? · and Chad? · adopted when? · brain drain · asylum · refugees · smuggling networks · crop failure · EU-AU summit · list them"
FRENCH = (
    "et la Suisse ? · comment ? · quand ? · passeurs ? · asile · réfugiés · fuite des cerveaux · traite · Suisse ? · l'Égypte · préambule · "
    "DROITS DE L'HOMME · à quelle date ? · Déclaration de Rome · formation professionnelle"
)
ARABIC = "كيف؟ · تشاد؟ · الفقرة 12 · ما هو JVAP؟"


@pytest.mark.parametrize(
    ("text", "language"),
    [(text, language) for language, texts in (("en", ENGLISH), ("fr", FRENCH), ("ar", ARABIC)) for text in texts.split(" · ")],
)
def test_short_question_is_told(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(("text", "default"), [("ICMPD?", "fr"), ("12?", "ar"), ("Agenda 2063", "fr"), ("non-refoulement", "en")])
def test_default_holds_where_nothing_tells(text: str, default: Language) -> None:
    assert detect(text, default) == default


def test_name_of_a_country_alone_does_not_make_an_english_question_french() -> None:
    assert detect("Does Côte d'Ivoire take part?") == "en"
