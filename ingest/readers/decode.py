"""Bytes into text, in the encoding that they are in."""

from __future__ import annotations

import codecs
from pathlib import Path

from ingest.readers.extract import WrongEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1252", "cp1256", "iso8859_6", "mac_roman", "utf_16_le", "utf_16_be"]
"""What English, French and Arabic texts that are not UTF-8 are in; French is taken for Czech when all encodings are tried."""
_SAMPLE = 200_000
"""Bytes looked at to find an encoding; more would take seconds and tell nothing new."""


def decode(data: bytes, path: Path, declared: str = "") -> str:
    """`data` as text: by its byte order mark, as `declared` by the format, as UTF-8, else as charset-normalizer finds.

    Raises:
        WrongEncoding: it is no text in any of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    for encoding in (declared, "utf-8"):
        if encoding:
            try:
                text = data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
            if "\0" in text:
                break
            return text
    return _guessed(data, path)


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding(path, f"it says that it is {encoding}, but byte {error.start} is not", "save it as UTF-8") from error


def _guessed(data: bytes, path: Path) -> str:
    # Only a text that is not UTF-8 needs it: 60 ms of import.
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_LIKELY).best() or from_bytes(sample).best()
    if best is not None and "\0" not in str(best):
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    raise WrongEncoding(path, "its bytes are no text in any known encoding", "save it as UTF-8, or give the original file")
