"""Real Word footnotes: the part word/footnotes.xml with its links, the references, the styles.

Source: ECMA-376, part 1, 17.11.
"""

from __future__ import annotations

from typing import Any

from service.study.note import Footnote, Note
from service.study.note_letters import pieces

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = f"{R}/footnotes"
SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


def reference(paragraph: Any, number: int, *, rtl: bool) -> None:
    """Adds the raised number of a footnote to a paragraph, in the paragraph's direction."""
    run = paragraph.add_run()
    run.style = "Footnote Reference"
    run.font.rtl = rtl or None
    run._r.append(element("footnoteReference", id=str(number)))


def footnote_styles(styles: Any) -> None:
    """The styles that Word names so itself."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size, text.paragraph_format.space_after = Pt(9), Pt(2)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x0F, 0x4C, 0x81), True


def add_footnotes(document: Any, note: Note) -> None:
    """Adds the part with all footnotes, and tells the document's settings of the two separators, which Word asks for."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, b"", document.part.package)
    part._blob = _xml(part, note)
    document.part.relate_to(part, RELATION)
    properties = element("footnotePr")
    for id, _ in SEPARATORS:
        properties.append(element("footnote", id=id))
    settings = document.settings.element
    # The schema has an order; it stands before `compat`.
    compat = settings.find(f"{{{W}}}compat")
    if compat is None:
        settings.append(properties)
    else:
        compat.addprevious(properties)


def _xml(part: Any, note: Note) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{W}}}footnotes", nsmap={"w": W, "r": R})
    for id, kind in SEPARATORS:
        one = etree.SubElement(root, f"{{{W}}}footnote", {f"{{{W}}}type": kind, f"{{{W}}}id": id})
        paragraph, run = element("p"), element("r")
        run.append(element(kind))
        paragraph.append(run)
        one.append(paragraph)
    for number, footnote in enumerate(note.footnotes, start=1):
        one = etree.SubElement(root, f"{{{W}}}footnote", {f"{{{W}}}id": str(number)})
        one.append(_paragraph(part, footnote, rtl=note.language == "ar"))
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _paragraph(part: Any, footnote: Footnote, *, rtl: bool) -> Any:
    paragraph, properties, sign = element("p"), element("pPr"), element("r")
    properties.append(element("pStyle", val="FootnoteText"))
    if rtl:
        properties.append(element("bidi"))
    look = element("rPr")
    look.append(element("rStyle", val="FootnoteReference"))
    sign.extend([look, element("footnoteRef")])
    paragraph.extend([properties, sign, *_runs(f" {footnote.words} ", rtl=rtl)])
    link = element("hyperlink")
    target = part.relate_to(footnote.address, f"{R}/hyperlink", is_external=True)
    link.set(f"{{{R}}}id", target)
    link.extend(_runs(footnote.address, rtl=False, style="Hyperlink"))
    paragraph.append(link)
    if footnote.mark:
        paragraph.extend(_runs(f" ({footnote.mark})", rtl=rtl))
    return paragraph


def _runs(text: str, *, rtl: bool, style: str = "") -> list[Any]:
    found = []
    for piece, arabic in pieces(text, rtl=rtl):
        run, look, shown = element("r"), element("rPr"), element("t")
        if style:
            look.append(element("rStyle", val=style))
        if arabic:
            look.append(element("rtl"))
        if len(look):
            run.append(look)
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        shown.text = piece
        run.append(shown)
        found.append(run)
    return found


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML with its attributes in the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
