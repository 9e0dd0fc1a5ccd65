"""Headings, titles, annexes and the words that mark where the operative part begins."""

from __future__ import annotations

from ingest.numbering.marks import DOUBTFUL, Mark, bare_marks, begins_point, lettered_heading, looks_like_title
from ingest.numbering.node import Node
from ingest.numbering.numerals import roman_value, words
from ingest.numbering.state import FORMAT_RANK, LONGEST_MARKER, SHAPE_RANK, TITLE_RANK, State
from ingest.numbering.style import Unit
from ingest.numbering.tree import HeadingBlock
from ingest.readers.extract import Block

_TITLE_OF_PROVISION = 30.0
_ROMAN_RANK = 5.0
_LONGEST_WORDS = 120
"""Characters of the words that stand under the number of a chapter."""


def take_unit_heading(state: State, unit: Unit, mark: Mark, block: Block) -> None:
    """Take "CHAPTER V": its words may stand in the same block or in the next."""
    state.close()
    state.put_heading(float(unit.rank), block.text)
    if unit.name == state.style.restart:
        state.restarted = f"{unit.prefix}-{mark.number}"
        state.last.clear()
    state.heading_rank = None if block.text.text[mark.end :].strip() else float(unit.rank)


def take_annex(state: State, unit: Unit, mark: Mark, block: Block) -> None:
    """An annex, in which everything is numbered anew."""
    if state.style.annexed and not state.resolved:
        state.begin_anew(block.text)
        return
    number = mark.number or str(state.count(f"annex {unit.name}"))
    state.close()
    state.part = "annex"
    state.last.clear()
    state.shape = ""
    state.inner = 0
    state.restarted = ""
    node = Node(state.unique(f"{unit.prefix}-{number}"), "word", number, "annex", unit=unit.name, mark=block.text.cut(0, mark.end).strip())
    title = block.text.cut(mark.end).strip()
    if title.text:
        node.titles.append(title)
    state.tree.nodes.append(node)
    state.annex = node
    state.path = [(0.0, block.text.text)]
    state.untitled = None if title.text else node


def take_title(state: State, at: int, block: Block) -> bool:
    """The title of the provision whose number stood alone in the block before."""
    node = state.untitled
    if node is None:
        return False
    state.untitled = None
    text = block.text.text
    numbered = [mark for mark in bare_marks(text, state.style) if mark.shape not in DOUBTFUL or (mark.shape == "plain" and mark.number == "1")]
    if begins_point(text) or (block.role != "heading" and numbered):
        return False
    if block.role != "heading":
        in_annex = node is state.annex
        if at + 1 >= len(state.blocks) or not looks_like_title(text, 90 if in_annex else 160):
            return False
    node.titles.append(block.text)
    state.tree.headings.append(HeadingBlock(block.text, _TITLE_OF_PROVISION))
    return True


def take_marker(state: State, block: Block) -> bool:
    """Take "Have agreed on the following:": what follows is operative. In a block of its own it is a heading, else the end of a preamble."""
    if state.part != "preamble" or not state.is_marker(block.text.text):
        return False
    recitals_follow = state.style.unit("recital") is not None and "recital" not in state.last and not state.style.operative_after
    if len(block.text) > LONGEST_MARKER or recitals_follow:
        # "… HAVE ADOPTED THIS REGULATION" stands before the recitals in some languages, after them in others.
        return False
    state.tree.headings.append(HeadingBlock(block.text, TITLE_RANK))
    state.close()
    state.enter_operative()
    return True


def take_heading(state: State, at: int, block: Block) -> bool:
    """A heading: said so by the format or the catalogue, or by its shape."""
    rank = _rank(state, at, block)
    if rank is None:
        return False
    text = block.text.text
    if state.heading_rank is not None:
        rank = state.heading_rank + 0.5
    state.heading_rank = _ROMAN_RANK if len(text) < 8 and roman_value(text.strip(" .")) else None
    state.close()
    state.put_heading(rank, block.text)
    return True


def _rank(state: State, at: int, block: Block) -> float | None:
    text = block.text.text
    if text.casefold() in words()["preamble"]:
        return SHAPE_RANK
    listed = any(text.casefold() == heading.casefold() for heading in state.style.headings)
    lettered = lettered_heading(text)
    if block.role == "heading" or listed:
        if lettered or roman_value(text.strip(" .")):
            return lettered[1] if lettered else _ROMAN_RANK
        return FORMAT_RANK + block.level
    if state.heading_rank is not None and looks_like_title(text, _LONGEST_WORDS) and not begins_point(text):
        return SHAPE_RANK  # the words of "CHAPTER I"
    if state.styled and not state.tree.nodes and looks_like_title(text, 80) and any(b.role == "heading" for b in state.blocks[at + 1 : at + 8]):
        return SHAPE_RANK  # a masthead before the title
    if state.closed or not state.ended() or " | " in text or begins_point(text) or at + 1 >= len(state.blocks):
        return None
    if lettered and (lettered[0] == "I" or len(lettered[0]) > 1 or text.isupper()):
        return lettered[1]
    if state.open and not state.open[-1].pieces:
        return None  # the first words of a provision
    # Where the format has headings of its own, a short line is not one.
    if state.styled or not looks_like_title(text, 100):
        return None
    return None if state.blocks[at + 1].text.text[0].islower() else SHAPE_RANK
