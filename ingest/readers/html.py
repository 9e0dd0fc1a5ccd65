"""HTML: blocks by its elements, headings by element, class or style, footnotes by links and superscripts. Nothing in it is run."""

from __future__ import annotations

import re

from ingest.readers.extract import Extract
from ingest.readers.html_elements import Element, cells_of, is_hidden, is_navigation, list_marks, parse, style_says_heading
from ingest.readers.tables import data_rows, is_parallel
from ingest.readers.writer import Writer

# fmt: off
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main",
        "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)
_NOT_TEXT = frozenset(
    (
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "select",
        "option", "button", "input", "textarea", "datalist", "map", "area", "link", "meta", "base", "title",
    )
)
# fmt: on
_BARE = re.compile(r"\s*(?:\(?(?:[0-9٠-٩]{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]|[-–—•▪◦●·])\s*$")
"""A number or bullet that is alone in its block, because the page puts it into a cell or a box of its own."""
_NOTE_MARK = re.compile(r"[\s(\[]*(\*?\d{1,3}|\*{1,4}|†|‡|[a-z])[\s)\]]*$")
_LINE_BEGINS = re.compile(r"\s*(?:\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)]|Article\s|ARTICLE\s|المادة\s)")
_META = re.compile(rb"<(?:meta[^>]+charset\s*=\s*[\"']?\s*|\?xml[^>]+encoding\s*=\s*[\"'])([\w-]+)", re.IGNORECASE)


def declared_encoding(data: bytes) -> str:
    """The encoding that the page says it is in, "" where it does not."""
    match = _META.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def extract_html(text: str) -> Extract:
    """Blocks of a page, navigation and hidden parts left out."""
    root = parse(text)
    if root is None:
        return Extract("", ())
    first = _Reader(root, frozenset())
    first.read()
    if not first.starts:
        return first.writer.extract()
    second = _Reader(root, frozenset(first.starts))
    second.read()
    return second.writer.extract()


class _Reader:
    """Walks the page. `notes` are the marks that some block begins with: only those, in a text, refer to a note."""

    def __init__(self, root: Element, notes: frozenset[str]) -> None:
        self.root = root
        self.notes = notes
        self.writer = Writer()
        self.starts: set[str] = set()
        self.note = ""
        self.breaks = 0
        self.length = sum(map(len, root.itertext()))

    def read(self) -> None:
        self._element(self.root)
        self._end()

    def _element(self, element: Element) -> None:
        name = element.tag
        if not isinstance(name, str) or name in _NOT_TEXT or is_hidden(element):
            return
        if name == "br":
            self._break()
        elif name in _BLOCKS:
            self._block(element, name)
        elif not self._reference(element):
            self._children(element)

    def _block(self, element: Element, name: str) -> None:
        if is_navigation(element, self.length):
            self._end()
            self.writer.drop(" ".join("".join(element.itertext()).split()), "navigation")
            return
        if not _BARE.match(self.writer.pending):
            self._end()
        self.writer.add(" ")
        level = int(name[1]) if re.fullmatch(r"h[1-6]", name) else 0
        if name in ("ol", "ul"):
            self._list(element)
        elif name == "table" and is_parallel(rows := cells_of(element)):
            for column in range(len(rows[0])):
                for row in element.iter("tr"):
                    self._element([cell for cell in row if cell.tag in ("td", "th")][column])
                    self._end()
        elif name == "table" and (lines := data_rows(rows)):
            for line in lines:
                self.writer.add(line)
                self._end()
        elif name == "pre":
            self._preformatted(element)
        else:
            self._children(element)
        if level or style_says_heading(element):
            self._end(heading=True, level=level)
        elif not _BARE.match(self.writer.pending):
            self._end()
        self.writer.add(" ")

    def _children(self, element: Element) -> None:
        self._text(element.text)
        for child in element:
            self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text and text.strip():
            if self.breaks == 1 and _LINE_BEGINS.match(text):
                self._end()
            self.breaks = 0
        self.writer.add(text or "")

    def _break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self._end()
        self.writer.add("\n")

    def _list(self, element: Element) -> None:
        items = [child for child in element if child.tag == "li"]
        for item, mark in zip(items, list_marks(element, items), strict=True):
            self._end()
            self.writer.add(mark)
            self._children(item)
            self._end()
        for child in element:
            if child.tag != "li":
                self._element(child)

    def _preformatted(self, element: Element) -> None:
        for paragraph in re.split(r"\n\s*\n", "".join(element.itertext())):
            self.writer.add(paragraph)
            self._end()

    def _reference(self, element: Element) -> bool:
        """Takes a note's mark: at the beginning of a block it makes the block a note, elsewhere it refers to one."""
        linked = element.tag == "a" and "#" in (element.get("href") or "")
        raised = element.tag == "sup" or "super" in (element.get("class") or "") or "super" in (element.get("style") or "")
        inner = linked and any(child.tag == "sup" or "super" in (child.get("class") or "") for child in element.iter())
        if not (linked or raised):
            return False
        match = _NOTE_MARK.match("".join(element.itertext()))
        if match is None:
            return False
        mark = match[1]
        if not self.writer.pending.strip(" \n\t([") and (raised or inner or "fn" in (element.get("href") or "")):
            self.starts.add(mark)
            self.note = mark if mark in self.notes else ""
            if self.note:
                self.writer.refer("")
                return True
            return False
        if mark in self.notes or inner:
            self.writer.refer(mark)
            return True
        return False

    def _end(self, *, heading: bool = False, level: int = 0) -> None:
        note, self.note = self.note, ""
        self.breaks = 0
        if note:
            self.writer.end("note", mark=note)
        elif heading:
            self.writer.end("heading", level=level)
        else:
            self.writer.end()
