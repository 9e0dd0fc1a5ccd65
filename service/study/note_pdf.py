"""A briefing note as PDF, in a font that has Latin and Arabic letters; the footnotes stand at the end, numbered as in the text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from service.study.note import Block, Note, _words

FONTS = Path(__file__).resolve().parent.parent / "fonts"

_SIZES = {"title": 19, "heading": 12.5, "label": 8.5, "small": 8.5}
_INDENTED = {"quote", "summary"}
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def to_pdf(note: Note) -> bytes:
    """The file's bytes."""
    pdf = _open(note)
    for block in note.blocks:
        _set(pdf, block, note)
    if note.footnotes:
        _line(pdf, _words()[note.language]["notes"], 12.5, note, bold=True, space=4)
        for number, words in enumerate(note.footnotes, start=1):
            _line(pdf, f"{number}. {words}", 8.5, note, space=1.2)
    return bytes(pdf.output())


def _open(note: Note) -> Any:
    from fpdf import FPDF  # for notes alone

    class Paper(FPDF):  # type: ignore[misc]
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("DejaVu", size=8)
            self.set_text_color(90)
            self.cell(0, 6, str(self.page_no()), align="C")
            self.set_text_color(0)

    pdf = Paper(format="A4")
    pdf.set_margins(22, 20, 22)
    pdf.set_auto_page_break(True, margin=20)
    pdf.add_font("DejaVu", fname=FONTS / "DejaVuSans.ttf")
    pdf.add_font("DejaVu", style="B", fname=FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_text_shaping(True)
    pdf.set_title(_plain(note.title))
    pdf.set_lang(note.language)
    pdf.set_creator("Khartoum Process assistant")
    pdf.add_page()
    return pdf


def _set(pdf: Any, block: Block, note: Note) -> None:
    # A number in brackets, as the note at the end has it: raised figures are lost when text is copied from a PDF.
    text = "".join(f" [{run.footnote}]" if run.footnote else run.text for run in block.runs)
    if block.kind == "small":
        pdf.ln(3)
    _line(pdf, text, _SIZES.get(block.kind, 10.5), note, bold=block.kind in ("title", "heading"), indented=block.kind in _INDENTED)


def _line(pdf: Any, text: str, size: float, note: Note, *, bold: bool = False, indented: bool = False, space: float = 2) -> None:
    text = _plain(text)
    # What is quoted has the direction of its own words; everything else that of the note.
    rtl = len(_ARABIC.findall(text)) * 2 > sum(map(str.isalpha, text)) if indented else note.language == "ar"
    indent = 8 if indented else 0
    pdf.set_text_shaping(True, direction="rtl" if rtl else "ltr")
    pdf.set_font("DejaVu", style="B" if bold else "", size=size)
    if bold:
        pdf.ln(2)
    width = pdf.epw - indent
    pdf.set_x(pdf.l_margin + (0 if rtl else indent))
    pdf.multi_cell(width, size * 0.53, text, align="R" if rtl else "L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(space)


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text)
