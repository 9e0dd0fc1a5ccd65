"""What a question becomes: an answer, which has a citation, or a refusal, which has a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.provision import Provision
from retriever.turns import Turn

Language = Literal["en", "fr", "ar"]
Mode = Literal["auto", "extractive", "generative"]
Reason = Literal["not_addressed", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it came, with what its asker set.

    Attributes:
        text: The asker's words, 1 to 2,000 characters.
        instruments: Ids to search in; empty for all.
        language: Language of the answer's own sentences; None to take the question's.
        history: Earlier turns of the conversation, oldest first; bare questions where no more is known of them.
    """

    text: str
    instruments: tuple[str, ...] = ()
    language: Language | None = None
    mode: Mode = "auto"
    history: tuple[str | Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision, its pinpoint and, in the authentic tier, words of it.

    `quote == provision.text[start:end]` in the authentic tier; in the digest tier `quote` is "" and the offsets are 0.
    """

    provision: Provision
    pinpoint: str
    quote: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Verified:
    """How many quotes were about to leave, and how many of them stood word for word where they were said to stand.

    Of a language model's answer also how many sentences it wrote, and how many of them could not be verified and were left out.
    """

    quotes: int
    checked: int
    sentences: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Text with markers [1], [2] … and the citations that they stand for, best first.

    Raises:
        ValueError: There is no citation.
    """

    text: str
    language: Language
    citations: tuple[Citation, ...]
    verified: Verified
    partial: bool = False
    mode: Literal["extractive", "generative"] = "extractive"
    interpreted_question: str = ""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer needs a citation; without one it is a Refusal")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The texts are silent, or the question is not about them; `nearest` is where they come closest, best first."""

    reason: Reason
    text: str
    language: Language
    nearest: tuple[Citation, ...] = ()
    interpreted_question: str = ""
