"""Numbers at the beginning of a block made into provisions: units that a word names, bare numbers, numbers inside an article."""

from __future__ import annotations

from dataclasses import replace

from ingest.numbering.marks import DOUBTFUL, Mark, bare_marks, looks_like_title, worded_mark
from ingest.numbering.node import Node
from ingest.numbering.numerals import value_of
from ingest.numbering.state import State
from ingest.numbering.style import Unit
from ingest.readers.extract import Block
from ingest.readers.mapped import Mapped

_FOLLOW_WITHIN = 60
"""Blocks within which the second paragraph has to come, or the third."""
_GAP_ALLOWED = 12
"""A bare number may jump this far and still be a number of the text (with a warning); further, it is a year or a quantity."""


def take_worded(state: State, unit: Unit, mark: Mark, block: Block) -> bool:
    """A provision that a word names ("Article 33"), or a recital or target. False where the number cannot be one."""
    number, value = mark.number, value_of(mark.number)
    last = state.last.get(unit.name, 0)
    if not mark.sure and value != last + 1:
        return False
    holder = state.holder(unit)
    first_of_holder = holder is not None and not any(child.unit == unit.name for child in holder.children)
    inserted = value == last and number != state.last_number.get(unit.name) and number != str(value)
    if last and value <= last and not first_of_holder and not inserted:
        return _again(state, unit, mark, block)
    if "." not in number and not (last and first_of_holder):
        if last and value > last + 1:
            state.warn(f"gap: {unit.name} {last} is followed by {number}")
        if not last and value > 1:
            state.warn(f"gap: the first {unit.name} is {number}")
    if unit.name == "recital":
        state.leave_title()
    else:
        state.enter_operative()
    state.last[unit.name] = value
    state.last_number[unit.name] = number
    state.put(unit, number, mark, block, titled=unit.title)
    return True


def _again(state: State, unit: Unit, mark: Mark, block: Block) -> bool:
    """A number that was there already: a table of contents before the text, or an error of the text."""
    nodes = [node for node in state.tree.walk() if node.unit == unit.name]
    if value_of(mark.number) == 1 and not any(node.children for node in nodes) and not any(node.pieces for node in nodes[:-1]):
        for node in nodes:
            if node in state.tree.nodes:
                _make_contents(state, node)
        state.tree.warnings = [warning for warning in state.tree.warnings if not warning.startswith("gap")]
        state.forget_labels()
        state.last.pop(unit.name)
        return take_worded(state, unit, mark, block)
    state.warn(f"number twice: {unit.name} {mark.number}")
    state.put(unit, mark.number, mark, block, titled=unit.title)
    return True


def _make_contents(state: State, node: Node) -> None:
    """Makes an entry of a table of contents of what was taken for a provision; words that follow the last entry become text of their own."""
    state.tree.contents += [node.mark, *node.titles]
    place = state.tree.nodes.index(node)
    state.tree.nodes[place : place + 1] = []
    if node.pieces:
        label = f"text-{state.count('text')}"
        state.tree.nodes.insert(place, replace(node, label=label, unit="text", mark=Mapped(), titles=[], shape="none"))


def take_bare(state: State, mark: Mark, block: Block) -> bool:
    """A number without a word. False where it is none of the text's own numbers, so that the block is text."""
    if mark.shape == "target":
        target = state.style.unit("target")
        return target is not None and take_worded(state, target, mark, block)
    recital = state.style.unit("recital")
    if recital is not None and state.part == "preamble":
        if mark.shape in ("paren", "half") and value_of(mark.number) == state.last.get("recital", 0) + 1:
            return take_worded(state, recital, mark, block)
        return False
    holder = state.inside_unit()
    if holder is None:
        return _take_paragraph(state, mark, block)
    chain = state.open[state.open.index(holder) + 1 :]
    last = state.last.get("paragraph", 0)
    if (
        last
        and value_of(mark.number) == last + 1
        and mark.shape == state.shape
        and all(node.unit for node in chain)
        and state.style.run_on is not False
    ):
        # Paragraphs that are numbered through the whole text, whatever objective or chapter they stand under.
        return _take_paragraph(state, mark, block)
    from_the_middle = not last and not chain and value_of(mark.number) > 1 and holder.unit not in ("article", "paragraph")
    if from_the_middle or state.style.run_on or (holder.unit == "paragraph" and state.annex is None):
        return _take_paragraph(state, mark, block)
    return _take_nested(state, mark, block, holder, chain)


