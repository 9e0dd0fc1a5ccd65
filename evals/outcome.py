"""What a system did with a question: the one thing that every metric is worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from evals.sets import Row

Status = Literal["answered", "not_addressed", "out_of_scope"]
DEPTH = 10
"""Provisions that are ranked for a question."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in an answer; `quote` is "" and the offsets are 0 where nothing is quoted."""

    id: str
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, asked of one system.

    Attributes:
        row: The question.
        status: What it got.
        ranked: Ids of the provisions found, best first, no repeats, `DEPTH` at most.
        cited: Of an answer, best first.
        probability: That the best provision answers, 0 to 1; None from a system that does not say.
        judged: Whether the probability comes from the fitted weights, and not from a rule such as a paragraph number that exists.
        took_ms: From question to answer.
        body: The whole answer as text, to be compared byte for byte.
    """

    row: Row
    status: Status
    ranked: tuple[str, ...]
    cited: tuple[Cited, ...] = ()
    probability: float | None = None
    judged: bool = False
    took_ms: float = 0.0
    body: str = ""

    @property
    def first_right(self) -> bool:
        """Whether its first citation is a provision that answers; never for a refusal."""
        return bool(self.cited) and self.cited[0].id in self.row.right

    @property
    def refused(self) -> bool:
        """Whether it is a refusal, of either kind."""
        return self.status != "answered"


class System(Protocol):
    """Something that can be asked."""

    @property
    def name(self) -> str:
        """As tables show it."""

    @property
    def refuses(self) -> bool:
        """Whether it can decline to answer; measures of refusal are left out for one that cannot."""

    def ask(self, row: Row, scope: tuple[str, ...]) -> Outcome:
        """Asks a row's question.

        Args:
            row: The question; its own `instruments` come before `scope`.
            scope: Instruments to search in; empty for all.
        """
