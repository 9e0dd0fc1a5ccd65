"""PDF: lines by pdfium in a process of its own, then order, furniture, footnotes and paragraphs by where they stand on the page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ingest.readers.extract import Damaged, Dropped, Encrypted, Extract, TooLarge, UnreadableDocument, WithoutText
from ingest.readers.pdf_lines import furniture, lines_of
from ingest.readers.pdf_notes import separate_notes
from ingest.readers.pdf_paragraphs import blocks_of

MOST_PAGES = 2_000
SECONDS = 120
"""Processor time. A 300-page text takes some ten; a file that takes this long was made to."""
MEGABYTES = 1_500
_LEAST_CHARACTERS = 10
"""A page, on average. Below it the pages are pictures with at most a stamp of text."""


def extract_pdf(path: Path) -> Extract:
    """Blocks of a PDF.

    Raises:
        Encrypted, TooLarge, WithoutText, Damaged: as their names say; `Damaged` too where reading crashes or goes on too long.
    """
    pages = _pages(path)
    source, ordered = lines_of(pages)
    if len(source.strip()) < _LEAST_CHARACTERS * len(pages):
        raise WithoutText(path, f"its {len(pages)} page(s) are pictures without text", "run it through text recognition (OCR) first")
    dropped = furniture(ordered, [page["height"] for page in pages])
    body = [line for line in ordered if line not in dropped]
    body, notes, references, marks = separate_notes(body)
    return Extract(
        source,
        tuple(blocks_of(body, notes)),
        (*(Dropped(line.start, line.start + len(line.text), "running head or page number") for line in dropped), *marks),
        tuple(references),
    )


def _pages(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        if b"%%EOF" not in file.read():
            raise Damaged(path, "the PDF breaks off before its end", "download it again")
    worker = Path(__file__).with_name("pdf_worker.py")
    command = [sys.executable, "-I", str(worker), str(path.resolve()), str(MOST_PAGES), str(SECONDS), str(MEGABYTES)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(path, f"reading it took more than {2 * SECONDS} s", "print it into a new PDF and give that") from error
    if done.returncode != 0:
        raise Damaged(path, f"reading it failed or took too much (exit code {done.returncode})", "print it into a new PDF and give that")
    result = json.loads(done.stdout)
    match result.get("error"):
        case "encrypted":
            raise Encrypted(path, "the PDF asks for a password", "save it without one")
        case "pages":
            raise TooLarge(path, f"it has {result['detail']} pages, the most is {MOST_PAGES}", "split it into parts")
        case "damaged":
            raise Damaged(path, f"it is no PDF that can be read ({result['detail']})", "download it again")
    pages: list[dict[str, Any]] = result["pages"]
    if not pages:
        raise Damaged(path, "the PDF has no pages", "download it again")
    return pages