def _take_paragraph(state: State, mark: Mark, block: Block) -> bool:
    unit = state.style.unit(state.style.bare)
    if unit is None or mark.shape == "section":
        return False
    if mark.shape in DOUBTFUL and state.shape != mark.shape and not (mark.number == "1" and not state.shape and _follow(state, mark.shape, 3)):
        return False
    if mark.shape == "decimal":
        return _take_decimal(state, unit, mark, block)
    if state.shape and mark.shape != state.shape:
        return False
    value, last = value_of(mark.number), state.last.get("paragraph", 0)
    if not last:
        if value != 1 and not state.style.start and state.inside_unit() is None:
            return False
    elif value == 1 and not state.open:
        last = 0
        state.warn(f"numbered anew: {unit.name} 1 comes again under {' / '.join(state.current_path())[:60]!r}")
    elif value == last:
        if mark.number == str(last):
            return False  # "12." again: a list or a quotation; "12bis." is a number of its own
    elif value != last + 1 and (value < last or value > last + _GAP_ALLOWED or not state.ended()):
        state.inner = value if value in (1, state.inner + 1) else state.inner
        return False
    if last and value > last + 1:
        state.warn(f"gap: paragraph {last} is followed by {mark.number}")
    if not state.has_marker:
        # With no words to mark it, a preamble is what stands before the first number.
        state.enter_operative()
    state.shape = mark.shape
    state.last["paragraph"] = value
    state.put(unit, mark.number, mark, block, titled=block.role == "heading")
    return True


def _take_decimal(state: State, unit: Unit, mark: Mark, block: Block) -> bool:
    """Take "2.1" or "2.1.3": a paragraph of paragraph 2, whether or not that has text of its own."""
    if state.style.unit("target") or value_of(mark.number) - state.last.get("paragraph", 0) not in (0, 1):
        return False
    label = f"{unit.prefix}-{mark.number}"
    holder = next((node for node in state.tree.walk() if node.label == label.rpartition(".")[0]), None)
    state.enter_operative()
    state.last["paragraph"] = value_of(mark.number)
    node = Node(
        state.unique(label),
        mark.shape,
        mark.number,
        state.part,
        state.current_path(),
        holder,
        unit.name,
        block.text.cut(0, mark.end).strip(),
    )
    state.attach(node)
    state.open = [node]
    rest = block.text.cut(mark.end).strip()
    if block.role == "heading":
        node.titles.append(rest)
    else:
        node.add(rest)
    return True


def _take_nested(state: State, mark: Mark, block: Block, holder: Node, chain: list[Node]) -> bool:
    """A numbered paragraph of an article, or of a paragraph of one."""
    if mark.shape == "decimal":
        return _take_nested_decimal(state, mark, block, holder)
    base = state.open[: state.open.index(holder) + 1]
    for at, node in enumerate(chain):
        if node.shape == mark.shape:
            if not _follows(node.number, mark.number):
                return False
            state.open = [*base, *chain[:at]]
            return _put_nested(state, mark, block)
    if mark.number not in ("1", "a") or (mark.shape == "section" and chain):
        return False
    if mark.shape in DOUBTFUL and (mark.shape != "plain" or chain or not _follow(state, "plain", 2)):
        return False  # "1 January", "2 States"
    return _put_nested(state, mark, block)


def _follow(state: State, shape: str, last: int) -> bool:
    """Whether the numbers from 2 to `last` follow the one that is read, in its shape, before an article begins."""
    wanted = 2
    for block in state.blocks[state.at + 1 : state.at + _FOLLOW_WITHIN]:
        text = block.text.text
        if worded_mark(text, state.style, heading=block.role == "heading"):
            return False
        if any(
            mark.shape == shape and mark.number == str(wanted) and not (shape == "roman" and looks_like_title(text))
            for mark in bare_marks(text, state.style)
        ):
            wanted += 1
            if wanted > last:
                return True
    return False


def _take_nested_decimal(state: State, mark: Mark, block: Block, holder: Node) -> bool:
    """Take "2.1" in article 2: its paragraph 1."""
    outer, _, inner = mark.number.rpartition(".")
    last = holder.children[-1].number if holder.children else "0"
    if outer != holder.number or not _follows(last, inner):
        return False
    state.open = state.open[: state.open.index(holder) + 1]
    return _put_nested(state, replace(mark, number=inner), block)


def _put_nested(state: State, mark: Mark, block: Block) -> bool:
    above = state.open[-1]
    node = Node(state.unique(f"{above.label}.{mark.number}"), mark.shape, mark.number, state.part, above.path, above)
    node.mark = block.text.cut(0, mark.end).strip()
    node.add(block.text.cut(mark.end).strip())
    state.attach(node)
    state.open = [*state.open, node]
    state.untitled = None
    return True


def _follows(last: str, number: str) -> bool:
    if last.isalpha() and number.isalpha():
        return ord(number[0]) == ord(last[0]) + 1
    return 0 <= value_of(number) - value_of(last) <= 3 and number != last
