"""A made-up official text of hundreds of pages, as a PDF: chapters, articles, numbered paragraphs, points, running heads, footnotes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

_WHO = (
    "The Parties", "Each Party", "The Secretariat", "Countries of origin", "Countries of transit", "Countries of destination",
    "The Steering Committee", "Regional organisations",
    "Local authorities", "Border services",
    "Consular officers", "Labour inspectors", "Social partners", "The Conference",
)  # fmt: skip
_DO = (
    "shall strengthen", "shall review", "undertake to promote", "may establish", "shall take steps towards", "agree to share information on",
    "shall report each year on", "encourage investment in", "shall respect the rules on", "recognise the need for", "shall not restrict",
    "commit to monitoring", "shall finance", "shall harmonise their laws on", "are invited to publish data on",
)  # fmt: skip
_WHAT = (
    "legal pathways for seasonal work", "recognition of diplomas and skills", "search and rescue at sea", "family reunification",
    "health care of children",
    "readmission agreements", "reintegration grants", "identity documents and birth registration", "portability of pensions",
    "the price of remittances",
    "shelters for victims of trafficking", "joint investigation teams", "vocational training of young people", "early warning of droughts",
    "local integration of displaced persons", "access to courts", "statistics by sex and age", "student exchange", "the return of cultural property",
    "fisheries and coastal livelihoods", "water supply of host communities", "screening procedures", "alternatives to detention", "travel documents",
)  # fmt: skip
_HOW = (
    "in full respect of human rights", "with the help of the diaspora", "subject to the availability of funds",
    "within two years of entry into force",
    "taking account of climate change", "in cooperation with universities", "without discrimination of any kind", "under judicial review",
    "in line with the principle of non-refoulement", "on the basis of shared responsibility", "through digital services", "at the request of a Party",
    "where the circumstances so require", "having regard to the best interests of the child", "with due protection of personal data",
)  # fmt: skip
TITLE = "Convention on Mobility between the Regions"
_PAGE = 2_750
"""Characters on a page, near enough."""
_NOTE = "See resolution {0}/{1} of the General Assembly and the report of the meeting of experts of {2}, paragraphs {3} to {4}."


def write_long_pdf(path: Path, pages: int = 300, *, seed: int = 7) -> int:
    """Writes the text, of `pages` pages or a few more, no two paragraphs alike.

    Args:
        path: Where to.
        pages: How many pages at least.
        seed: Another one gives other words.

    Returns:
        How many articles it has, numbered from 1.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    notes: list[str] = []
    story, articles = _story(random.Random(seed), pages * _PAGE, notes)

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 806, "Convention on Mobility")
        canvas.drawRightString(523, 806, "AU-EU/CONF.7/L.12")
        canvas.drawString(72, 795, "Consolidated text")
        canvas.drawCentredString(297, 28, str(document.page))
        for place, note in enumerate(notes):
            mark, _, words = note.partition(" ")
            text = canvas.beginText(72, 26 + 10 * (len(notes) - place))
            for font, rise, piece in ((5, 3, mark), (8, 0, f" {words}")):
                text.setFont("Times-Roman", font)
                text.setRise(rise)
                text.textOut(piece)
            canvas.drawText(text)
        notes.clear()

    document = BaseDocTemplate(str(path), pagesize=A4, title=TITLE)
    frame = Frame(72, 84, 451, 700, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate("page", [frame], onPageEnd=furnish)])
    document.build(story)
    return articles


def _story(chance: random.Random, characters: int, notes: list[str]) -> tuple[list[Any], int]:
    """The paragraphs, and how many articles they make; each footnote goes to `notes` when its page is drawn."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph

    class Note(Flowable):  # type: ignore[misc]
        """Takes no room; says on which page its note is due."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

        def draw(self) -> None:
            notes.append(self.words)

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=14.4, alignment=4, firstLineIndent=24, spaceAfter=7)
    point = ParagraphStyle("point", parent=body, firstLineIndent=0, leftIndent=36)
    centred = ParagraphStyle("centred", parent=body, fontName="Times-Bold", alignment=1, firstLineIndent=0, keepWithNext=1, spaceBefore=8)
    story: list[Any] = [Paragraph(TITLE, centred), Paragraph("Preamble", centred)]
    story += [Paragraph(f"<i>Recalling</i> {what} {_how(chance)},", body) for what in chance.sample(_WHAT, 6)]
    story.append(Paragraph("Have agreed as follows:", body))
    written = article = noted = 0
    while written < characters:
        if article % 12 == 0:
            story.append(Paragraph(f"Chapter {article // 12 + 1}. {chance.choice(_WHAT).capitalize()}", centred))
        article += 1
        story += [Paragraph(f"Article {article}", centred), Paragraph(f"{chance.choice(_WHAT).capitalize()}", centred)]
        for number in range(1, chance.randint(3, 5)):
            words = f"{number}. " + " ".join(_sentence(chance) for _ in range(chance.randint(1, 4)))
            points = [f"({letter}) {chance.choice(_WHAT)} {_how(chance)};" for letter in "abcd"[: chance.choice((0, 0, 3, 4))]]
            noted += (due := not points and chance.random() < 0.15)
            story.append(Paragraph(f"{words}<super>{noted}</super>" if due else f"{words[:-1]}:" if points else words, body))
            if due:
                story.append(Note(f"{noted} " + _NOTE.format(*(chance.randint(2, 90) for _ in range(5)))))
            story += [Paragraph(words, point) for words in points]
            written += len(words) + sum(map(len, points))
    story.append(Paragraph("Done at Valletta, in two originals.", body))
    return story, article


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(_WHO)} {chance.choice(_DO)} {chance.choice(_WHAT)} and {chance.choice(_WHAT)} {_how(chance)}, {_how(chance)}."


def _how(chance: random.Random) -> str:
    return chance.choice(_HOW)
