"""A briefing note as PDF, in a font that has Latin and Arabic letters; the footnotes stand at the end, numbered as in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.study.note import Block, Note, words_of
from service.study.note_letters import has_arabic, plain, right_to_left

FONTS = Path(__file__).resolve().parent.parent / "fonts"

_SIZES = {"title": 18, "meta": 8.5, "heading": 12, "label": 8.5, "small": 8.5}
_INDENTED = {"quote", "summary"}
_COLOURS = {"title": (15, 76, 129), "heading": (15, 76, 129), "label": (154, 75, 18), "meta": (74, 85, 98), "small": (74, 85, 98)}
_BLACK = (27, 36, 48)


def to_pdf(note: Note) -> bytes:
    """The file's bytes."""
    pdf = _open(note)
    for block in note.blocks:
        _set(pdf, block, note)
    if note.footnotes:
        _set(pdf, Block("heading", (), note.language), note, words_of(note.language)["notes"])
        for number, footnote in enumerate(note.footnotes, start=1):
            _line(pdf, f"{number}. {footnote.text}", 8.5, rtl=note.language == "ar", link=footnote.address, space=1.2)
    return bytes(pdf.output())


def _open(note: Note) -> Any:
    from fpdf import FPDF  # for notes alone

    class Paper(FPDF):  # type: ignore[misc]
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("DejaVu", size=8)
            self.set_text_color(90)
            self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="C")

    pdf = Paper(format="A4")
    pdf.set_margins(22, 20, 22)
    pdf.set_auto_page_break(True, margin=20)
    pdf.add_font("DejaVu", fname=FONTS / "DejaVuSans.ttf")
    pdf.add_font("DejaVu", style="B", fname=FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_text_shaping(True)
    pdf.set_title(plain(note.title))
    pdf.set_lang(note.language)
    pdf.set_creator("Khartoum Process assistant")
    pdf.add_page()
    return pdf


def _set(pdf: Any, block: Block, note: Note, text: str = "") -> None:
    # A number in brackets, as the note at the end has it: raised figures are lost when text is copied from a PDF. In Arabic a mark that is
    # not seen goes before it, so that it does not run on with foreign words.
    sign = "\u200f [{}]" if note.language == "ar" and block.kind not in _INDENTED else " [{}]"
    text = text or "".join(sign.format(run.footnote) if run.footnote else run.text for run in block.runs)
    if block.kind == "small":
        pdf.ln(3)
    # What is quoted has the direction of its own words; everything else that of the note.
    rtl = right_to_left(text) if block.kind in _INDENTED else note.language == "ar"
    pdf.set_text_color(*_COLOURS.get(block.kind, _BLACK))
    bold = block.kind in ("title", "heading")
    _line(pdf, text, _SIZES.get(block.kind, 10), rtl=rtl, bold=bold, indent=8 if block.kind in _INDENTED else 0)
    pdf.set_text_color(*_BLACK)


def _line(pdf: Any, text: str, size: float, *, rtl: bool, bold: bool = False, indent: float = 0, link: str = "", space: float = 2) -> None:
    # Latin letters need no shaping, which takes nine tenths of the time.
    pdf.set_text_shaping(rtl or has_arabic(text), direction="rtl" if rtl else "ltr")
    pdf.set_font("DejaVu", style="B" if bold else "", size=size)
    if bold:
        pdf.ln(3)
        # A heading does not stand alone at the foot of a page.
        if pdf.will_page_break(30):
            pdf.add_page()
    pdf.set_x(pdf.l_margin + (0 if rtl else indent))
    pdf.multi_cell(pdf.epw - indent, size * 0.53, plain(text), align="R" if rtl else "L", link=link, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(space)
