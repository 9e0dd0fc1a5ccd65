"""Files that cannot be taken in: one line that says why and what to do."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import pdf as pdf_reader
from ingest.readers.decode import decode
from ingest.readers.extract import (
    Damaged,
    Encrypted,
    TooLarge,
    UnreadableDocument,
    UnsafeMarkup,
    WithoutNumbers,
    WithoutText,
    WrongEncoding,
)
from ingest.readers.open import MOST_BYTES, extract
from ingest.reading import read
from tests.ingest.samples import W, docx, instrument, resolution_pdf, word

BOMB = "<w:document " + W + "><w:body>" + "<w:p/>" * 2_000_000 + "</w:body></w:document>"


def refused(path: Path, kind: type[UnreadableDocument]) -> str:
    """The one line that the file is refused with."""
    with pytest.raises(UnreadableDocument) as caught:
        read(path, instrument())
    assert type(caught.value) is kind
    line = str(caught.value)
    assert line.startswith(f"{path.name}: ")
    assert caught.value.what_to_do in line
    assert "\n" not in line
    return line


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    assert "0 bytes" in refused(path, Damaged)


def test_blank_file(tmp_path: Path) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(" \n\n\t\n")
    refused(path, Damaged)


def test_file_over_50_megabytes_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(4 * MOST_BYTES)
    assert "200 MB" in refused(path, TooLarge)


def test_text_without_numbers(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Just some words.\n\nAnd some more of them.")
    assert "numbering" in refused(path, WithoutNumbers)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    path.write_bytes(bytes(range(256)) * 40 + b"\0\xff\0\xfe" * 100)
    assert "UTF-8" in refused(path, WrongEncoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252", "iso-8859-1"])
def test_encodings_that_are_told_apart(encoding: str) -> None:
    text = "1. Les réfugiés déplacés à la frontière, là où l'État agréé les héberge, ont été protégés par la Convention. " * 20
    assert decode(text.encode(encoding), Path("x.txt")) == text


def test_arabic_in_an_old_encoding() -> None:
    text = "1. إذ نعرب عن امتناننا لجمهورية مصر العربية على مبادرتها وقيادتها ودعمها لاستضافة هذا المؤتمر الوزاري للهجرة واللجوء. " * 20
    assert decode(text.encode("windows-1256"), Path("x.txt")) == text


def test_truncated_pdf(tmp_path: Path) -> None:
    path = resolution_pdf(tmp_path / "whole.pdf")
    part = tmp_path / "part.pdf"
    part.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "breaks off" in refused(part, Damaged)


def test_pdf_of_garbage(tmp_path: Path) -> None:
    path = tmp_path / "garbage.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(5_000) + b"\n%%EOF")
    refused(path, Damaged)


def test_page_named_pdf(tmp_path: Path) -> None:
    path = tmp_path / "error.pdf"
    path.write_text("<html><body>404 Not found</body></html>")
    assert "error page" in refused(path, Damaged)


def test_encrypted_pdf(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "secret.pdf"
    canvas = Canvas(str(path), encrypt="password")
    canvas.drawString(72, 700, "1. A paragraph that only those who know the password may read.")
    canvas.save()
    assert "password" in refused(path, Encrypted)


def test_pdf_of_pictures(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    for _ in range(3):
        canvas.rect(72, 72, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    assert "OCR" in refused(path, WithoutText)


def test_pdf_with_too_many_pages(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "pages.pdf"
    canvas = Canvas(str(path))
    for number in range(pdf_reader.MOST_PAGES + 1):
        canvas.drawString(72, 700, f"{number + 1}. A paragraph of its own.")
        canvas.showPage()
    canvas.save()
    assert "2001 pages" in refused(path, TooLarge)


def test_zip_bomb_named_docx(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", BOMB)
    assert "unpacked" in refused(path, TooLarge)


def test_docx_with_an_external_entity(tmp_path: Path) -> None:
    path = tmp_path / "entity.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><w:document {W}><w:body>{word("1. &secret;")}</w:body></w:document>',
        )
    assert "entities" in refused(path, UnsafeMarkup)


def test_xml_with_an_external_entity(tmp_path: Path) -> None:
    path = tmp_path / "entity.xml"
    path.write_text('<?xml version="1.0"?><!DOCTYPE udhr [<!ENTITY s SYSTEM "file:///etc/passwd">]><udhr><para>1. &s;</para></udhr>')
    refused(path, UnsafeMarkup)


def test_xml_that_multiplies(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xml"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE udhr [{entities}]><udhr><para>&e9;</para></udhr>')
    refused(path, UnsafeMarkup)


def test_broken_xml(tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text('<?xml version="1.0"?><udhr><para>1. One.')
    refused(path, Damaged)


@pytest.mark.parametrize("data", [b"PK\x03\x04 and then nothing", b"PK\x05\x06"])
def test_docx_that_is_no_zip_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(data)
    refused(path, Damaged)


def test_truncated_docx(tmp_path: Path) -> None:
    whole = docx(tmp_path / "whole.docx", "".join(word(f"{n}. Paragraph {os.urandom(8).hex()}.") for n in range(1, 400)))
    part = tmp_path / "part.docx"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    refused(part, Damaged)


def test_zip_file_that_holds_no_word_text(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "1. One.")
    refused(path, Damaged)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, UnreadableDocument),
        ("secret.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, Encrypted),
        ("rich.rtf", b"{\\rtf1 1. One.}", UnreadableDocument),
    ],
)
def test_formats_that_have_to_be_saved_anew(tmp_path: Path, name: str, data: bytes, kind: type[UnreadableDocument]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert "save it" in refused(path, kind)


@given(st.binary(min_size=1, max_size=400), st.sampled_from([".txt", ".md", ".html", ".xml", ".docx", ".mhtml", ""]))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(data)
    try:
        taken = extract(path)
    except UnreadableDocument:
        return
    assert taken.source.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300), st.sampled_from([".txt", ".md", ".html"]))
def test_any_text_is_read_with_every_character_accounted_for(tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_text(
        "1. One.\n\n" + text + "\n\n2. Two.\n" if suffix != ".html" else f"<p>1. One.</p><p>{text}</p><p>2. Two.</p>", encoding="utf-8", newline=""
    )
    try:
        reading = read(path, instrument())
    except UnreadableDocument:
        return
    assert reading.coverage.total == sum(not character.isspace() for character in reading.source)
    assert reading.coverage.unassigned == sum(len("".join(each.text.split())) for each in reading.coverage.lost)
