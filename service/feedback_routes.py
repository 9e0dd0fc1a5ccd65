"""Thumbs and a reason for an answer, kept by the service beside the index."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field, StringConstraints

from service.desk import AtDesk
from service.feedback import add_feedback
from service.json_only import json_only
from service.problems import Problem
from service.schema import PlainText, _Closed
from service.study.view import study

router = APIRouter(prefix="/v1", tags=["questions"])
log = logging.getLogger(__name__)

Reason = Literal["wrong_paragraph", "incomplete", "should_have_answered", "hard_to_read", "other", ""]
ProvisionId = Annotated[str, StringConstraints(max_length=200, pattern=r"^[a-z0-9-]+/[a-z0-9.-]+$")]


class Feedback(_Closed):
    """What a reader thought of an answer. No name, no address and no conversation is kept with it."""

    question: PlainText
    thumb: Literal["up", "down"]
    reason: Reason = ""
    comment: Annotated[str, StringConstraints(max_length=1000)] = ""
    status: Annotated[str, StringConstraints(max_length=40)] = ""
    citations: Annotated[list[ProvisionId], Field(max_length=50, default_factory=list)]
    index_version: Annotated[str, StringConstraints(max_length=80)] = ""


class Kept(_Closed):
    """It was kept."""

    status: Literal["kept"] = "kept"


@router.post("/feedback", dependencies=[Depends(json_only)])
def feedback(body: Feedback, desk: AtDesk) -> Kept:
    """Keeps it in KHARTOUM_HOME/feedback.jsonl with the day, not the hour."""
    with desk.assistant() as assistant:
        index = study(assistant).index
    if index is None:
        raise Problem(503, "not-kept", "This service keeps no feedback.")
    home = index.folder.parent.parent
    try:
        add_feedback(home / "feedback.jsonl", {"day": dt.datetime.now(dt.UTC).date().isoformat(), **body.model_dump()})
    except OSError as error:
        log.warning("feedback could not be written: %s", error)
        raise Problem(503, "not-kept", "The feedback could not be written.") from error
    return Kept()
