"""DOCX: paragraphs with Word's automatic numbers written out, headings by style, footnotes, tables cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_package import Package, W, is_on, value
from ingest.readers.extract import Damaged, Extract
from ingest.readers.tables import data_rows, is_parallel
from ingest.readers.writer import Writer

_HEADING = re.compile(r"(?:heading|titre|överskrift|rubrik|عنوان)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titre|sous-titre|subtitle|عنوان)$", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:\(?(?:[0-9٠-٩]{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]|[-–—•])\s*$")
_LINE_BEGINS = re.compile(r"\s*(?:\(?(?:[0-9٠-٩]{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[-–•]\s|(?:Article|ARTICLE|المادة)\s)")
_SKIPPED = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    number_id: str
    level: str
    outline: str


def extract_docx(path: Path) -> Extract:
    """Blocks of a Word file.

    Raises:
        Damaged, TooLarge, UnsafeMarkup: it cannot be opened, would be too large unpacked, or declares entities.
    """
    package = Package(path)
    document = package.part("word/document.xml")
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise Damaged(path, "there is no Word text in it", "save it from Word as .docx")
    reader = _Reader(package)
    reader.walk(body)
    for name, reason in package.beside():
        if (part := package.part(name)) is not None:
            reader.writer.drop(" ".join("".join(_texts(part)).split()), reason)
    return reader.writer.extract()


class _Reader:
    """Walks the body, counting lists and notes as it goes."""

    def __init__(self, package: Package) -> None:
        self.writer = Writer()
        self.numbering = Numbering.from_part(package.part("word/numbering.xml"))
        self.styles = _styles(package.part("word/styles.xml"))
        self.notes = {kind: _notes(package.part(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
        self.note_count = 0
        self.broken = False
        """Whether a line was broken by hand since the last words."""

    def walk(self, element: Element) -> None:
        """Every paragraph under `element`, in order."""
        for child in element:
            if child.tag in _SKIPPED or child.tag == _FALLBACK:
                continue
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl" and is_parallel(rows := _cells(child)):
                for column in range(len(rows[0])):
                    for line in child.findall(f"{W}tr"):
                        self.walk(line.findall(f"{W}tc")[column])
            elif child.tag == f"{W}tbl" and (lines := data_rows(rows)):
                for row in lines:
                    self._end()
                    self.writer.add(row)
                self._end()
            else:
                self.walk(child)
                if child.tag == f"{W}tr":
                    self._end()

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = value(None if properties is None else properties.find(f"{W}pStyle"))
        if not _BARE.match(self.writer.pending):
            self._end()
        number = self._number(properties, style) if "".join(_texts(paragraph)).strip() else ""
        self.writer.add(f" {number} " if number else " ")
        self._inline(paragraph)
        level = self._heading_level(paragraph, properties, style)
        if level is not None:
            self.writer.end("heading", level=level)
        elif not _BARE.match(self.writer.pending):
            self._end()

    def _end(self) -> None:
        self.writer.end()

    def _number(self, properties: Element | None, style: str) -> str:
        direct = None if properties is None else properties.find(f"{W}numPr")
        number_id = value(None if direct is None else direct.find(f"{W}numId"))
        level = value(None if direct is None else direct.find(f"{W}ilvl"))
        for each in self._chain(style):
            number_id = number_id or each.number_id
            level = level or each.level
        if number_id in ("", "0"):
            return ""
        at = int(level) if level else max((self.numbering.level_of_style(number_id, name) for name in self._names(style)), default=0)
        return self.numbering.next_number(number_id, at)

    def _names(self, style: str) -> list[str]:
        names = []
        while style in self.styles and style not in names:
            names.append(style)
            style = self.styles[style].based_on
        return names

    def _chain(self, style: str) -> list[_Style]:
        return [self.styles[name] for name in self._names(style)]

    def _heading_level(self, paragraph: Element, properties: Element | None, style: str) -> int | None:
        """1 to 9; 0 for a short paragraph that is all bold; None for text."""
        for each in self._chain(style):
            if match := _HEADING.match(each.name):
                return int(match[1])
            if _TITLE.match(each.name):
                return 1
            if each.outline:
                return int(each.outline) + 1
        outline = value(None if properties is None else properties.find(f"{W}outlineLvl"))
        if outline and outline != "9":
            return int(outline) + 1
        text = "".join(_texts(paragraph)).strip()
        runs = [run for run in paragraph.iter(f"{W}r") if "".join(_texts(run)).strip()]
        bold = bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs)
        return 0 if bold and len(text) <= _LONGEST_HEADING and not re.search(r"[.;,]$", text) else None

    def _inline(self, element: Element) -> None:
        for child in element:
            match child.tag.removeprefix(W):
                case "r" if is_on(child.find(f"{W}rPr/{W}vanish")):
                    self.writer.drop("".join(_texts(child)), "hidden text")
                case "t":
                    if self.broken and _LINE_BEGINS.match(child.text or ""):
                        self._end()
                    self.broken = False
                    self.writer.add(child.text or "")
                case "tab" | "br" | "cr" | "ptab" as name:
                    self.broken = name in ("br", "cr")
                    self.writer.add(" ")
                case "noBreakHyphen":
                    self.writer.add("-")
                case "footnoteReference" | "endnoteReference":
                    self._note(child.tag.removeprefix(W).removesuffix("Reference"), value(child, "id"))
                case "p":
                    self._paragraph(child)  # a text box inside the paragraph
                case _:
                    if child.tag not in _SKIPPED and child.tag != _FALLBACK:
                        self._inline(child)

    def _note(self, kind: str, number: str) -> None:
        text = self.notes[kind].get(number, "")
        if text.strip():
            self.note_count += 1
            self.writer.refer(str(self.note_count))
            self.writer.note(text, str(self.note_count))


def _cells(table: Element) -> list[list[str]]:
    """The words of each cell, row by row; nothing where a cell has notes, numbers or a table of its own, which need the paragraphs."""
    inner = ("tbl", "footnoteReference", "endnoteReference", "numPr")
    if any(each is not table for name in inner for each in table.iter(f"{W}{name}")):
        return []
    return [
        [" ".join(" ".join("".join(_texts(paragraph)) for paragraph in cell.iter(f"{W}p")).split()) for cell in row.findall(f"{W}tc")]
        for row in table.iter(f"{W}tr")
    ]


def _texts(element: Element) -> list[str]:
    return [each.text or "" for each in element.iter(f"{W}t")]


def _notes(root: Element | None, kind: str) -> dict[str, str]:
    found = {}
    for note in [] if root is None else root.findall(f"{W}{kind}"):
        if value(note, "type") in ("", "normal"):
            found[value(note, "id")] = "\n".join("".join(_texts(paragraph)) for paragraph in note.iter(f"{W}p"))
    return found


def _styles(root: Element | None) -> dict[str, _Style]:
    found = {}
    for style in [] if root is None else root.findall(f"{W}style"):
        properties = style.find(f"{W}pPr")
        numbers = None if properties is None else properties.find(f"{W}numPr")
        outline = None if properties is None else properties.find(f"{W}outlineLvl")
        found[value(style, "styleId")] = _Style(
            name=value(style.find(f"{W}name")),
            based_on=value(style.find(f"{W}basedOn")),
            number_id=value(None if numbers is None else numbers.find(f"{W}numId")),
            level=value(None if numbers is None else numbers.find(f"{W}ilvl")),
            outline=value(outline),
        )
    return found
