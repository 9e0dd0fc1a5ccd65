"""Briefing notes: every quote, marker and number is checked again, footnotes are footnotes, Arabic runs from right to left."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import docx
import pypdfium2
import pytest
from lxml import etree

from service.study.docx_footnotes import R, W
from service.study.note import Chosen, ChosenItem, Note, NotFaithful, compose
from service.study.note_docx import to_docx
from service.study.note_pdf import to_pdf
from service.study.view import Study
from tests.service.small_assistant import PARA_23, SmallAssistant

DECLARATION = "cairo-declaration-2025"
QUOTE = "human rights"
START = PARA_23.index(QUOTE)
ADDRESS = "https://khartoum.example"
DAY = dt.date(2025, 5, 1)
PARAGRAPH = ChosenItem("", "", (Chosen(f"{DECLARATION}/para-23", "", 0, 0),), "")
SUMMARY = ChosenItem("", "", (Chosen("agenda-2063/target-1", "", 0, 0),), "")


@pytest.fixture
def view() -> Study:
    return Study(SmallAssistant())


def an_answer(**changes: str) -> ChosenItem:
    return ChosenItem(
        changes.get("question", "What of rights?"),
        changes.get("answer", "In para. 23 the ministers speak of “human rights” [1]."),
        (Chosen(f"{DECLARATION}/para-23", changes.get("quote", QUOTE), START, START + len(QUOTE)),),
        changes.get("remark", ""),
    )


def a_note(view: Study, items: Sequence[ChosenItem] = (), language: str = "en", title: str = "") -> Note:
    return compose(view, title, items or [an_answer(), SUMMARY], language, address=ADDRESS, version="one", today=DAY)  # type: ignore[arg-type]


def words(note: Note) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in note.blocks]


def test_note_has_a_footnote_for_each_citation_with_its_address_and_the_version(view: Study) -> None:
    note = a_note(view)
    assert [one.text for one in note.footnotes] == [
        f"Cairo Ministerial Declaration, 9 April 2025, para. 23. {ADDRESS}/read/cairo-declaration-2025#para-23",
        f"Agenda 2063, target 1. {ADDRESS}/read/agenda-2063#target-1 (Summary by this project, not the official text)",
    ]
    assert words(note)[1] == "1 May 2025 · corpus version one"
    assert "1 of 1 quotes checked word for word against the stored texts on 1 May 2025; corpus version one." in words(note)[-1]


def test_items_stand_in_the_writers_order_and_remarks_are_the_writers(view: Study) -> None:
    alone = ChosenItem("", "", (), "Mine alone.\nTwo lines.")
    found = words(a_note(view, [SUMMARY, alone, an_answer(remark="And this.")]))
    order = [found.index(one) for one in ("Agenda 2063, target 1", "Remark: Mine alone.", "Two lines.", "What of rights?", "Remark: And this.")]
    assert order == sorted(order)
    assert found[-1].endswith("Remarks are the author’s own.")


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"quote": "human wrongs"}, "/items/0/citations/0/quote", "Item 1: the quote “human wrongs” does not stand word for word in Cairo"),
        ({"answer": "They promise “unlimited visas for all people” [1]."}, "/items/0/answer", "Item 1: the answer quotes “unlimited visas"),
        ({"answer": "They promise “visas” [1].", "question": "visas?"}, "/items/0/answer", "Item 1: the answer quotes “visas”"),
        ({"answer": "They speak of “human rights” [2]."}, "/items/0/answer", "Item 1: the answer has a marker [2]"),
        ({"answer": "In para. 99 the ministers speak of “human rights” [1]."}, "/items/0/answer", "Item 1: the answer has a number"),
    ],
)
def test_note_with_a_wrong_quote_marker_or_number_is_not_made(view: Study, changes: dict[str, str], pointer: str, said: str) -> None:
    with pytest.raises(NotFaithful) as raised:
        a_note(view, [an_answer(**changes)])
    assert pointer in [fault.pointer for fault in raised.value.faults]
    assert any(fault.detail.startswith(said) for fault in raised.value.faults)


def test_what_is_wrong_is_told_in_the_notes_language_with_the_items_number(view: Study) -> None:
    for language, begins in (("fr", "Élément 2 : la citation « human wrongs »"), ("ar", "العنصر 2: الاقتباس «human wrongs»")):
        with pytest.raises(NotFaithful) as raised:
            a_note(view, [SUMMARY, an_answer(quote="human wrongs")], language)
        assert raised.value.faults[0].detail.startswith(begins)


def test_quote_without_its_offsets_is_found_and_one_from_a_summary_is_refused(view: Study) -> None:
    assert a_note(view, [ChosenItem("", "", (Chosen(f"{DECLARATION}/para-23", QUOTE, 0, 0),), "")]).footnotes
    with pytest.raises(NotFaithful):
        a_note(view, [ChosenItem("", "", (Chosen("agenda-2063/target-1", "high standard", 0, 0),), "")])


def test_words_of_the_question_may_be_repeated_where_no_marker_makes_them_a_quotation(view: Study) -> None:
    repeated = an_answer(question="What of open borders?", answer="Nothing on “open borders”. Nearest: “human rights” [1].")
    assert a_note(view, [repeated]).footnotes


def test_word_file_opens_and_its_footnotes_are_footnotes_with_links(view: Study) -> None:
    made = to_docx(a_note(view, [an_answer(remark="<script>alert(1)</script>\x00"), SUMMARY], title="<b>Return</b> & \x0b*more*"))
    document = docx.Document(io.BytesIO(made))
    assert document.paragraphs[0].text == "<b>Return</b> & *more*"
    assert "Remark: <script>alert(1)</script>" in [paragraph.text for paragraph in document.paragraphs]
    assert document.core_properties.comments == ""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
        links = etree.fromstring(package.read("word/_rels/footnotes.xml.rels"))
        settings = etree.fromstring(package.read("word/settings.xml"))
        assert b"footnotes+xml" in package.read("[Content_Types].xml")
        assert b"relationships/footnotes" in package.read("word/_rels/document.xml.rels")
    held = [one.get(f"{{{W}}}id") for one in notes if one.get(f"{{{W}}}type") is None]
    assert [one.get(f"{{{W}}}id") for one in body.iter(f"{{{W}}}footnoteReference")] == held == ["1", "2"]
    targets = {one.get("Id"): one.get("Target") for one in links}
    assert [targets[one.get(f"{{{R}}}id")] for one in notes.iter(f"{{{W}}}hyperlink")] == [
        f"{ADDRESS}/read/cairo-declaration-2025#para-23",
        f"{ADDRESS}/read/agenda-2063#target-1",
    ]
    assert [one.get(f"{{{W}}}id") for one in settings.find(f"{{{W}}}footnotePr")] == ["-1", "0"]


def test_arabic_note_runs_from_right_to_left_and_its_english_quote_from_left_to_right(view: Study) -> None:
    note = a_note(view, [ChosenItem("", "", (Chosen(f"{DECLARATION}/para-23", "", 0, 0),), "ملاحظة")], "ar", "العودة")
    paragraphs = docx.Document(io.BytesIO(to_docx(note))).paragraphs
    turned = {paragraph.text[:12]: paragraph._p.pPr is not None and paragraph._p.pPr.find(f"{{{W}}}bidi") is not None for paragraph in paragraphs}
    assert turned["العودة"]
    assert not turned["“Highlight t"]
    assert any(run.font.rtl for run in paragraphs[0].runs)


def test_long_foreign_quote_in_an_arabic_answer_has_lines_of_its_own(view: Study) -> None:
    quote = PARA_23[: PARA_23.index(QUOTE)].strip()
    assert len(quote) > 60
    answer = ChosenItem("ماذا؟", f"في الفقرة 23: «{quote}» [1] (النص).", (Chosen(f"{DECLARATION}/para-23", quote, 0, len(quote)),), "")
    note = a_note(view, [answer], "ar")
    told = [(block.kind, block.language, "".join(run.text for run in block.runs)) for block in note.blocks if block.kind in ("text", "quote")]
    assert told == [("text", "ar", "في الفقرة 23:"), ("quote", "en", f"«{quote}»"), ("text", "ar", "(النص).")]
    assert [run.footnote for block in note.blocks if block.kind == "quote" for run in block.runs] == [0, 1]
    english = [("text", "“" + quote + "”")]
    kept = a_note(view, [ChosenItem("What?", f"“{quote}” [1]", answer.citations, "")])
    assert [(block.kind, block.runs[0].text.strip()) for block in kept.blocks if block.kind in ("text", "quote")] == english


def test_closing_mark_of_foreign_words_belongs_to_the_arabic_line(view: Study) -> None:
    answer = an_answer(answer="في الفقرة 23: «human rights» [1] (النص).")
    paragraphs = docx.Document(io.BytesIO(to_docx(a_note(view, [answer], "ar")))).paragraphs
    line = next(paragraph for paragraph in paragraphs if "human" in paragraph.text)
    assert [(run.text, bool(run.font.rtl)) for run in line.runs if run.text] == [
        ("في الفقرة 23: «", True),
        ("human rights", False),
        ("»", True),
        (" (", True),
        ("النص).", True),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_pdf_has_the_words_the_notes_and_their_links(view: Study, language: str) -> None:
    made = to_pdf(a_note(view, language=language, title="Return"))
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert "Return" in text
    assert "/read/cairo-declaration-2025#para-23" in text.replace("\r\n", "").replace("\n", "")
    assert b"/URI (https://khartoum.example/read/cairo-declaration-2025#para-23)" in made


def test_note_of_two_hundred_items_is_made(view: Study) -> None:
    note = a_note(view, [an_answer(remark=f"remark {number}") for number in range(200)])
    assert len(note.footnotes) == 200
    assert len(docx.Document(io.BytesIO(to_docx(note))).paragraphs) > 600
    assert len(pypdfium2.PdfDocument(to_pdf(note))) > 10
