"""Answers read as a person would write them: no doubled words, no broken marks, no dangling end."""

from __future__ import annotations

import re

import pytest

from ingest.index import Index
from service.answer import Answer, Question
from service.assistant import Assistant
from service.compose import Claim, Writer, join

QUESTIONS = [
    "What does the declaration say about return and readmission?", "What did the ministers decide?", "Which organisations were present?",
    "When and where was the declaration adopted?", "What about climate change?", "Which paragraphs mention human rights?", "What does para 20 say?",
    "Paragraphs 1 to 28", "What does the footnote say?", "Compare paragraphs 13 and 20", "What is the Joint Valletta Action Plan?",
    "What does Article 33 of the Refugee Convention say?", "Who chairs the Khartoum Process?", "What about brain drain?", "How many people drowned in 2024?",
    "Que dit la déclaration du retour ?", "Quels paragraphes mentionnent la traite des êtres humains ?", "Que dit le paragraphe 17 ?", "Que dit le paragraphe 99 ?",
    "Qu'est-ce que le Processus de Rabat ?", "Quel est le rôle de la diaspora ?", "Combien coûte le plan d'action ?",
    "ماذا يقول الإعلان عن العودة؟", "ما الفقرات التي تذكر حقوق الإنسان؟", "ماذا تقول الفقرة 28؟", "ما هي عملية الرباط؟", "من يرأس العملية؟", "ماذا تقول الفقرة 77؟",
]  # fmt: skip


def own_words(text: str) -> str:
    """The answer without what stands between quotation marks."""
    return re.sub(r"“[^”]*”|«[^»]*»", "“”", text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_is_well_formed(assistant: Assistant, question: str) -> None:
    reply = assistant.answer(Question(question))
    text = reply.text
    assert text.strip() == text
    assert text[0].isupper() or text[0].isdigit() or "\u0600" <= text[0] <= "\u06ff", text
    assert text.count("“") == text.count("”")
    assert text.count("«") == text.count("»")
    own = own_words(text)
    assert not re.search(r"[{}]", own), own
    assert not re.search(r"\b(\w{2,}) \1\b", own), own
    assert not re.search(r" [.,]|\.\.|,,|\( | \)|\(\)|  ", own), own
    assert own.count("(") == own.count(")")
    own = re.sub(r"\(\d+\)", "", own)  # a point of an article
    assert "(" not in re.sub(r"\([^()]*\)", "", own), "brackets inside brackets"
    assert not re.search(r"\) \((?!text|النص|not)", own), "two pairs of brackets in a row"
    for citation in reply.citations if isinstance(reply, Answer) else reply.nearest:
        assert citation.quote.strip(" ,;:") == citation.quote
        assert not re.match(r"(?:and|or|but)\b", citation.quote), citation.quote


def test_part_that_all_share_is_said_once(assistant: Assistant) -> None:
    text = assistant.answer(Question("Which paragraphs mention human rights?")).text
    assert text.startswith("Three paragraphs mention human rights, all operative: para. 15 “in full respect of human rights” [1]; para. 21 “")
    assert text.count("operative") == 1


@pytest.mark.parametrize(
    "question", ["Which paragraphs mention migrant [1] borders?", "Which paragraphs mention zebras [7] and [x]?", "[2] mention [3] return"]
)
def test_markers_that_the_asker_typed_are_no_markers(assistant: Assistant, question: str) -> None:
    reply = assistant.answer(Question(question))
    cited = len(reply.citations) if isinstance(reply, Answer) else 0
    assert re.findall(r"\[[^\]]*\]", reply.text) == [f"[{number}]" for number in range(1, cited + 1)]


@pytest.mark.parametrize(
    "question", ["Which provisions mention torture?", "Quels articles mentionnent la torture ?", "Which articles mention marriage?"]
)
def test_mentions_in_other_instruments_name_them(assistant: Assistant, question: str) -> None:
    reply = assistant.answer(Question(question))
    assert isinstance(reply, Answer)
    for one in reply.citations:
        assert assistant.instruments[one.provision.instrument].short[reply.language] in reply.text, reply.text


def test_french_list_has_its_spaces(assistant: Assistant) -> None:
    text = assistant.answer(Question("Quels paragraphes mentionnent la traite des êtres humains ?")).text
    assert re.search(r"\[1\] ; paragraphe", text), text


def test_added_paragraph_keeps_its_verb(index: Index) -> None:
    writer = Writer(index, "en", several=False)
    provision = index.provisions["cairo-declaration-2025/para-28"]
    start = provision.text.index("to hold")
    claim = writer.further(provision, (start, start + 30), 0.5)
    assert claim.template.startswith("In para. 28 (operative) the ministers decide “to hold")


def test_instrument_is_named_where_several_are_cited(index: Index) -> None:
    provision = index.provisions["cairo-declaration-2025/para-28"]
    said = {language: Writer(index, language, several=True).best(provision, (7, 30), 1.0).template for language in ("en", "fr", "ar")}
    assert said["en"].startswith("In para. 28 of the Cairo Declaration (operative) the ministers decide “")
    assert said["fr"].startswith("Au paragraphe 28 (Déclaration du Caire, dispositif), les ministres décident : « ")
    assert said["ar"].startswith("في الفقرة 28 (إعلان القاهرة، المنطوق) ")


def test_summary_is_never_between_quotation_marks(index: Index) -> None:
    digest = next(one for one in index.provisions.values() if one.tier == "digest")
    for language in ("en", "fr", "ar"):
        for claim in (
            Writer(index, language, several=True).best(digest, (0, 9), 1.0),
            Writer(index, language, several=True).further(digest, (0, 9), 1.0),
        ):
            assert claim.citation.quote == ""
            assert not set("“”«»") & set(claim.template.replace(digest.text, ""))


def test_braces_of_a_text_are_words(index: Index) -> None:
    writer = Writer(index, "en", several=False)
    claim = writer.template("fabricate")
    assert claim
    assert join([Claim("a {{x}} {marker}", None)]) == "a {x} [1]"  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "language", "expected"), [(3, "en", "three"), (13, "en", "13"), (2, "fr", "deux"), (3, "ar", "3")])
def test_small_numbers_are_words(index: Index, value: int, language: str, expected: str) -> None:
    assert Writer(index, language, several=False).number(value) == expected  # type: ignore[arg-type]
