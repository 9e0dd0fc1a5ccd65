"""A note opened by a word processor: LibreOffice finds footnotes as footnotes, and Arabic from right to left."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from service.answer import Answer, Question
from service.assistant import Assistant
from service.study.note import Chosen, ChosenItem, Note, compose
from service.study.note_docx import to_docx
from service.study.view import Study

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here: apt-get install libreoffice-writer-nogui"),
]

QUESTIONS = {
    "en": "What does the declaration say about return and readmission?",
    "fr": "Que dit le texte de la sécurité alimentaire ?",
    "ar": "ماذا يقول الإعلان عن العودة وإعادة القبول؟",
}
TITLES = {"en": "Return & <b>readmission</b>", "fr": "La sécurité alimentaire", "ar": "العودة وإعادة القبول"}
ODF = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def a_note(assistant: Assistant, language: str) -> Note:
    reply = assistant.answer(Question(QUESTIONS[language]))
    assert isinstance(reply, Answer)
    answer = ChosenItem(
        QUESTIONS[language],
        reply.text,
        tuple(Chosen(one.provision.id, one.quote, one.start, one.end) for one in reply.citations),
        "<script>alert(1)</script>",
    )
    paragraphs = [ChosenItem("", "", (Chosen(id, "", 0, 0),), "") for id in ("cairo-declaration-2025/para-27", "refugee-convention-1951/art-33")]
    view = Study(assistant)
    address, day = "https://khartoum.example", dt.date(2025, 5, 1)
    return compose(view, TITLES[language], [answer, *paragraphs], language, address=address, version="one", today=day)  # type: ignore[arg-type]


@pytest.fixture(params=["en", "fr", "ar"])
def opened(request: pytest.FixtureRequest, assistant: Assistant, tmp_path: Path) -> tuple[str, Note, Path]:
    """Language, note, and the folder with note.odt and note.pdf, as LibreOffice read note.docx."""
    note = a_note(assistant, request.param)
    (tmp_path / "note.docx").write_bytes(to_docx(note))
    for kind in ("odt", "pdf"):
        assert OFFICE
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [OFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "note.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return request.param, note, tmp_path


def test_footnotes_are_footnotes_and_arabic_runs_from_right_to_left(opened: tuple[str, Note, Path]) -> None:
    language, note, folder = opened
    with zipfile.ZipFile(folder / "note.odt") as package:
        content = etree.fromstring(package.read("content.xml"))
        styles = etree.fromstring(package.read("styles.xml"))
    found = content.findall(".//text:note[@text:note-class='footnote']", ODF)
    assert len(found) == len(note.footnotes) >= 3
    said = [" ".join("".join(one.find("text:note-body", ODF).itertext()).split()) for one in found]
    assert said == [" ".join(one.text.split()) for one in note.footnotes]
    links = [one.get(f"{{{ODF['xlink']}}}href") for one in content.findall(".//text:note-body//text:a", ODF)]
    assert links == [one.address for one in note.footnotes]

    modes = {}
    for style in [*content.iter(f"{{{ODF['style']}}}style"), *styles.iter(f"{{{ODF['style']}}}style")]:
        properties = style.find("style:paragraph-properties", ODF)
        if properties is not None:
            modes[style.get(f"{{{ODF['style']}}}name")] = properties.get(f"{{{ODF['style']}}}writing-mode")
    body = [one for one in content.iter(f"{{{ODF['text']}}}p", f"{{{ODF['text']}}}h") if "".join(one.itertext()).strip()]
    title = next(one for one in body if TITLES[language] in "".join(one.itertext()))
    quote = next(one for one in body if "Adopt the attached Cairo Action Plan" in "".join(one.itertext()))
    direction = "rl-tb" if language == "ar" else "lr-tb"
    assert (modes.get(title.get(f"{{{ODF['text']}}}style-name")) or "lr-tb") == direction
    assert (modes.get(quote.get(f"{{{ODF['text']}}}style-name")) or "lr-tb") == "lr-tb"

    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(folder / "note.pdf"))
    assert "alert(1)" in text
    assert "Adopt the attached Cairo Action Plan" in " ".join(text.split())
