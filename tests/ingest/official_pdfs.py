"""PDFs in the manner of a General Assembly resolution with an annex, the Official Journal and the Council of Europe, in words of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SAID = "the participating countries agree that orderly movement of people serves both regions and that nobody is left behind, as 12 States said"


def resolution_with_annex(path: Path, *, objectives: int = 4) -> Path:
    """A first page with a masthead and an imprint, heads of two lines on the others, notes of two lines, and a compact in the annex."""

    def furnish(canvas: Any, page: int) -> None:
        if page == 1:
            _lines(canvas, ("Times-Roman", 14, 72, 800, "United Nations"), ("Times-Roman", 14, 430, 800, "A/RES/79/999"))
            _lines(canvas, ("Times-Bold", 18, 150, 765, "General Assembly"), ("Times-Roman", 9, 430, 775, "Distr.: General"))
            _lines(
                canvas,
                ("Times-Roman", 8, 72, 30, "25-00226 (E)"),
                ("Times-Roman", 8, 72, 20, "*2500226*"),
                ("Times-Roman", 8, 470, 26, "Please recycle"),
            )
            return
        _lines(canvas, ("Times-Roman", 9, 72, 812, "A/RES/79/999"), ("Times-Roman", 9, 72, 800, "Compact for Safe and Regular Bridges"))
        _lines(
            canvas,
            ("Times-Roman", 9, 72, 26, "25-00226" if page % 2 else f"{page}/9"),
            ("Times-Roman", 9, 490, 26, f"{page}/9" if page % 2 else "25-00226"),
        )

    title = "Compact for Safe and Regular Bridges"
    story = [
        ("heading", "Resolution adopted by the General Assembly on 19 December 2024"),
        ("heading", f"79/999.  {title}"),
        ("text", "<i>The General Assembly</i>,"),
        ("text", f"<i>Recalling</i> its resolution 71/1 and that {SAID},<super size=6>1</super>", "1 Resolution 71/1."),
        ("text", "1.  <i>Endorses</i> the Compact, the text of which is annexed to the present resolution;"),
        ("text", "2.  <i>Decides</i> to remain seized of the matter."),
        ("right", "60th plenary meeting"),
        ("heading", "Annex"),
        ("heading", title),
        ("text", "We, the Heads of State and Government, have adopted this Compact:<super size=6>2</super>", "2 " + "A long note. " * 14),
        ("heading", "Preamble"),
        *(("text", f"{number}.  This Compact rests on purpose {number} because {SAID}.") for number in range(1, 8)),
        ("text", "8.  We commit to the following objectives:"),
        *(("point", f"({number})  Collect data on matter {number}") for number in range(1, objectives + 1)),
        ("heading", "Objectives and commitments"),
    ]
    for number in range(1, objectives + 1):
        story += [
            ("heading", f"Objective {number}: Collect and utilize accurate and disaggregated data on matter {number} as a basis for policies"),
            ("text", f"{8 + number}.  We commit to objective {number}: {SAID}."),
            ("text", "To realize this commitment, we will draw from the following actions:"),
            *(("point", f"({letter})  Elaborate strategy {letter}, since {SAID};") for letter in "ab"),
            *(("inner", f"({roman})  by step {roman}, so that {SAID};") for roman in ("i", "ii")),
        ]
    story.append(("text", f"{9 + objectives}.  We will review progress in 2030."))
    return _built(path, story, furnish)


def journal(path: Path) -> Path:
    """A regulation as the Official Journal sets it: "EN" and the date at the head, the address and the page at the foot, an annex."""

    def furnish(canvas: Any, page: int) -> None:
        left, right = ("OJ L, 22.5.2024", "EN") if page % 2 else ("EN", "OJ L, 22.5.2024")
        _lines(canvas, ("Helvetica", 8, 72, 805, left), ("Helvetica", 8, 460, 805, right))
        _lines(canvas, ("Helvetica", 8, 72, 26, "ELI: http://data.europa.eu/eli/reg/2024/1111/oj"), ("Helvetica", 8, 500, 26, f"{page}/7"))

    story: list[tuple[str, ...]] = [
        ("centre", "REGULATION (EU) 2024/1111 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL"),
        ("plain", "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,"),
        ("plain", "Having regard to the opinion of the Committee <super size=5>(1)</super>,", "(1) OJ C 75, 10.3.2017, p. 97."),
        ("plain", "Whereas:"),
        *(("plain", f"({number})  In recital {number} {SAID}. Article 12 of the 1951 Refugee Convention applies.") for number in range(1, 9)),
        ("plain", "HAVE ADOPTED THIS REGULATION:"),
    ]
    for article in range(1, 9):
        if article in (1, 5):
            story += [("italic", f"CHAPTER {'I' if article == 1 else 'II'}"), ("centre", "GENERAL PROVISIONS" if article == 1 else "BRIDGES")]
        story += [("italic", f"Article {article}"), ("centre", f"Subject matter of {article}")]
        for number in (1, 2, 3):
            story.append(("plain", f"{number}.    Member States shall see in Article {article} that {SAID}{':' if number == 2 else '.'}"))
            if number == 2:
                story += [("point", f"({letter})  step {letter}, because {SAID};") for letter in "ab"]
                story.append(("plain", "The first subparagraph applies to ferries as well."))
    story += [("plain", "This Regulation shall be binding in its entirety."), ("plain", "Done at Brussels, 14 May 2024.")]
    story += [("centre", "ANNEX"), ("centre", "List of bridges"), ("plain", "1.  The old bridge."), ("plain", "2.  The new bridge.")]
    return _built(path, story, furnish)


def council_convention(path: Path) -> Path:
    """A convention of the Council of Europe: numbers and letters without a stop."""

    def furnish(canvas: Any, page: int) -> None:
        _lines(canvas, ("Times-Roman", 9, 72, 805, "CETS 999 – Action against Tolls, 16.V.2025"), ("Times-Roman", 9, 297, 26, str(page)))

    story: list[tuple[str, ...]] = [
        ("heading", "Council of Europe Convention on Action against Tolls"),
        ("heading", "Preamble"),
        ("plain", "The member States of the Council of Europe and the other Signatories hereto,"),
        ("plain", f"Considering that {SAID};"),
        ("plain", "Have agreed as follows:"),
        ("heading", "Chapter I – Purposes and scope"),
    ]
    for article in range(1, 11):
        story.append(("heading", f"Article {article} – Purposes of {article}"))
        if article % 4 == 2:
            story.append(("plain", f"The Parties shall ensure under Article {article} that {SAID}."))
            continue
        for number in (1, 2, 3):
            story.append(("plain", f"{number}     Each Party shall adopt measure {number} so that {SAID}{':' if number == 2 else '.'}"))
            story += [("point", f"{letter}     to prevent kind {letter} of tolls;") for letter in ("abc" if number == 2 else "")]
    story.append(("plain", "In witness whereof the undersigned have signed this Convention."))
    return _built(path, story, furnish)


def printed_by_a_browser(path: Path) -> Path:
    """A page whose raised marks are as large as browsers set them."""
    story = [
        ("text", f"1.  We recall the Declaration,<super size=8.33 rise=4>1</super> and {SAID}.", "1 Resolution 71/1."),
        ("text", "2.  We meet in 2030."),
    ]
    return _built(path, story, lambda canvas, page: None)


def _lines(canvas: Any, *lines: tuple[str, float, float, float, str]) -> None:
    for font, size, x, y, text in lines:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)


def _built(path: Path, story: Sequence[tuple[str, ...]], furnish: Callable[[Any, int], None]) -> Path:
    """Paragraphs (style, text, and the note to it if any: its mark, a space, its words) on pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

    notes: list[str] = []

    class Note(Flowable):  # type: ignore[misc]
        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

        def draw(self) -> None:
            notes.append(self.words)

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=4, spaceAfter=6)
    styles = {
        "plain": body,
        "text": ParagraphStyle("text", parent=body, firstLineIndent=28),
        "point": ParagraphStyle("point", parent=body, firstLineIndent=-18, leftIndent=46),
        "inner": ParagraphStyle("inner", parent=body, firstLineIndent=-18, leftIndent=64),
        "right": ParagraphStyle("right", parent=body, leftIndent=300),
        "heading": ParagraphStyle("heading", parent=body, fontName="Times-Bold", fontSize=11, leading=13, alignment=0, spaceBefore=8),
        "centre": ParagraphStyle("centre", parent=body, fontName="Times-Bold", alignment=1),
        "italic": ParagraphStyle("italic", parent=body, fontName="Times-Italic", alignment=1),
    }
    small = ParagraphStyle("small", parent=body, fontSize=8, leading=9.5)

    def finish(canvas: Any, document: Any) -> None:
        height = 95.0
        for note in notes:
            mark, _, words = note.partition(" ")
            paragraph = Paragraph(f"<super size=5>{mark}</super> {words}", small)
            height -= paragraph.wrap(450, 100)[1]
            paragraph.drawOn(canvas, 72, height)
        notes.clear()
        furnish(canvas, document.page)

    flowables: list[Any] = []
    for style, text, *note in story:
        flowables += [Paragraph(text.replace("  ", "&nbsp;&nbsp;"), styles[style]), *map(Note, note)]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates([PageTemplate("page", [Frame(72, 110, 451, 640, leftPadding=0, rightPadding=0)], onPageEnd=finish)])
    document.build(flowables)
    return path


