"""GET /read/{id}: the reader's page for a person; its errors are pages too when a browser asks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from ingest.provision import LABEL, Provision
from service.answer import Language
from service.desk import AtDesk, instrument_at, provision_at, provisions_of
from service.linking import back_of, links_of, parallels_of
from service.problems import Problem
from service.reader_mark import Mark, mark_at, mark_words
from service.reader_page import Around, render, render_problem

router = APIRouter(tags=["reader"])

# Nothing but our own style sheet: there is no script on this page to allow.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class ReaderQuery(BaseModel):
    """Which words to mark. Links gather parameters on their way (utm_…), so others are passed over here."""

    at: Annotated[str, StringConstraints(max_length=100, pattern=f"^{LABEL.pattern}$")] | None = None
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=0)] | None = None
    quote: Annotated[str, StringConstraints(max_length=5000)] = ""
    text: Annotated[str, StringConstraints(max_length=5000)] = ""
    language: Language = "en"


@router.get("/read/{id}", response_class=HTMLResponse)
def read(id: str, query: Annotated[ReaderQuery, Query()], desk: AtDesk) -> HTMLResponse:
    """The whole instrument, an anchor a provision (`#para-23`).

    Words are marked by `at` with `start` and `end` (offsets in that provision), or by `quote` (or `text`), with or without `at`.
    """
    with desk.assistant() as assistant:
        instrument = instrument_at(assistant, id)
        held = provisions_of(assistant, id)
        at = None if query.at is None else provision_at(assistant, id, query.at, parameter="at")
        mark = _mark(query, held, at)
        asked = bool(query.quote or query.text) or query.end is not None
        around = Around(
            links={one.id: links_of(assistant, one, query.language) for one in held},
            parallels={one.id: parallels_of(assistant, one) for one in held},
            instrument=back_of(assistant, id, query.language),
        )
        page = render(instrument, held, language=query.language, mark=mark, lost=asked and mark is None, around=around)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _mark(query: ReaderQuery, held: list[Provision], at: Provision | None) -> Mark | None:
    if at is not None and query.start is not None and query.end is not None:
        return mark_at(at, query.start, query.end)
    words = query.quote or query.text
    return mark_words([at] if at is not None else held, words) if words else None


def problem_page(problem: Problem, request: Request) -> Response:
    """The problem as a page under the reader's own policy."""
    page = render_problem(problem.title, problem.detail)
    return HTMLResponse(page, problem.status, headers={**problem.headers, "Content-Security-Policy": POLICY})
