"""What the numbering reader finds in a text: numbered parts in a tree, headings, and what looks wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.numbering.node import Node
from ingest.readers.mapped import Mapped


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading as it was found. The lower its rank, the higher it stands; ranks are compared, never counted."""

    text: Mapped
    rank: float


@dataclass
class Tree:
    """The parts of a text.

    Attributes:
        nodes: Those that no other holds, in reading order.
        headings: Titles, chapters, the words that mark where the operative part begins.
        contents: Entries of a table of contents, which are no provisions.
        warnings: One line each.
    """

    nodes: list[Node] = field(default_factory=list)
    headings: list[HeadingBlock] = field(default_factory=list)
    contents: list[Mapped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Every node, a holder before what it holds."""
        pending = list(reversed(self.nodes))
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))
