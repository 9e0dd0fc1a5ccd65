"""The reader for a file, chosen by what is in it rather than by its name."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.readers.decode import decode
from ingest.readers.extract import Damaged, Encrypted, Extract, PageProgress, TooLarge, UnreadableDocument

MOST_BYTES = 50 * 1024 * 1024
_ANCIENT = {b"\xd0\xcf\x11\xe0": "an old Word file (.doc)", b"{\\rtf": "an RTF file"}
_MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6])\b", re.IGNORECASE | re.DOTALL)
_MHTML = re.compile(rb"(?:MIME-Version:|From: <?Saved by|Content-Type:\s*multipart/related)", re.IGNORECASE)


def extract(path: Path, progress: PageProgress = lambda *_: None) -> Extract:
    """The text of a file, in blocks; `progress` is told of each page, where it has pages.

    Raises:
        UnreadableDocument: empty, over 50 MB, damaged, encrypted, without text, unsafe, or of no format that can be read.
        OSError: the file cannot be opened.
    """
    size = path.stat().st_size
    if size == 0:
        raise Damaged(path, "the file is empty (0 bytes)", "download or save it again")
    if size > MOST_BYTES:
        raise TooLarge(path, f"it has {size / 2**20:.0f} MB, the most is 50", "split it, or save it without pictures")
    data = path.read_bytes()
    extracted = _by_content(path, data, progress)
    if not extracted.source.strip():
        raise Damaged(path, "there is no text in it", "give a file with text")
    return extracted


def _by_content(path: Path, data: bytes, progress: PageProgress) -> Extract:
    suffix = path.suffix.lower()
    if suffix == ".docx" and data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Encrypted(path, "the Word file asks for a password", "save it without one")
    for magic, name in _ANCIENT.items():
        if data.startswith(magic):
            raise UnreadableDocument(path, f"it is {name}", "save it as .docx or PDF")
    if b"%PDF-" in data[:1024]:
        from ingest.readers.pdf import extract_pdf

        return extract_pdf(path, progress)
    progress(1, 1)  # what has no pages is read in a moment
    if data.startswith(b"PK\x03\x04"):
        from ingest.readers.docx import extract_docx

        return extract_docx(path)
    if suffix in (".pdf", ".docx"):
        raise Damaged(path, f"it is named {suffix} but is none", "download it again; the address may have given an error page")
    if _MHTML.search(data[:4096]) and (suffix in (".mht", ".mhtml") or b"boundary=" in data[:8192]):
        from ingest.readers.mhtml import extract_mhtml

        return extract_mhtml(path, data)
    if data.lstrip().startswith((b"<?xml", b"<udhr")) and b"<html" not in data[:2000].lower():
        from ingest.readers.xml import extract_xml

        return extract_xml(path, data)
    from ingest.readers.html import declared_encoding

    text = decode(data, path, declared_encoding(data))
    if suffix in (".htm", ".html", ".xhtml") or (suffix not in (".md", ".markdown", ".txt") and _MARKUP.match(text)):
        from ingest.readers.html import extract_html

        return extract_html(text)
    if suffix in (".md", ".markdown"):
        from ingest.readers.markdown import extract_markdown

        return extract_markdown(text)
    from ingest.readers.text import extract_text

    return extract_text(text)
