"""An answer on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from service.answer import Answer, Citation, Refusal


def show(answer: Answer | Refusal, console: Console | None = None) -> None:
    """Prints the answer, then its sources; of a refusal where the texts come closest."""
    out = console or Console(highlight=False, soft_wrap=True)
    if isinstance(answer, Answer):
        out.print(escape(answer.text))
        out.print()
        _sources(out, answer.citations)
        out.print(f"[dim]{answer.verified.checked} of {answer.verified.quotes} quotations verified word for word[/dim]")
    else:
        out.print(f"[yellow]{escape(answer.text)}[/yellow]")
        if answer.nearest:
            out.print()
            _sources(out, answer.nearest, marked=False)


def _sources(out: Console, citations: Sequence[Citation], *, marked: bool = True) -> None:
    for place, one in enumerate(citations, 1):
        marker = f"[{place}]" if marked else "-"
        words = f"“{one.quote}”" if one.quote else f"(summary) {one.provision.text}"
        out.print(f"[bold]{escape(marker)} {escape(one.pinpoint)}[/bold]  {escape(one.provision.id)}, {one.provision.part}")
        out.print(f"    {escape(words)}")


def as_data(answer: Answer | Refusal) -> dict[str, Any]:
    """The answer as plain data, much as the API gives it."""
    if isinstance(answer, Refusal):
        nearest = [_data(citation) for citation in answer.nearest]
        return {"status": answer.reason, "answer": answer.text, "language": answer.language, "citations": [], "nearest": nearest}
    return {
        "status": "partial" if answer.partial else "answered",
        "answer": answer.text,
        "language": answer.language,
        "citations": [_data(c) for c in answer.citations],
        "verified": {"quotes": answer.verified.quotes, "checked": answer.verified.checked},
    }


def _data(citation: Citation) -> dict[str, Any]:
    return {
        "id": citation.provision.id,
        "pinpoint": citation.pinpoint,
        "part": citation.provision.part,
        "tier": citation.provision.tier,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "score": citation.score,
    }
