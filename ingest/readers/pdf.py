"""PDF: lines by pdfium in a process of its own, then order, furniture, footnotes and paragraphs by where they stand on the page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ingest.readers.extract import Damaged, Dropped, Encrypted, Extract, PageProgress, TooLarge, UnreadableDocument, WithoutText
from ingest.readers.pdf_columns import languages_apart
from ingest.readers.pdf_lines import furniture, lines_of
from ingest.readers.pdf_notes import separate_notes
from ingest.readers.pdf_paragraphs import blocks_of

MOST_PAGES = 2_000
SECONDS = 120
"""Processor time. A 300-page text takes some ten; a file that takes this long was made to."""
MEGABYTES = 1_500
_MOST_WORKERS = 4
_LARGE = 400_000
"""Bytes. A file of more is read by several processes, each taking every second (third, fourth) page."""
_LEAST_CHARACTERS = 10
"""A page, on average. Below it the pages are pictures with at most a stamp of text."""


def extract_pdf(path: Path, progress: PageProgress = lambda *_: None) -> Extract:
    """Blocks of a PDF; `progress` is told of each page.

    Raises:
        Encrypted, TooLarge, WithoutText, Damaged: as their names say; `Damaged` too where reading crashes or goes on too long.
    """
    pages = _pages(path, progress)
    pictures = [page["number"] + 1 for page in pages if page["drawn"] and sum(len(line[0]) for line in page["lines"]) < _LEAST_CHARACTERS]
    pages = languages_apart(pages)
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
        (f"no text: page {', '.join(map(str, pictures))} is a picture or drawing; if it has words, run the file through OCR",) if pictures else (),
    )


def _pages(path: Path, progress: PageProgress) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 4096))
        if b"%%EOF" not in file.read():
            raise Damaged(path, "the PDF breaks off before its end", "download it again")
    workers = min(_MOST_WORKERS, os.cpu_count() or 1) if size > _LARGE else 1
    lock = threading.Lock()
    pages: dict[int, dict[str, Any]] = {}

    def take(page: dict[str, Any], total: int) -> None:
        with lock:
            pages[page["number"]] = page
            progress(len(pages), total)

    with ThreadPoolExecutor(workers) as pool:
        for running in [pool.submit(_work, path, first, workers, take) for first in range(workers)]:
            running.result()
    if not pages:
        raise Damaged(path, "the PDF has no pages", "download it again")
    return [pages[number] for number in sorted(pages)]


def _work(path: Path, first: int, step: int, take: Callable[[dict[str, Any], int], None]) -> None:
    """Has every `step`-th page from `first` on read by a process, and gives each to `take`, with how many pages the file has."""
    worker = Path(__file__).with_name("pdf_worker.py")
    given = [str(path.resolve()), *map(str, (MOST_PAGES, SECONDS, MEGABYTES, first, step))]
    late = threading.Event()
    with subprocess.Popen(
        [sys.executable, "-I", str(worker), *given], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(2 * SECONDS, stop)
        watch.start()
        try:
            assert process.stdout is not None
            total = 0
            for line in process.stdout:
                row = json.loads(line)
                if "error" in row:
                    raise _refusal(path, row["error"], row["detail"])
                if "pages" in row:
                    total = row["pages"]
                else:
                    take(row, total)
        finally:
            watch.cancel()
    if late.is_set():
        raise UnreadableDocument(path, f"reading it took more than {2 * SECONDS} s", "print it into a new PDF and give that")
    if process.returncode != 0:
        raise Damaged(path, f"reading it failed or took too much (exit code {process.returncode})", "print it into a new PDF and give that")


def _refusal(path: Path, kind: str, detail: str) -> UnreadableDocument:
    match kind:
        case "encrypted":
            return Encrypted(path, "the PDF asks for a password", "save it without one")
        case "pages":
            return TooLarge(path, f"it has {detail} pages, the most is {MOST_PAGES}", "split it into parts")
    return Damaged(path, f"it is no PDF that can be read ({detail})", "download it again")
