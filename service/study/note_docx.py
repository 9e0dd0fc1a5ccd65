"""A briefing note as .docx; python-docx makes the document, `docx_footnotes` the footnotes, which python-docx has none of."""

from __future__ import annotations

import io
from typing import Any

from service.study.docx_footnotes import add_footnotes, element, footnote_styles, reference
from service.study.note import Block, Note
from service.study.note_letters import pieces, plain, right_to_left

_STYLES = {"title": "Title", "heading": "Heading 2", "quote": "Quote", "label": "Caption"}
_SMALL = {"small", "meta"}
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}


def to_docx(note: Note) -> bytes:
    """The file's bytes."""
    import docx  # a second's work, and for notes alone

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.language = plain(note.title), note.language
    properties.author = properties.comments = ""
    _styles(document.styles)
    for block in note.blocks:
        _add(document, block, note)
    add_footnotes(document, note)
    if note.language == "ar":
        document.sections[0]._sectPr.append(element("bidi"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(styles: Any) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    # What Arabic letters are set in is another attribute of the same element.
    normal.element.rPr.rFonts.set(qn("w:cs"), "Arial")
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name, size in (("Title", 22), ("Heading 2", 13), ("Caption", 9)):
        styles[name].font.size, styles[name].font.color.rgb = Pt(size), RGBColor(0x0F, 0x4C, 0x81)
        look = styles[name].element.rPr
        # Letters that are spaced out do not join, and Arabic ones must; their size is an element of its own.
        for spaced in look.findall(qn("w:spacing")):
            look.remove(spaced)
        for old in look.findall(qn("w:szCs")):
            look.remove(old)
        look.append(element("szCs", val=str(size * 2)))
    styles["Heading 2"].paragraph_format.space_before = Pt(14)
    styles["Quote"].font.color.rgb, styles["Quote"].font.italic = RGBColor(0x1B, 0x24, 0x30), False
    styles["Quote"].paragraph_format.left_indent = styles["Quote"].paragraph_format.right_indent = Pt(20)
    styles["Caption"].font.color.rgb = RGBColor(0x9A, 0x4B, 0x12)
    footnote_styles(styles)


def _add(document: Any, block: Block, note: Note) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph(style=_STYLES.get(block.kind))
    words = "".join(run.text for run in block.runs)
    # The direction of a paragraph is that of its own words: an English quote in an Arabic note runs from left to right.
    rtl = right_to_left(words) if block.kind in ("quote", "summary") else note.language == "ar"
    if rtl:
        paragraph._p.get_or_add_pPr().append(element("bidi"))
    elif note.language == "ar":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if block.kind == "summary":
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(20)
    for run in block.runs:
        if run.footnote:
            reference(paragraph, run.footnote, rtl=rtl)
            continue
        for piece, arabic in pieces(run.text, rtl=rtl):
            made = paragraph.add_run(piece)
            made.italic = True if block.kind == "remark" else None
            if block.kind in _SMALL:
                made.font.size, made.font.color.rgb = Pt(9), RGBColor(0x4A, 0x55, 0x62)
                made._r.get_or_add_rPr().append(element("szCs", val="18"))
            if arabic:
                made.font.rtl = True
            made._r.get_or_add_rPr().append(element("lang", **_lang(block.language, arabic)))


def _lang(language: str, arabic: bool) -> dict[str, str]:
    """What a spelling checker is to take the words for."""
    return {"bidi": "ar-SA"} if arabic else {"val": _LANGUAGES.get(language, "en-GB") if language != "ar" else "en-GB"}
