"""Briefing notes: every quote is checked again, footnotes are footnotes, Arabic runs from right to left."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
import pypdfium2
import pytest
from lxml import etree

from service.study.note import Chosen, ChosenItem, Note, NotFaithful, compose
from service.study.note_docx import W, to_docx
from service.study.note_pdf import to_pdf
from service.study.view import Study
from tests.service.small_assistant import PARA_23, SmallAssistant

QUOTE = "human rights"
START = PARA_23.index(QUOTE)
ADDRESS = "https://khartoum.example"


@pytest.fixture
def view() -> Study:
    return Study(SmallAssistant())


def a_note(view: Study, language: str = "en", **changes: str) -> Note:
    answer = ChosenItem(
        changes.get("question", "What of rights?"),
        changes.get("answer", "In para. 23 the ministers speak of “human rights” [1]."),
        (Chosen("cairo-declaration-2025/para-23", changes.get("quote", QUOTE), START, START + len(QUOTE)),),
        changes.get("remark", ""),
    )
    paragraph = ChosenItem("", "", (Chosen("agenda-2063/target-1", "", 0, 0),), "")
    return compose(view, changes.get("title", ""), [answer, paragraph], language, address=ADDRESS, version="one", today=dt.date(2025, 5, 1))  # type: ignore[arg-type]


def test_note_has_a_footnote_for_each_citation_with_its_address_and_the_version(view: Study) -> None:
    note = a_note(view)
    assert note.footnotes == (
        f"Cairo Ministerial Declaration, para. 23, 2025-04-09. {ADDRESS}/read/cairo-declaration-2025#para-23",
        f"Agenda 2063, target 1. {ADDRESS}/read/agenda-2063#target-1 (Summary by this project, not the official text)",
    )
    assert "1 of 1 quotes checked word for word against the stored texts on 2025-05-01; corpus version one." in note.blocks[-1].runs[0].text


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"quote": "human wrongs"}, "/items/0/citations/0/quote"),
        ({"answer": "They promise “unlimited visas for all people” [1]."}, "/items/0/answer"),
        ({"answer": "They speak of “human rights” [2]."}, "/items/0/answer"),
    ],
)
def test_note_with_a_wrong_quote_or_marker_is_not_made(view: Study, changes: dict[str, str], pointer: str) -> None:
    with pytest.raises(NotFaithful) as raised:
        a_note(view, **changes)
    assert [fault.pointer for fault in raised.value.faults] == [pointer]


def test_word_file_opens_and_its_footnotes_are_footnotes(view: Study) -> None:
    made = to_docx(a_note(view, title="<b>Return</b> & \x0b*more*", remark="<script>alert(1)</script>\x00"))
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "<b>Return</b> & *more*"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
        assert b"footnotes+xml" in package.read("[Content_Types].xml")
        assert b"relationships/footnotes" in package.read("word/_rels/document.xml.rels")
    held = [one.get(f"{{{W}}}id") for one in notes if one.get(f"{{{W}}}type") is None]
    assert [one.get(f"{{{W}}}id") for one in body.iter(f"{{{W}}}footnoteReference")] == held == ["1", "2"]


def test_arabic_note_runs_from_right_to_left_and_its_english_quote_from_left_to_right(view: Study) -> None:
    quoted = ChosenItem("", "", (Chosen("cairo-declaration-2025/para-23", "", 0, 0),), "ملاحظة")
    note = compose(view, "العودة", [quoted], "ar", address=ADDRESS, version="one", today=dt.date(2025, 5, 1))
    paragraphs = docx.Document(io.BytesIO(to_docx(note))).paragraphs
    turned = {paragraph.text[:12]: paragraph._p.pPr is not None and paragraph._p.pPr.find(f"{{{W}}}bidi") is not None for paragraph in paragraphs}
    assert turned["العودة"]
    assert not turned["«Highlight t"]
    assert any(run.font.rtl for run in paragraphs[0].runs)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_has_the_words_and_the_notes(view: Study, language: str) -> None:
    document = pypdfium2.PdfDocument(to_pdf(a_note(view, language, title="Return")))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Return" in text
    assert "/read/cairo-declaration-2025#para-23" in text.replace("\r\n", "").replace("\n", "")
