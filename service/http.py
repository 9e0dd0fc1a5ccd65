"""The HTTP interface: `create_app` puts the routes, the limits and the errors together."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Query
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import StreamingResponse

from service import conversation_routes, docs_page, instrument_routes, openai_routes, problems, reader_routes, stream, study_routes, verify_routes
from service.answer import Answer, Question, Refusal
from service.conversations import Conversations
from service.desk import AtDesk, Desk, check_instruments, not_ready
from service.generation.assistant import GenerativeAssistant
from service.json_only import json_only
from service.live import answered, happenings, relayed
from service.load import Gate
from service.middleware import BodyLimit, SecurityHeaders
from service.presentation import ask_response, citations_out
from service.problems import Fault, Problem
from service.schema import AskRequest, AskResponse, Health, Readiness, SearchQuery, SearchResponse
from service.serving import Assistant, NotReady, Serving

router = APIRouter()

DESCRIPTION = """Answers on the Khartoum Process from numbered official texts; every quote is checked word for word against the
provision cited. Every error is a problem (RFC 9457, `application/problem+json`) whose `errors` say where: a JSON `pointer` into the
body, or a `parameter`."""


def create_app(
    open_assistant: Callable[[], Assistant],
    *,
    max_concurrency: int = 8,
    language_model: str = "",
    cors_origins: Sequence[str] = (),
    conversations: Conversations | None = None,
    public_url: str = "",
) -> FastAPI:
    """The application, to be served by uvicorn. It answers /healthz at once and opens the assistant behind its own back.

    Args:
        open_assistant: Opens the index that is current on disk. What it raises becomes the reason of 503 answers.
        max_concurrency: Questions worked on at once; twice as many wait for two seconds, those beyond get 503 with Retry-After.
        language_model: Name of the model for generative mode, "" for none.
        cors_origins: Origins whose pages may call this from a browser; none by default.
        conversations: Where turns are kept; without it nothing is, and every question is read alone. It is closed with the application.
        public_url: Where readers reach the service, for the links in completions; "" for the address that was asked.

    Raises:
        ValueError: `max_concurrency` is below 1.
    """
    from service import mcp_server  # half a second that only a server spends

    desk = Desk(Serving(open_assistant), Gate(max_concurrency), language_model, conversations, public_url)
    tools = mcp_server.mcp_server(desk.assistant, generative=bool(language_model), conversations=conversations)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        limiter = anyio.to_thread.current_default_thread_limiter()
        limiter.total_tokens = max(limiter.total_tokens, desk.gate.threads_needed + 8)
        desk.serving.start()
        if conversations:
            conversations.start()
        async with tools.session_manager.run():
            yield
        desk.serving.close()
        if conversations:
            conversations.close()

    app = FastAPI(
        title="Khartoum Process assistant",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=_PROBLEM_RESPONSES,
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.desk = desk
    problems.install(app, page=reader_routes.problem_page)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    if cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=list(cors_origins), allow_methods=["GET", "POST", "DELETE"], allow_headers=["Content-Type"])
    app.include_router(router)
    app.include_router(verify_routes.router)
    app.include_router(openai_routes.router)
    app.router.routes.extend(mcp_server.routes(tools))
    app.include_router(instrument_routes.router)
    app.include_router(study_routes.router)
    app.include_router(conversation_routes.router)
    app.include_router(reader_routes.router)
    docs_page.install(app)
    return app


def _problem_response(description: str) -> dict[str, Any]:
    return {"description": description, "content": {problems.MEDIA_TYPE: {"schema": problems.SCHEMA}}}


_PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    404: _problem_response("There is no such instrument, provision or address."),
    422: _problem_response("The request says something that cannot be: which, where and why."),
    503: _problem_response("Not ready, or too much to do; Retry-After says when to come back."),
    "default": _problem_response("Any other error."),
}


_AS_EVENTS: dict[int | str, dict[str, Any]] = {200: {"content": {stream.MEDIA_TYPE: {"itemSchema": stream.SCHEMA}}}}


@router.post("/v1/ask", dependencies=[Depends(json_only)], tags=["questions"], response_model=AskResponse, responses=_AS_EVENTS)
def ask(body: AskRequest, desk: AtDesk, request: Request) -> AskResponse | StreamingResponse:
    """Answers a question with checked quotations, or says that the texts are silent.

    With `stream` the answer comes as server-sent events: `interpreted`, `citation`, `sentence` (once verified) and, with the whole answer,
    `done`; or `error`.
    """
    started = time.perf_counter()
    if body.mode == "generative" and not desk.language_model:
        detail = "There is no language model. Set KHARTOUM_LLM (such as ollama:qwen3:8b) and restart, or ask in mode auto or extractive."
        raise Problem(422, "no-language-model", detail, faults=(Fault("Generative mode needs a language model", pointer="/mode"),))
    conversation_id = body.conversation_id or uuid.uuid4().hex
    instruments = tuple(body.instruments or ())
    with ExitStack() as held:
        assistant = held.enter_context(desk.assistant())
        check_instruments(instruments, assistant, pointer="/instruments")
        history = desk.conversations.history(conversation_id) if desk.conversations and body.conversation_id else ()
        question = Question(body.question, instruments, body.language, body.mode, history)

        def present(reply: Answer | Refusal) -> AskResponse:
            took = _milliseconds_since(started)
            whole = ask_response(reply, assistant.instruments, conversation_id=conversation_id, index_version=assistant.index_version, took_ms=took)
            if desk.conversations:
                desk.conversations.keep(conversation_id, body.question, whole.model_dump(mode="json"))
            return whole

        if body.stream and isinstance(assistant, GenerativeAssistant) and body.mode != "extractive":
            stop = threading.Event()
            live = relayed(happenings(assistant, question, present, stop), stop, held.pop_all())
            return StreamingResponse(live, media_type=stream.MEDIA_TYPE, headers=stream.HEADERS)
        answer = present(answered(assistant, question, request))
    # The answer is whole and checked before its first event, so whatever goes wrong is a problem with its own status.
    return StreamingResponse(stream.events(answer), media_type=stream.MEDIA_TYPE, headers=stream.HEADERS) if body.stream else answer


@router.get("/v1/search", tags=["questions"])
def search(query: Annotated[SearchQuery, Query()], desk: AtDesk) -> SearchResponse:
    """The provisions that come closest to some words, best first, without an answer made of them."""
    started = time.perf_counter()
    instruments = tuple(query.instrument)
    with desk.assistant() as assistant:
        check_instruments(instruments, assistant, parameter="instrument")
        hits = assistant.search(query.q, query.k, instruments)
        return SearchResponse(
            hits=citations_out(hits, assistant.instruments, "en"),
            index_version=assistant.index_version,
            took_ms=_milliseconds_since(started),
        )


@router.get("/healthz", tags=["service"])
async def healthz() -> Health:
    """The process lives."""
    return Health()


@router.get("/readyz", tags=["service"])
async def readyz(desk: AtDesk) -> Readiness:
    """The assistant is open and answers."""
    try:
        return Readiness(index_version=desk.serving.index_version)
    except NotReady as error:
        raise not_ready(error) from None


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
