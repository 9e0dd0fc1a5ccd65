"""An answer as server-sent events: what was understood, each citation, each verified sentence, and at the end the whole answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from service.schema import AskResponse

MEDIA_TYPE = "text/event-stream"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

SCHEMA = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {"event": {"enum": ["interpreted", "citation", "sentence", "done", "error"]}, "data": {"type": "string"}},
}
"""JSON schema of one event, as OpenAPI 3.2 describes it."""

# A full stop ends a sentence when a capital, an Arabic letter or an opening quotation mark follows; "para. 23" goes on.
_SENTENCE_END = re.compile(r"(?<=[.!?؟])(?=\s+[A-ZÀ-ÖØ-Þ\u0621-\u064A“«\"(])")


def events(answer: AskResponse, *, interpreted: bool = True) -> Iterator[str]:
    """`interpreted` (when the question was rewritten), `citation` and `sentence` as often as needed, then `done` with the whole answer.

    The texts of the sentences, one after the other, are the answer's text to the letter. Without `interpreted` that event was sent before.
    """
    if interpreted and answer.interpreted_question:
        yield event("interpreted", {"interpreted_question": answer.interpreted_question})
    for citation in answer.citations:
        yield event("citation", citation.model_dump(mode="json"))
    for sentence in sentences(answer.answer):
        yield event("sentence", {"text": sentence})
    yield event("done", answer.model_dump(mode="json"))


def sentences(text: str) -> list[str]:
    """The text cut before the white space that follows each sentence; nothing is left out."""
    return [piece for piece in _SENTENCE_END.split(text) if piece]


def event(name: str, data: object) -> str:
    """One event in the wire format; JSON has no line break of its own, so one `data` line holds it."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
