"""POST /v1/chat/completions and GET /v1/models, so that programs made for OpenAI's interface work by changing the address."""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter, ValidationError
from starlette.responses import StreamingResponse

from service.answer import Answer, Mode, Question, Refusal
from service.desk import AtDesk, Desk
from service.generation.assistant import GenerativeAssistant
from service.generation.generate import Said
from service.json_only import json_only
from service.live import relayed
from service.openai_schema import AnswerMessage, Choice, CompletionRequest, CompletionResponse, ModelOut, ModelsResponse, Usage
from service.presentation import ask_response
from service.problems import Fault, Problem
from service.schema import AskResponse, CitationOut, PlainText
from service.serving import Assistant
from service.stream import HEADERS, MEDIA_TYPE, sentences

router = APIRouter(tags=["openai"])
log = logging.getLogger(__name__)

MODES: dict[str, Mode] = {"khartoum": "auto", "khartoum-extractive": "extractive", "khartoum-generative": "generative"}
HEADING = {"en": "Sources:", "fr": "Sources :", "ar": "المصادر:"}
_QUESTION: TypeAdapter[str] = TypeAdapter(PlainText)


@router.get("/v1/models")
async def models(desk: AtDesk) -> ModelsResponse:
    """The ways to be answered, as models."""
    return ModelsResponse(data=[ModelOut(id=name) for name, mode in MODES.items() if desk.language_model or mode != "generative"])


@router.post(
    "/v1/chat/completions", dependencies=[Depends(json_only)], response_model=CompletionResponse, responses={200: {"content": {MEDIA_TYPE: {}}}}
)
def complete(body: CompletionRequest, desk: AtDesk) -> CompletionResponse | StreamingResponse:
    """Answers the last message of a user; earlier ones are the conversation. Sources stand below the answer and, as data, in `citations`."""
    question = _question(body, desk)
    started = time.perf_counter()
    with ExitStack() as held:
        assistant = held.enter_context(desk.assistant())
        if body.stream:
            stop = threading.Event()
            chunks = _chunks(assistant, question, body.model, stop, started)
            return StreamingResponse(relayed(chunks, stop, held.pop_all()), media_type=MEDIA_TYPE, headers=HEADERS)
        answer = _presented(assistant.answer(question), assistant, started)
    content = "".join((answer.answer, sources(answer)))
    asked, said = len(question.text.split()), len(content.split())
    message = AnswerMessage(content=content, citations=[one.model_dump(mode="json") for one in answer.citations])
    return CompletionResponse(
        id=_id(),
        created=int(time.time()),
        model=body.model,
        choices=[Choice(message=message)],
        usage=Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said),
        khartoum=answer.model_dump(mode="json"),
    )


def _question(body: CompletionRequest, desk: Desk) -> Question:
    """What is asked.

    Raises:
        Problem: 404 for an unknown model, 422 where no user asked anything that can be answered.
    """
    mode = MODES.get(body.model)
    if mode is None or (mode == "generative" and not desk.language_model):
        raise Problem(
            404,
            "unknown-model",
            f"There is no model {body.model!r}; GET /v1/models lists them.",
            faults=(Fault("There is no such model", pointer="/model"),),
        )
    users = [(place, message.text) for place, message in enumerate(body.messages) if message.role == "user"]
    if not users or users[-1][0] != max(place for place, message in enumerate(body.messages) if message.role in ("user", "assistant")):
        raise Problem(
            422, "no-question", "The last message must be a user's question.", faults=(Fault("There is no question at its end", pointer="/messages"),)
        )
    place, text = users[-1]
    try:
        asked = _QUESTION.validate_python(text)
    except ValidationError as error:
        detail = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise Problem(
            422, "invalid-request", f"/messages/{place}/content: {detail}", faults=(Fault(detail, pointer=f"/messages/{place}/content"),)
        ) from None
    history = tuple(text[:2000] for _, text in users[-9:-1] if text.strip())
    return Question(asked, mode=mode, history=history)


def _chunks(assistant: Assistant, question: Question, model: str, stop: threading.Event, started: float) -> Iterator[str]:
    """The answer as chunks of the protocol; the last one before the end holds the sources, and the whole answer as data."""
    name, created = _id(), int(time.time())

    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        body = {"id": name, "object": "chat.completion.chunk", "created": created, "model": model, **more}
        return f"data: {json.dumps(body | {'choices': [{'index': 0, 'delta': delta, 'finish_reason': finish}]}, ensure_ascii=False)}\n\n"

    try:
        yield chunk({"role": "assistant", "content": ""})
        said = ""
        for one in _replies(assistant, question, stop):
            if isinstance(one, Said):
                piece = (" " if said else "") + one.text
                said += piece
                yield chunk({"content": piece})
                continue
            answer = _presented(one, assistant, started)
            for piece in sentences(answer.answer.removeprefix(said)):
                yield chunk({"content": piece})
            yield chunk({"content": sources(answer), "citations": [cited.model_dump(mode="json") for cited in answer.citations]})
            yield chunk({}, "stop", khartoum=answer.model_dump(mode="json"))
    except Exception:  # the status is sent: what goes wrong now can only be told in the stream
        log.exception("a streamed completion failed")
        yield f"data: {json.dumps({'error': {'message': 'The service met an error of its own.', 'type': 'server_error', 'code': 500}})}\n\n"
    yield "data: [DONE]\n\n"


def _replies(assistant: Assistant, question: Question, stop: threading.Event) -> Iterator[Said | Answer | Refusal]:
    if isinstance(assistant, GenerativeAssistant):
        yield from assistant.stream(question, stop)
    else:
        yield assistant.answer(question)


def _presented(reply: Answer | Refusal, assistant: Assistant, started: float) -> AskResponse:
    took = round((time.perf_counter() - started) * 1000, 1)
    return ask_response(reply, assistant.instruments, conversation_id=uuid.uuid4().hex, index_version=assistant.index_version, took_ms=took)


def sources(answer: AskResponse) -> str:
    """The source list below an answer: a line a citation; "" for a refusal."""
    if not answer.citations:
        return ""
    return "\n".join(["", "", HEADING[answer.language], *(_source(one) for one in answer.citations)])


def _source(one: CitationOut) -> str:
    quote = f" “{one.quote}”" if one.quote else ""
    return f"[{one.marker}] {one.title}, {one.pinpoint} ({one.id}){quote} {one.url}"


def _id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"
