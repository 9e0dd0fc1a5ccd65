"""The parts of a .docx file, opened without trusting it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from ingest.readers.extract import Damaged, TooLarge, UnsafeMarkup

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PART = 60 * 1024 * 1024
"""Bytes of one XML part. A text of a thousand pages has some ten million."""
MOST_PARTS = 5_000
_MOST_TIMES = 200
"""Times its packed size that a large part may have; text packs to a tenth, a bomb to a thousandth."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Package:
    """A .docx file; `part` gives one of its XML parts.

    Raises:
        Damaged: it is no ZIP file or breaks off.
        TooLarge: unpacked it would be too large.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise Damaged(path, f"it is no Word file that can be opened ({error})", "download or save it again") from error
        entries = self._zip.infolist()
        bomb = any(each.file_size > 1 << 20 and each.file_size > _MOST_TIMES * max(each.compress_size, 1) for each in entries)
        if bomb or len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > MOST_UNPACKED:
            raise TooLarge(path, "unpacked it would be far larger than a text is", "save the text as a new Word file or PDF")

    def beside(self) -> list[tuple[str, str]]:
        """The parts that hold words beside the text, each with what they are."""
        names = (("header", "running head"), ("footer", "running foot"), ("comments", "comment"))
        return [(each, reason) for begins, reason in names for each in sorted(self._zip.namelist()) if re.fullmatch(rf"word/{begins}\d*\.xml", each)]

    def part(self, name: str) -> Element | None:
        """The root of a part, None where the file has none of that name.

        Raises:
            UnsafeMarkup: it declares a document type or entities, which no Word file does.
            Damaged, TooLarge: as above.
        """
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            with self._zip.open(name) as file:
                data = file.read(MOST_PART + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise Damaged(self._path, f"its part {name} cannot be unpacked ({error})", "download or save it again") from error
        if len(data) > MOST_PART:
            raise TooLarge(self._path, f"its part {name} is far larger than a text is", "save the text as a new Word file or PDF")
        try:
            root: Element = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
        except DefusedXmlException as error:
            raise UnsafeMarkup(self._path, "it declares entities, which can read other files", "save it again from Word") from error
        except (ParseError, ValueError) as error:
            raise Damaged(self._path, f"its part {name} is not well formed ({error})", "save it again from Word") from error
        return root


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of Word's name space, "" where the element or the attribute is not there."""
    return "" if element is None else element.get(f"{W}{name}", "")


def is_on(element: Element | None) -> bool:
    """Whether a switch such as `w:b` is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
