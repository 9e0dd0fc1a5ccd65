"""Reads blocks into a tree of numbered parts, one block after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering.headings import take_annex, take_heading, take_marker, take_title, take_unit_heading
from ingest.numbering.marks import Mark, bare_marks, begins_point, worded_mark
from ingest.numbering.numbers import take_bare, take_worded
from ingest.numbering.numerals import words
from ingest.numbering.state import UNNUMBERED, State
from ingest.numbering.style import Style
from ingest.numbering.tree import Tree
from ingest.readers.extract import Block


def build(blocks: Sequence[Block], style: Style) -> Tree:
    """The tree of the blocks, notes left out.

    Each block is the first of these that it can be: a unit that a word names, the title of the one before, the words that mark the
    operative part, a bare number, a heading, or text that goes on with what is open.
    """
    read = [block for block in blocks if block.role != "note" and block.text.text]
    state = State(style, read)
    listed = _listed_headings(read, style)
    numbered_headings = _headings_are_numbered(read, style, listed)
    closing = re.compile(rf"(?:{'|'.join(words()['closing'])})", re.IGNORECASE)
    for at, block in enumerate(read):
        state.at = at
        heading = block.role == "heading"
        mark = worded_mark(block.text.text, style, heading=heading)
        if mark is not None and _take_unit(state, mark, block):
            continue
        if take_title(state, at, block) or take_marker(state, block):
            continue
        signed = state.closed and state.annex is None and style.unit("article") is not None  # those who signed are counted from 1 too
        own = numbered_headings if heading else block.text.text not in listed
        if own and not signed and any(take_bare(state, bare, block) for bare in bare_marks(block.text.text, style)):
            continue
        if state.part != "preamble" and state.tree.nodes and not state.closed and closing.match(block.text.text):
            state.close()
            state.put_unnumbered("closing", block.text)
            state.closed = True
            continue
        if state.closed:
            state.open[-1].add(block.text)
        elif not take_heading(state, at, block):
            _go_on(state, block)
    return state.tree


def _take_unit(state: State, mark: Mark, block: Block) -> bool:
    unit = state.style.unit(mark.unit)
    if unit is None:
        return False
    if unit.kind == "heading":
        take_unit_heading(state, unit, mark, block)
        return True
    if unit.kind == "annex":
        take_annex(state, unit, mark, block)
        return True
    inside = state.inside_unit()
    if unit.name == "paragraph" and inside is not None and inside.unit != "paragraph":
        return False  # "Paragraph 2 shall not apply" in an article
    return take_worded(state, unit, mark, block)


def _headings_are_numbered(blocks: Sequence[Block], style: Style, listed: frozenset[str]) -> bool:
    """Whether "1. Introduction" as a heading is a provision of its own: only where the text under it does not count from 1 too."""
    dotted = [block for block in blocks if any(mark.shape == "dot" for mark in bare_marks(block.text.text, style))]
    headings = sum(block.role == "heading" for block in dotted)
    texts = sum(block.role == "text" and block.text.text not in listed for block in dotted)
    return headings > texts and style.unit("article") is None


def _listed_headings(blocks: Sequence[Block], style: Style) -> frozenset[str]:
    """The numbered headings that the text lists in the same words: "five domains: 1. Development, 2. …"."""
    headings = {block.text.text for block in blocks if block.role == "heading"}
    return frozenset(b.text.text for b in blocks if b.role == "text" and b.text.text in headings and bare_marks(b.text.text, style))


def _go_on(state: State, block: Block) -> None:
    """Text without a number."""
    text = block.text
    state.heading_rank = None
    node = state.open[-1] if state.open else None
    goes_on = begins_point(text.text) or not state.ended_or_paused() or (state.part != "preamble" and text.text[0].islower())
    if node is not None and (node.unit not in UNNUMBERED or goes_on):
        node.add(text)
    elif state.annex is not None and not state.annex.children and len(state.path) == 1:
        state.annex.add(text)
        state.open = [state.annex]
    else:
        state.put_unnumbered("preamble" if state.part == "preamble" else "text", text)
    if state.part == "preamble" and state.is_marker(text.text) and state.style.unit("recital") is None:
        state.close()
        state.enter_operative()
