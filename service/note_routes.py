"""Briefing notes: what a writer chose, checked again and set as .docx or PDF."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from service.answer import Language
from service.desk import AtDesk
from service.json_only import json_only
from service.problems import Problem
from service.schema import _Closed
from service.study.note import Chosen, ChosenItem, NotFaithful, compose, words_of
from service.study.view import study

router = APIRouter(prefix="/v1", tags=["notes"])

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

MOST_ITEMS = 200
MOST_TOLD = 5
"""Faults that the problem's own sentence tells; all of them are listed beside it."""

Words = Annotated[str, StringConstraints(max_length=20_000)]


class CitationIn(_Closed):
    """A provision and, in the authentic tier, words of it; without a quote, the whole provision."""

    id: Annotated[str, StringConstraints(max_length=200)]
    quote: Words = ""
    start: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    end: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class ItemIn(_Closed):
    """An answer with its question, a provision (a citation and no answer), or a remark alone."""

    question: Annotated[str, StringConstraints(max_length=2000)] = ""
    answer: Words = ""
    citations: Annotated[list[CitationIn], Field(max_length=50, default_factory=list)]
    remark: Annotated[str, StringConstraints(max_length=5000)] = ""


class NoteRequest(_Closed):
    """A note; `address` is where its readers reach the reader's pages, by default this service."""

    format: Literal["docx", "pdf"] = "docx"
    language: Language = "en"
    title: Annotated[str, StringConstraints(max_length=300)] = ""
    items: Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_ITEMS)]
    address: Annotated[str, StringConstraints(max_length=200, pattern=r"^(https?://[A-Za-z0-9.:\[\]_-]+(/[A-Za-z0-9._~/-]*)?)?$")] = ""


_FILES = {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES.values()}}}


@router.post("/notes", dependencies=[Depends(json_only)], response_class=Response, responses=_FILES)  # type: ignore[arg-type]
def notes(body: NoteRequest, request: Request, desk: AtDesk) -> Response:
    """A briefing note with a footnote for each citation; 422 names every quote that does not stand word for word in the texts."""
    items = [
        ChosenItem(one.question, one.answer, tuple(Chosen(c.id, c.quote, c.start, c.end) for c in one.citations), one.remark) for one in body.items
    ]
    with desk.assistant() as assistant:
        try:
            note = compose(
                study(assistant),
                body.title,
                items,
                body.language,
                address=(body.address or str(request.base_url)).rstrip("/"),
                version=assistant.index_version,
                today=dt.datetime.now(dt.UTC).date(),
            )
        except NotFaithful as error:
            raise Problem(422, "not-word-for-word", _told(error, body.language), faults=error.faults) from None
    if body.format == "docx":
        from service.study.note_docx import to_docx

        content = to_docx(note)
    else:
        from service.study.note_pdf import to_pdf

        content = to_pdf(note)
    name = re.sub(r"[^A-Za-z0-9]+", "-", note.title).strip("-").lower()[:60] or "briefing-note"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{body.format}"'}
    return Response(content, media_type=MEDIA_TYPES[body.format], headers=headers)


def _told(error: NotFaithful, language: Language) -> str:
    """What is wrong, in the note's language, for the one who wanted it."""
    words = words_of(language)
    sentences = [words["not_made"], *(fault.detail for fault in error.faults[:MOST_TOLD])]
    if len(error.faults) > MOST_TOLD:
        sentences.append(words["more"].format(number=len(error.faults) - MOST_TOLD))
    return " ".join(sentences)
