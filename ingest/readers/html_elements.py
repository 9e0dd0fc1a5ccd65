"""What single HTML elements say: hidden, navigation, heading, the numbers of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Element: TypeAlias = "HtmlElement"

_NAVIGATION_NAMES = frozenset({"nav"})
_NAVIGATION_ROLES = frozenset({"navigation", "banner", "search", "contentinfo", "complementary", "menu", "menubar", "dialog", "alert"})
_NAVIGATION_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|nav|navbar|navigation|menu|sidebar|share|sharing|social|newsletter|skip|pagination|toc"
    r"|masthead)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADING_CLASSES = re.compile(r"(?:^|[\s_-])(?:title|heading|ti|sti|tit|chapter|article-title|doc-ti)(?:$|[\s_-])", re.IGNORECASE)
_BOLD = frozenset({"b", "strong"})
_LONGEST_HEADING = 300
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def parse(text: str) -> Element | None:
    """The page as a tree, None where there is none. lxml's parser loads nothing and runs nothing."""
    # Only pages need it.
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def is_hidden(element: Element) -> bool:
    """Whether a reader of the page does not see the element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def is_navigation(element: Element, length: int) -> bool:
    """Whether the element leads about the site instead of being text. What holds half of the page's `length` characters does not."""
    name = str(element.tag)
    if name in ("body", "main", "article", "html"):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    marked = (
        name in _NAVIGATION_NAMES
        or (element.get("role") or "") in _NAVIGATION_ROLES
        or bool(_NAVIGATION_CLASSES.search(named))
        or (name in ("header", "footer", "aside") and not any(parent.tag == "article" for parent in element.iterancestors()))
    )
    return marked and sum(map(len, element.itertext())) < length / 2


def style_says_heading(element: Element) -> bool:
    """Whether a block that is no h1 to h6 is a heading all the same: by its class, or because all of it is bold and it is short."""
    if element.tag not in ("p", "div", "td", "center", "th", "caption", "dt", "summary", "span"):
        return False
    text = "".join(element.itertext()).strip()
    if not text or len(text) > _LONGEST_HEADING or any(child.tag in ("p", "div", "table", "ul", "ol") for child in element):
        return False
    if _HEADING_CLASSES.search(element.get("class") or ""):
        return True
    bold = "".join("".join(child.itertext()) for child in element if child.tag in _BOLD or _is_bold(child)).strip()
    return bold == text and not re.search(r"[.;,:]$", text)


def _is_bold(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    if "font-weight:bold" in style or "font-weight:7" in style or "bold" in (element.get("class") or "").lower():
        return True
    children = list(element)
    return len(children) == 1 and not (element.text or "").strip() and children[0].tag in _BOLD and not (children[0].tail or "").strip()


def cells_of(table: Element) -> list[list[str]]:
    """The words of each cell, row by row; nothing where there are tables or headings in it."""
    if any(child is not table for child in table.iter("table")) or any(True for _ in table.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        return []
    return [[" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def list_marks(element: Element, items: Sequence[Element]) -> list[str]:
    """What a browser puts before each item: "1. ", "(a) ", "• "; "" where the page writes the number itself."""
    style = (element.get("style") or "").replace(" ", "").lower()
    kind = element.get("type") or "1"
    marks = []
    number = int(element.get("start") or 1) if re.fullmatch(r"\d{1,4}", element.get("start") or "1") else 1
    for item in items:
        value = item.get("value") or ""
        number = int(value) if re.fullmatch(r"\d{1,4}", value) else number
        text = "".join(item.itertext()).strip()
        written = re.match(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s|[•–—-]\s", text)
        if written or "list-style:none" in style or "list-style-type:none" in style:
            marks.append("")
        elif element.tag == "ul":
            marks.append("• ")
        else:
            marks.append(_numbered(number, _kind(kind, style)))
        number += 1
    return marks


def _kind(kind: str, style: str) -> str:
    for name, letter in (("lower-alpha", "a"), ("lower-latin", "a"), ("upper-alpha", "A"), ("lower-roman", "i"), ("upper-roman", "I")):
        if name in style:
            return letter
    return kind


def _numbered(number: int, kind: str) -> str:
    if kind in ("a", "A"):
        return f"({letters(number)}) " if kind == "a" else f"{letters(number).upper()}. "
    if kind in ("i", "I"):
        return f"({roman(number)}) " if kind == "i" else f"{roman(number).upper()}. "
    return f"{number}. "


def letters(number: int) -> str:
    """1 gives "a", 26 "z", 27 "aa"."""
    text = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


def roman(number: int) -> str:
    """1 gives "i", 4 "iv"."""
    text = ""
    for value, numeral in _ROMAN:
        while number >= value:
            text += numeral
            number -= value
    return text
