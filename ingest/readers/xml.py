"""XML: the UDHR project's format, and any other by its elements' names (title, heading, para, article, note)."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from ingest.readers.extract import Damaged, Extract, UnsafeMarkup
from ingest.readers.writer import Writer

_HEADINGS = frozenset({"title", "heading", "head", "num", "subheading"})
_PARAGRAPHS = frozenset({"para", "p", "paragraph", "intro", "content", "item"})
_NOTES = frozenset({"note", "footnote"})


def extract_xml(path: Path, data: bytes) -> Extract:
    """Blocks of an XML text. The source has a block a line; numbers that only an attribute or the order of a list gives are written out.

    Raises:
        UnsafeMarkup: it declares entities.
        Damaged: it is not well formed.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise UnsafeMarkup(path, "it declares entities, which can read other files or fill the memory", "save it without them") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Damaged(path, f"it is not well-formed XML ({error})", "download or save it again") from error
    writer = Writer()
    _walk(root, writer, 0)
    return writer.extract()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _walk(element: Element, writer: Writer, depth: int) -> None:
    name = _name(element)
    if name in _HEADINGS:
        _inline(element, writer)
        writer.end("heading", level=min(depth, 9))
        return
    if name in _PARAGRAPHS and not any(_name(child) in _PARAGRAPHS or _name(child).endswith("list") for child in element):
        _inline(element, writer)
        writer.end()
        return
    if name in _NOTES:
        _inline(element, writer)
        writer.end("note", mark=element.get("number", element.get("n", "*")))
        return
    ordered = name == "orderedlist"
    writer.add(element.text or "")
    for number, child in enumerate((child for child in element if _name(child)), 1):
        if ordered and _name(child) == "listitem":
            writer.end()
            writer.add(f"{child.get('tag', str(number) + '.')} ")
        _walk(child, writer, depth + 1)
        writer.add(child.tail or "")
    if name in _PARAGRAPHS or name == "listitem":
        writer.end()


def _inline(element: Element, writer: Writer) -> None:
    writer.add(element.text or "")
    for child in element:
        if _name(child) in _NOTES:
            mark = child.get("number", child.get("n", "*"))
            writer.refer(mark)
            writer.note("".join(child.itertext()), mark)
        elif _name(child):
            _inline(child, writer)
        writer.add(child.tail or "")
