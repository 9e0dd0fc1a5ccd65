"""A kept conversation, by its id: read again, or deleted. There is no list of them: whoever has the id has the conversation."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from service.conversations import ConversationsDown
from service.desk import AtDesk
from service.problems import Fault, Problem
from service.schema import AskResponse, ConversationId

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])

GUESSABLE = 22
"""Characters below which an id may have been made up by hand ("test-1"), so that others could come upon it: it serves follow-ups, and can be
deleted, but is not read out. The ids that the service gives have 32, at random."""


class TurnOut(BaseModel):
    """A question and what became of it."""

    number: Annotated[int, Field(ge=1)]
    question: str
    interpreted_question: str
    language: str
    status: str
    cited: Annotated[list[str], Field(description="Ids of the provisions that the answer cites, best first.")]
    answer: Annotated[AskResponse, Field(description="As it went out.")]
    created_at: dt.datetime


class ConversationResponse(BaseModel):
    """The turns of a conversation, oldest first."""

    id: str
    turns: list[TurnOut]
    kept_days: Annotated[int, Field(description="Days after which a turn is deleted.")]


@router.get("/{id}")
def conversation(id: Annotated[ConversationId, Path()], desk: AtDesk) -> ConversationResponse:
    """The turns that are still kept."""
    kept = desk.conversations
    fault = Fault("No conversation has this id", parameter="id")
    unknown = Problem(404, "unknown-conversation", f"There is no conversation {id!r}.", faults=(fault,))
    if kept is None or len(id) < GUESSABLE:
        raise unknown
    try:
        turns = kept.read(id)
    except ConversationsDown as error:
        raise _down() from error
    if not turns:
        raise unknown
    shown = [
        TurnOut(
            number=turn.number,
            question=turn.question,
            interpreted_question=turn.interpreted,
            language=turn.language,
            status=turn.status,
            cited=list(turn.cited),
            answer=AskResponse.model_validate(turn.answer),
            created_at=turn.created,
        )
        for turn in turns
    ]
    return ConversationResponse(id=id, turns=shown, kept_days=kept.retention_days)


@router.delete("/{id}", status_code=204, response_class=Response)
def forget(id: Annotated[ConversationId, Path()], desk: AtDesk) -> None:
    """Deletes the conversation; of one that is not there nothing is said either."""
    if desk.conversations is None:
        return
    try:
        desk.conversations.delete(id)
    except ConversationsDown as error:
        raise _down() from error


def _down() -> Problem:
    return Problem(503, "conversations-unavailable", "The database of conversations cannot be used now.", headers={"Retry-After": "15"})
