"""A service that answers as a test tells it: slowly, brokenly, or at great length. What is real is tried against the real one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

Step = str | float | Callable[[], object]
"""A piece of the body, seconds to wait, or something to call."""

CITATION = {
    "marker": 1,
    "id": "cairo-declaration-2025/para-23",
    "instrument": "cairo-declaration-2025",
    "title": "Cairo Ministerial Declaration",
    "label": "para-23",
    "pinpoint": "para. 23",
    "part": "operative",
    "tier": "authentic",
    "quote": "human rights",
    "start": 212,
    "end": 224,
}


def event(kind: str, data: object) -> str:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n"


def done(answer: str) -> str:
    return event(
        "done",
        {
            "status": "answered",
            "answer": answer,
            "language": "en",
            "citations": [CITATION],
            "nearest": [],
            "interpreted_question": "",
            "conversation_id": "",
            "verified": {"quotes": 1, "checked": 1},
            "index_version": "one",
        },
    )


def stream_of(steps: Iterable[Step]) -> Callable[[], Response]:
    """Answers with the steps, one after the other, as server-sent events."""

    def body() -> Iterator[str]:
        for step in steps:
            if isinstance(step, str):
                yield step
            elif callable(step):
                step()
            else:
                time.sleep(step)

    return lambda: StreamingResponse(body(), media_type="text/event-stream")


def scripted(answer: Callable[[], Response]) -> FastAPI:
    """A service that is ready, holds nothing, and answers every question with `answer()`; `app.state.asked` has their bodies."""
    app = FastAPI()
    app.state.asked = []

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready", "index_version": "one"}

    @app.get("/v1/instruments")
    def instruments() -> dict[str, list[Any]]:
        return {"instruments": []}

    @app.post("/v1/ask")
    async def ask(request: Request) -> Response:
        app.state.asked.append(await request.json())
        return answer()

    @app.get("/v1/conversations/{id}")
    def conversation(id: str) -> Response:
        return JSONResponse({"type": "urn:khartoum:problem:unknown-conversation"}, 404)

    return app
