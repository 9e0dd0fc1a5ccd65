"""MHTML: a web page as browsers save it, in one file."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

from ingest.readers.decode import decode
from ingest.readers.extract import Damaged, Extract
from ingest.readers.html import declared_encoding, extract_html


def extract_mhtml(path: Path, data: bytes) -> Extract:
    """Blocks of the first HTML page in the file; its pictures, styles and further pages are passed over.

    Raises:
        Damaged: there is no HTML page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return extract_html(decode(body, path, part.get_content_charset() or declared_encoding(body)))
    raise Damaged(path, "there is no web page in it", "save the page again, as a single file or as HTML")
