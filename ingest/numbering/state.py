"""Where the numbering reader is in a text: the part, the headings above, what is open, which numbers came last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbering.marks import Mark, looks_like_title
from ingest.numbering.node import Node
from ingest.numbering.numerals import words
from ingest.numbering.style import Style, Unit
from ingest.numbering.tree import HeadingBlock, Tree
from ingest.provision import Part
from ingest.readers.extract import Block
from ingest.readers.mapped import Mapped

ANNEX_UNITS = ("annex", "schedule", "final_act")
UNNUMBERED = ("preamble", "text", "closing")
"""Pseudo-units of text without a number of its own; their labels count it in reading order."""
RESOLUTION = "resolution-1"
"""Stands before the labels of a resolution whose annex the text is."""
LONGEST_MARKER = 120
"""Characters of a block that is nothing but a marker of the operative part."""
TITLE_RANK = 1.0
FORMAT_RANK = 10.0
"""Added to the heading level that a format gives, so that a chapter always stands above a heading without a number."""
SHAPE_RANK = 20.0
_STOP = re.compile(r"[.;:!?؛؟][\"”»’)\]]*$")
_STOP_OR_COMMA = re.compile(r"[.;!?,؛؟،][\"”»’)\]]*$")


class State:
    """Changes with every block; `tree` is what has been found so far."""

    def __init__(self, style: Style, blocks: Sequence[Block]) -> None:
        self.style = style
        self.blocks = blocks
        self.at = 0
        """Place of the block that is being read."""
        self.tree = Tree()
        self.part: Part = "preamble"
        self.annex: Node | None = None
        self.open: list[Node] = []
        self.path: list[tuple[float, str]] = []
        self.last: dict[str, int] = {}
        """Last number of each unit."""
        self.last_number: dict[str, str] = {}
        """The same as it is written: "3a" follows "3"."""
        self.shape = ""
        """How the paragraphs of the text are numbered, once the first was met."""
        self.inner = 0
        """Last number of a list inside a paragraph."""
        self.untitled: Node | None = None
        """A provision whose title may be the next block."""
        self.heading_rank: float | None = None
        """Rank of a heading that was only a number, and whose words may be the next block."""
        self.closed = False
        self.resolved = False
        """Whether the resolution is over to which the text is annexed."""
        self.restarted = ""
        self.styled = any(block.role == "heading" for block in blocks)
        self._counts: dict[str, int] = {}
        self._preamble_path: list[tuple[float, str]] = []
        self._operative = [re.compile(rf"(?:{pattern})\s*[:.]?\s*$", re.IGNORECASE) for pattern in words()["operative"]]
        self.has_marker = any(len(block.text) <= LONGEST_MARKER and self.is_marker(block.text.text) for block in blocks)

    def is_marker(self, text: str) -> bool:
        """Whether a block ends with the words after which the operative part begins."""
        if self.style.operative_after:
            return any(text.casefold().rstrip().endswith(marker.casefold()) for marker in self.style.operative_after)
        return any(pattern.search(text) for pattern in self._operative)

    def enter_operative(self) -> None:
        """The preamble is over, and its headings with it."""
        if self.part == "preamble":
            self.part = "operative"
            self.path = [entry for entry in self.path if entry not in self._preamble_path]

    def leave_title(self) -> None:
        """At the first words of a preamble, the headings so far were the text's title: they do not stand above it."""
        if not self.tree.nodes:
            self.path = [entry for entry in self.path if entry[0] < FORMAT_RANK or entry[1].casefold() in words()["preamble"]]

    def close(self) -> None:
        """What was open goes on no more."""
        self.open = []
        self.untitled = None
        self.closed = False

    def ended(self) -> bool:
        """Whether the open text has come to the end of a sentence; True where nothing is open."""
        node = self.open[-1] if self.open else None
        return node is None or not node.pieces or bool(_STOP.search(node.pieces[-1].text))

    def ended_or_paused(self) -> bool:
        """As `ended`, but a comma ends it too (as in a preamble) and a colon does not (a list follows)."""
        pieces = self.open[-1].pieces if self.open else []
        return not pieces or bool(_STOP_OR_COMMA.search(pieces[-1].text))

    def inside_unit(self) -> Node | None:
        """The open part in which paragraphs are numbered anew: an article, a paragraph of a schedule."""
        return next((node for node in self.open if node.shape == "word" and node.unit not in ANNEX_UNITS), None)

    def holder(self, unit: Unit) -> Node | None:
        """The open part of a unit that the catalogue names before this one (a goal for its targets), else the annex."""
        names = [each.name for each in self.style.units]
        for node in reversed(self.open):
            if (
                node.unit in names
                and node.unit not in (*ANNEX_UNITS, "recital")
                and names.index(node.unit) < names.index(unit.name)
                and self.style.nested
            ):
                return node
        return self.annex

    def put_heading(self, rank: float, text: Mapped) -> None:
        """A heading, which replaces those of its rank and below in the path. The first without a number is the text's title."""
        titles = rank >= FORMAT_RANK and not self.tree.nodes and not any(each.rank == TITLE_RANK for each in self.tree.headings)
        self.tree.headings.append(HeadingBlock(text, TITLE_RANK if titles else rank))
        self.path = [entry for entry in self.path if entry[0] < rank]
        if not titles:
            self.path.append((rank, text.text))

    def put(self, unit: Unit, number: str, mark: Mark, block: Block, *, titled: bool) -> Node:
        """A provision of `unit`; what stands after its mark is its title or the beginning of its text."""
        holder = self.holder(unit)
        scope = f"{self.annex.label}." if self.annex is not None else f"{self.restarted}." if self.restarted else ""
        node = Node(self.unique(f"{scope}{unit.prefix}-{number}"), mark.shape, number, self.part, self.current_path(), holder, unit.name)
        node.mark = block.text.cut(0, mark.end).strip()
        self.attach(node)
        self.open = [*([holder] if holder is not None and holder is not self.annex else []), node]
        self.inner = 0
        self.closed = False
        self.heading_rank = None
        rest = block.text.cut(mark.end).strip()
        row = " | " in rest.text
        if titled and rest.text and not row and (block.role == "heading" or looks_like_title(rest.text)):
            node.titles.append(rest)
            self.untitled = None
        else:
            node.add(rest)
            self.untitled = node if titled and not rest.text else None
        return node

    def put_unnumbered(self, kind: str, text: Mapped) -> None:
        """Text without a number: of a preamble, between headings, or at the end."""
        if kind == "preamble":
            self.leave_title()
        scope = f"{self.annex.label}." if self.annex is not None and kind != "closing" else ""
        key = f"{scope}{kind}"
        self._counts[key] = self._counts.get(key, 0) + 1
        holder = self.annex if scope else None
        node = Node(self.unique(f"{key}-{self._counts[key]}"), "none", str(self._counts[key]), self.part, self.current_path(), holder, kind)
        node.add(text)
        self.attach(node)
        self.open = [node]

    def attach(self, node: Node) -> None:
        """Puts a node where it belongs."""
        (self.tree.nodes if node.parent is None else node.parent.children).append(node)
        if self.part == "preamble":
            self._preamble_path = list(self.path)

    def count(self, name: str) -> int:
        """How many of `name` there are, this one with them."""
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]

    def current_path(self) -> tuple[str, ...]:
        """The headings above what comes next."""
        return tuple(text for _, text in self.path)

    def unique(self, label: str) -> str:
        """The label, with ".again-2" where the text has the number twice."""
        times = self.count(f"label {label}")
        return label if times == 1 else f"{label}.again-{times}"

    def begin_anew(self, heading: Mapped) -> None:
        """What was read so far is the resolution to which the text is annexed; the text begins here."""
        for node in self.tree.walk():
            node.label = f"{RESOLUTION}.{node.label}"
        self.tree.headings.append(HeadingBlock(heading, TITLE_RANK))
        self.close()
        self.part, self.shape, self.inner, self.resolved = "preamble", "", 0, True
        self.path, self._preamble_path, self._counts = [], [], {}
        self.last.clear()

    def forget_labels(self) -> None:
        """Every label is free again: what had them was a table of contents."""
        self._counts = {name: times for name, times in self._counts.items() if not name.startswith("label ")}

    def warn(self, warning: str) -> None:
        """Notes what looks wrong."""
        self.tree.warnings.append(warning)
