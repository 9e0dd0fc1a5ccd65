"""POST /v1/chat/completions and GET /v1/models, so that programs made for OpenAI's interface work by changing the address."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import StreamingResponse

from retriever.followup import REMEMBERED
from retriever.turns import Turn
from service.answer import Answer, Mode, Question, Refusal
from service.desk import AtDesk, Desk
from service.generation.assistant import GenerativeAssistant
from service.generation.generate import Said, Understood
from service.json_only import json_only
from service.live import answered, relayed
from service.openai_schema import AnswerMessage, Choice, CompletionRequest, CompletionResponse, Message, ModelOut, ModelsResponse, Usage
from service.presentation import ask_response
from service.problems import Fault, Problem
from service.schema import MAX_QUESTION, AskResponse, CitationOut, PlainText
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
def complete(body: CompletionRequest, desk: AtDesk, request: Request) -> CompletionResponse | StreamingResponse:
    """Answers the last message of a user; earlier ones are the conversation. Sources stand below the answer and, as data, in `citations`."""
    with ExitStack() as held:
        assistant = held.enter_context(desk.assistant())
        exchange = Exchange(assistant, _question(body, desk, assistant), body, desk, desk.public_url or str(request.base_url))
        if body.stream:
            stop = threading.Event()
            return StreamingResponse(relayed(_chunks(exchange, stop), stop, held.pop_all()), media_type=MEDIA_TYPE, headers=HEADERS)
        answer = exchange.presented(answered(assistant, exchange.question, request))
    content = "".join((answer.answer, sources(answer, exchange.address)))
    message = AnswerMessage(content=content, citations=[one.model_dump(mode="json") for one in answer.citations])
    return CompletionResponse(
        id=_id(),
        created=int(time.time()),
        model=body.model,
        choices=[Choice(message=message)],
        usage=exchange.usage(content),
        khartoum=answer.model_dump(mode="json"),
    )


@dataclass(frozen=True)
class Exchange:
    """One question over this interface, and what its answer is presented with.

    Attributes:
        assistant: That answers.
        question: What is asked.
        body: The request.
        desk: Where turns are kept.
        address: Of the service, as whoever asks reaches it; for links.
    """

    assistant: Assistant
    question: Question
    body: CompletionRequest
    desk: Desk
    address: str
    started: float = field(default_factory=time.perf_counter)

    def presented(self, reply: Answer | Refusal) -> AskResponse:
        """The reply as /v1/ask gives it; kept as a turn where a conversation is named."""
        took = round((time.perf_counter() - self.started) * 1000, 1)
        named = self.body.conversation_id
        found = ask_response(
            reply,
            self.assistant.instruments,
            conversation_id=named or uuid.uuid4().hex,
            index_version=self.assistant.index_version,
            took_ms=took,
        )
        if named and self.desk.conversations:
            self.desk.conversations.keep(named, self.question.text, found.model_dump(mode="json"))
        return found

    def usage(self, content: str) -> Usage:
        """Words asked and said."""
        asked, said = len(self.question.text.split()), len(content.split())
        return Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


def _question(body: CompletionRequest, desk: Desk, assistant: Assistant) -> Question:
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
    history = _turns(body.messages, assistant)
    if not history and body.conversation_id and desk.conversations:
        return Question(asked, mode=mode, history=desk.conversations.history(body.conversation_id))
    return Question(asked, mode=mode, history=history)


def _turns(messages: Sequence[Message], assistant: Assistant) -> tuple[str | Turn, ...]:
    """The earlier questions, each with what its answer cited where the answer is among the messages: our sources name their ids."""
    found: list[str | Turn] = []
    for message in messages[: max(place for place, one in enumerate(messages) if one.role == "user")]:
        text = message.text
        if message.role == "user" and text.strip():
            found.append(text[:MAX_QUESTION])
        elif message.role == "assistant" and found and isinstance(asked := found[-1], str):
            cited = tuple(dict.fromkeys(one for one in _SOURCE.findall(text) if one in assistant.provisions))
            found[-1] = Turn(asked, cited=cited) if cited else asked
    return tuple(found[-REMEMBERED:])


_SOURCE = re.compile(r"^\[\d+\] .*?\(([a-z0-9-]+/[a-z0-9.-]+)\)", re.MULTILINE)


def _chunks(exchange: Exchange, stop: threading.Event) -> Iterator[str]:
    """The answer as chunks of the protocol; the last one before the end holds the sources, and the whole answer as data."""
    body = exchange.body
    common = {"id": _id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": body.model}

    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        return _data(common | more | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    try:
        yield chunk({"role": "assistant", "content": ""})
        said = ""
        for one in _replies(exchange.assistant, exchange.question, stop):
            if isinstance(one, Understood):
                continue
            if isinstance(one, Said):
                piece = (" " if said else "") + one.text
                said += piece
                yield chunk({"content": piece})
                continue
            answer = exchange.presented(one)
            for piece in sentences(answer.answer.removeprefix(said)):
                yield chunk({"content": piece})
            below = sources(answer, exchange.address)
            yield chunk({"content": below, "citations": [cited.model_dump(mode="json") for cited in answer.citations]})
            yield chunk({}, "stop", khartoum=answer.model_dump(mode="json"))
            if body.stream_options and body.stream_options.include_usage:
                yield _data(common | {"choices": [], "usage": exchange.usage(answer.answer + below).model_dump()})
    except Exception:  # the status is sent: what goes wrong now can only be told in the stream
        log.exception("a streamed completion failed")
        yield _data({"error": {"message": "The service met an error of its own.", "type": "server_error", "code": 500}})
    yield "data: [DONE]\n\n"


def _data(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _replies(assistant: Assistant, question: Question, stop: threading.Event) -> Iterator[Understood | Said | Answer | Refusal]:
    if isinstance(assistant, GenerativeAssistant):
        yield from assistant.stream(question, stop)
    else:
        yield assistant.answer(question)


def sources(answer: AskResponse, address: str) -> str:
    """The source list below an answer: a line a citation, with a link to the service at `address`; "" for a refusal."""
    if not answer.citations:
        return ""
    return "\n".join(["", "", HEADING[answer.language], *(_source(one, address) for one in answer.citations)])


def _source(one: CitationOut, address: str) -> str:
    quote = f" “{one.quote}”" if one.quote else ""
    return f"[{one.marker}] {one.title}, {one.pinpoint} ({one.id}){quote} {urljoin(address, one.url)}"


def _id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"
