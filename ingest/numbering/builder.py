"""Reads blocks into a tree of numbered parts, one block after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.numbering.headings import take_annex, take_heading, take_marker, take_title, take_unit_heading
from ingest.numbering.marks import Mark, bare_marks, begins_point, numbers_a_row, worded_mark
from ingest.numbering.numbers import take_bare, take_worded
from ingest.numbering.numerals import value_of, words
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
    numbered = _numbered_headings(read, style, listed)
    closing = re.compile(rf"(?:{'|'.join(words()['closing'])})", re.IGNORECASE)
    for at, block in enumerate(read):
        state.at = at
        heading = block.role == "heading"
        text = block.text.text
        mark = worded_mark(text, style, heading=heading)
        if mark is not None and _take_unit(state, mark, block):
            continue
        if take_title(state, at, block) or take_marker(state, block):
            continue
        signed = state.closed and state.annex is None and style.unit("article") is not None  # those who signed are counted from 1 too
        no_number = (heading and not numbered) or (not heading and text in listed)
        no_number = no_number or (numbers_a_row(text) and (bool(numbered) or style.unit("article") is not None))
        bare = [] if signed or no_number else bare_marks(text, style)
        if numbered == "all" and not heading:
            bare = [each for each in bare if each.shape == "decimal"]
        if any(take_bare(state, each, block) for each in bare):
            continue
        if state.part != "preamble" and state.tree.nodes and not state.closed and closing.match(text):
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


def _numbered_headings(blocks: Sequence[Block], style: Style, listed: frozenset[str]) -> Literal["", "some", "all"]:
    """Whether "1. Introduction" as a heading is a provision: "" where the text under it counts from 1 too.

    "all": the headings have every number from 1 on, so a number in the text is that of a list or of a row of a table.
    """
    dotted: dict[str, list[int]] = {"heading": [], "text": []}
    decimals = 0
    for block in blocks:
        text = block.text.text
        mark = next(iter(bare_marks(text, style)), None)
        if mark is None or (block.role == "text" and (text in listed or numbers_a_row(text))):
            continue
        decimals += block.role == "heading" and mark.shape == "decimal"
        if mark.shape == "dot":
            dotted[block.role].append(value_of(mark.number))
    headings = dotted["heading"]
    if style.unit("article") is not None or not headings or len(headings) + decimals <= len(dotted["text"]):
        return ""
    return "all" if len(headings) > 1 and headings == list(range(1, len(headings) + 1)) else "some"


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
