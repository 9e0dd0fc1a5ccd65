"""A briefing note as .docx, with real Word footnotes; python-docx makes the document, the footnotes part is ours (it has none)."""

from __future__ import annotations

import io
import re
from typing import Any

from service.study.note import Block, Note

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

_STYLES = {"title": "Title", "heading": "Heading 2", "quote": "Quote", "label": "Caption"}
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
_RUN = re.compile(rf"(?:[{_LETTER}][^A-Za-zÀ-ÿ]*)+|[^{_LETTER}]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def to_docx(note: Note) -> bytes:
    """The file's bytes."""
    import docx  # a second's work, and for notes alone
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.title = _plain(note.title)
    document.core_properties.author = ""
    document.core_properties.language = note.language
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
    _footnote_styles(styles)
    for block in note.blocks:
        paragraph = document.add_paragraph(style=_STYLES.get(block.kind))
        # The direction of a paragraph is that of its own words: an English quote in an Arabic note runs from left to right.
        rtl = _runs_right_to_left(block) if block.kind in ("quote", "summary") else note.language == "ar"
        if rtl:
            _append(paragraph._p.get_or_add_pPr(), "bidi")
        elif note.language == "ar":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        for run in block.runs:
            if run.footnote:
                _reference(paragraph, run.footnote)
            else:
                _add_text(paragraph, run.text, italic=block.kind == "remark", size=Pt(9) if block.kind == "small" else None)
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, _footnotes(note), document.part.package)
    document.part.relate_to(part, RELATION)
    if note.language == "ar":
        _append(document.sections[0]._sectPr, "bidi")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _runs_right_to_left(block: Block) -> bool:
    words = "".join(run.text for run in block.runs)
    return len(_ARABIC.findall(words)) * 2 > sum(character.isalpha() for character in words)


def _add_text(paragraph: Any, text: str, *, italic: bool, size: Any) -> None:
    for piece in _RUN.findall(_plain(text)):
        run = paragraph.add_run(piece)
        run.italic = italic or None
        run.font.size = size
        if _ARABIC.search(piece):
            run.font.rtl = True


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _append(parent: Any, name: str) -> None:
    parent.append(_element(name))


def _reference(paragraph: Any, number: int) -> None:
    run = paragraph.add_run()
    run.style = "Footnote Reference"
    run._r.append(_element("footnoteReference", id=str(number)))


def _footnote_styles(styles: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    reference = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)


def _footnotes(note: Note) -> bytes:
    """The part word/footnotes.xml: the two separators that Word asks for, and a footnote each.

    Source: ECMA-376, part 1, 17.11.
    """
    from lxml import etree

    def tag(name: str) -> str:
        return f"{{{W}}}{name}"

    root = etree.Element(tag("footnotes"), nsmap={"w": W})
    for id, kind, line in (("-1", "separator", "separator"), ("0", "continuationSeparator", "continuationSeparator")):
        one = etree.SubElement(root, tag("footnote"), {tag("type"): kind, tag("id"): id})
        etree.SubElement(etree.SubElement(etree.SubElement(one, tag("p")), tag("r")), tag(line))
    for number, words in enumerate(note.footnotes, start=1):
        one = etree.SubElement(root, tag("footnote"), {tag("id"): str(number)})
        paragraph = etree.SubElement(one, tag("p"))
        properties = etree.SubElement(paragraph, tag("pPr"))
        etree.SubElement(properties, tag("pStyle"), {tag("val"): "FootnoteText"})
        if note.language == "ar":
            etree.SubElement(properties, tag("bidi"))
        sign = etree.SubElement(paragraph, tag("r"))
        etree.SubElement(etree.SubElement(sign, tag("rPr")), tag("rStyle"), {tag("val"): "FootnoteReference"})
        etree.SubElement(sign, tag("footnoteRef"))
        for piece in _RUN.findall(_plain(f" {words}")):
            run = etree.SubElement(paragraph, tag("r"))
            if _ARABIC.search(piece):
                etree.SubElement(etree.SubElement(run, tag("rPr")), tag("rtl"))
            shown = etree.SubElement(run, tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
            shown.text = piece
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole
