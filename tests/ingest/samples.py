"""Documents to read: the official ones of the project's own folder, and others made here in the manner of official ones."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.catalogue import Instrument

ROOT = Path(__file__).resolve().parents[2]
CAIRO = ROOT / "corpus" / "texts" / "cairo-declaration-2025.txt"
CAIRO_NUMBERING = {"units": ["paragraph"], "operative_after": "Have agreed on the following:"}


def official(name: str) -> Path:
    """A file of the folder of official texts; skips the test where there is none."""
    folder = Path(os.environ.get("KHARTOUM_TEST_TEXTS") or ROOT.parent / "shared" / "texts")
    path = folder / name
    if not path.exists():
        pytest.skip(f"{path} is not there; set KHARTOUM_TEST_TEXTS to the folder of official texts")
    return path


def instrument(numbering: Mapping[str, Any] | None = None, *, binding: bool = False) -> Instrument:
    """A catalogue entry with a numbering and nothing else."""
    return Instrument(
        id="sample",
        title={"en": "Sample"},
        short={"en": "Sample"},
        names={},
        abbreviations=(),
        date=None,
        place="",
        symbol="",
        celex="",
        treaty_series="",
        status="",
        binding=binding,
        binding_on="",
        authentic=("en",),
        address="",
        tier="authentic",
        text="",
        actor={},
        numbering=dict(numbering or {}),
    )


LONG = (
    "migration has been part of the human experience throughout history and is a source of prosperity, innovation and sustainable "
    "development in our globalized world, and these positive impacts can be optimized by improving migration governance"
)


def resolution_pdf(path: Path, *, paragraphs: int = 16, objectives: int = 6) -> Path:
    """A General Assembly resolution: running heads, page numbers, footnotes, preamble without numbers, objectives, points."""
    from reportlab.platypus import Paragraph

    heading, body, point = (
        _style("Times-Bold", 12),
        _style("Times-Roman", 10.5, indent=28, justify=True),
        _style("Times-Roman", 10.5, hang=20, justify=True),
    )
    story = [
        Paragraph("73/195. Compact for Safe, Orderly and Regular Migration", heading),
        Paragraph("<i>The General Assembly</i>,", body),
        Paragraph(
            f"<i>Recalling</i> its resolution 71/1 of 19 September 2016, entitled “New York Declaration”,<super>1</super> and that {LONG},", body
        ),
        Paragraph(f"<i>Deeply concerned</i> that {LONG},", body),
        Paragraph("Preamble of the Compact", heading),
        *(
            Paragraph(f"{number}. We note on matter {number} that {LONG}. As 12 States said in 1951, {LONG}.", body)
            for number in range(1, paragraphs + 1)
        ),
        Paragraph("Objectives", heading),
    ]
    for number in range(1, objectives + 1):
        story.append(
            Paragraph(f"Objective {number}: Collect and utilize accurate and disaggregated data on matter {number} as a basis for policies", heading)
        )
        mark = "<super>2</super>" if number == 1 else ""
        story.append(Paragraph(f"{paragraphs + number}. We commit to objective {number} because {LONG}.{mark}", body))
        story += [Paragraph(f"({letter}) Elaborate action {letter} of {number}, since {LONG};", point) for letter in "abc"]
    story.append(Paragraph("Implementation", heading))
    story.append(Paragraph(f"{paragraphs + objectives + 1}. For the implementation we require concerted efforts.", body))
    return _pdf(path, story, "A/RES/73/195", {1: [("1", "Resolution 71/1.")], 3: [("2", "See also resolution 217 A (III), " + LONG[:90] + ".")]})


def treaty_pdf(path: Path) -> Path:
    """An African Union convention: Roman articles with titles, numbered paragraphs, lettered points."""
    from reportlab.platypus import Paragraph

    centred, bold, body = _style("Times-Roman", 11, centre=True), _style("Times-Bold", 11, centre=True), _style("Times-Roman", 10.5)
    story = [
        Paragraph("AFRICAN UNION CONVENTION FOR THE PROTECTION OF INTERNALLY DISPLACED PERSONS", bold),
        Paragraph("Preamble", bold),
        Paragraph("We, the Heads of State and Government of the Member States of the African Union;", body),
        Paragraph(f"CONSCIOUS of the gravity of the situation and that {LONG};", body),
        Paragraph("HAVE AGREED AS FOLLOWS:", body),
    ]
    for number, numeral in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1):
        story += [Paragraph(f"Article {numeral}", bold), Paragraph(f"Obligations relating to matter {number}", bold if number % 2 else centred)]
        if number % 3 == 1:
            story.append(Paragraph(f"For the purpose of the present Convention, {LONG}.", body))
            continue
        for at in (1, 2, 3):
            story.append(Paragraph(f"{at}. States Parties shall accept under Article {numeral} of this Convention that {LONG}.", body))
            if at == 2:
                story += [
                    Paragraph(f"{letter}) Refrain from displacement of kind {letter};", _style("Times-Roman", 10.5, hang=18)) for letter in "abc"
                ]
    story.append(Paragraph("IN WITNESS WHEREOF, we have signed this Convention.", body))
    return _pdf(path, story, "AU Convention", {})


def _style(font: str, size: float, *, indent: float = 0, hang: float = 0, justify: bool = False, centre: bool = False) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"{font}{size}{indent}{hang}{justify}{centre}",
        fontName=font,
        fontSize=size,
        leading=size * 1.2,
        alignment=TA_CENTER if centre else TA_JUSTIFY if justify else TA_LEFT,
        firstLineIndent=indent - hang,
        leftIndent=2 * hang,
        spaceBefore=3,
        spaceAfter=5,
    )


def _pdf(path: Path, story: Sequence[Any], head: str, notes: Mapping[int, Sequence[tuple[str, str]]]) -> Path:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 800, head)
        canvas.drawRightString(523, 800, "Compact for Migration")
        canvas.drawString(72, 30, "18-22226")
        canvas.drawRightString(523, 30, f"{document.page}/9")
        height = 95.0
        for mark, text in notes.get(document.page, ()):
            note = Paragraph(f"<super>{mark}</super> {text}", _style("Times-Roman", 7.5))
            _, taken = note.wrap(450, 100)
            note.drawOn(canvas, 72, height - taken)
            height -= taken + 1

    document = SimpleDocTemplate(str(path), pagesize=A4, leftMargin=72, rightMargin=72, topMargin=70, bottomMargin=110)
    document.build(list(story), onFirstPage=furnish, onLaterPages=furnish)
    return path


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, body: str, *, numbering: str = "", styles: str = "", footnotes: str = "") -> Path:
    """A Word file of these parts, each the inside of its root element."""
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    if footnotes:
        parts["word/footnotes.xml"] = f"<w:footnotes {W}>{footnotes}</w:footnotes>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


def word(text: str, *, number: str = "", level: int = 0, style: str = "", after: str = "") -> str:
    """A paragraph of a Word file."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>{after}</w:p>"


def word_list(abstract: str, levels: Sequence[tuple[str, str]], *, extra: Mapping[int, str] | None = None) -> str:
    """An abstract list of a Word file: (format, pattern) of each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>{(extra or {}).get(at, "")}</w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{abstract}">{inside}</w:abstractNum>'