def in_two_languages(path: Path, *, articles: int = 12) -> Path:
    """A treaty with English in the left column of each page and French in the right one."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Frame, Paragraph

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=4, spaceAfter=6)
    bold = ParagraphStyle("bold", parent=body, fontName="Times-Bold", alignment=1)
    left, right = [Paragraph("Treaty on Ferries", bold)], [Paragraph("Traité relatif aux bacs", bold)]
    dit = "les pays participants conviennent que la circulation des personnes sert les deux régions et que nul n'est laissé pour compte"
    for n in range(1, articles + 1):
        left += [
            Paragraph(f"Article {n}", bold),
            Paragraph(f"1. As to matter {n}, {SAID}.", body),
            Paragraph(f"2. They meet in the year 20{n + 9}.", body),
        ]
        right += [Paragraph(f"Article {n}", bold), Paragraph(f"1. Sur le point {n}, {dit}.", body), Paragraph("2. Elles se réunissent.", body)]
    canvas = Canvas(str(path), pagesize=A4)
    while left or right:
        columns: tuple[tuple[float, list[Flowable]], ...] = ((60, left), (310, right))
        for x, column in columns:
            Frame(x, 90, 225, 500, leftPadding=0, rightPadding=0).addFromList(column, canvas)
        canvas.showPage()
    canvas.save()
    return path


def with_turned_pages(path: Path) -> Path:
    """Eight paragraphs on four pages: as they are, turned to the left, a drawing without words, turned to the right."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(600, 840))
    number = 0
    for turn in (0, 90, None, -90, 180):
        if turn is None:
            canvas.rect(100, 100, 300, 300, fill=1)
        else:
            canvas.translate(*{0: (0, 0), 90: (600, 0), -90: (0, 840), 180: (600, 840)}[turn])
            canvas.rotate(turn)
            canvas.setFont("Times-Roman", 10)
            for at in range(2):
                number += 1
                canvas.drawString(
                    72, 500 - 60 * at, f"{number}. We commit to matter {number * number} and to all that follows from it for the countries"
                )
                canvas.drawString(72, 488 - 60 * at, f"that took part, being {number + 20} in all.")
        canvas.showPage()
    canvas.save()
    return path
