"""The Model Context Protocol: the assistant's answers, search, provisions and verification as tools for other assistants."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.routing import BaseRoute

from retriever.followup import REMEMBERED
from service.answer import Language, Mode, Question
from service.conversations import Conversations
from service.desk import check_instruments, provision_at
from service.presentation import ask_response, citations_out, instrument_fields
from service.problems import Problem
from service.schema import AskRequest, SearchQuery
from service.serving import Assistant, NotReady
from service.verify_routes import VerifyRequest, verified

Lend = Callable[[], AbstractContextManager[Assistant]]
"""Lends the assistant for the length of a block."""

INSTRUCTIONS = """Answers on the Khartoum Process from numbered official texts. Every quotation was checked word for word against the
provision cited; tier "digest" is this project's summary and must not be quoted. Cite provisions by their id or pinpoint."""

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)


def mcp_server(lend: Lend, *, generative: bool = False, conversations: Conversations | None = None) -> MCPServer:
    """The server with its tools.

    Args:
        lend: Lends the assistant for one call.
        generative: Whether there is a language model.
        conversations: Where the turns of a conversation that a caller names are kept; without it only `history` makes follow-ups.
    """
    server = MCPServer("khartoum", title="Khartoum Process assistant", instructions=INSTRUCTIONS, version="1", log_level="WARNING")

    async def lent(work: Callable[[Assistant], T]) -> T:
        def call() -> T:
            try:
                with lend() as assistant:
                    return work(assistant)
            except Problem as problem:
                raise ToolError(problem.detail) from None
            except NotReady as error:
                raise ToolError(f"The service is not ready: {error}") from None

        return await anyio.to_thread.run_sync(call)

    @server.tool()
    async def ask(
        question: Annotated[str, Field(description="A question in English, French or Arabic.")],
        instruments: Annotated[list[str] | None, Field(description="Ids of instruments to ask; all when left out.")] = None,
        language: Language | None = None,
        mode: Mode = "auto",
        history: Annotated[list[str] | None, Field(description="Earlier questions of the conversation, oldest first, for follow-ups.")] = None,
        conversation_id: Annotated[str | None, Field(description="Keeps the turn here; then history need not be sent.")] = None,
    ) -> dict[str, Any]:
        """Answers a question on the Khartoum Process with verified, numbered quotations, or says that the texts are silent."""
        request = _valid(
            AskRequest, {"question": question, "instruments": instruments, "language": language, "mode": mode, "conversation_id": conversation_id}
        )
        earlier = tuple(_valid_list(history or []))
        if request.mode == "generative" and not generative:
            raise ToolError("There is no language model; ask in mode auto or extractive.")

        def answered(assistant: Assistant) -> dict[str, Any]:
            chosen = tuple(request.instruments or ())
            check_instruments(chosen, assistant, pointer="/instruments")
            kept = conversations if request.conversation_id else None
            turns = earlier or (kept.history(request.conversation_id) if kept and request.conversation_id else ())
            reply = assistant.answer(Question(request.question, chosen, request.language, request.mode, turns))
            named = request.conversation_id or "none"
            response = ask_response(reply, assistant.instruments, conversation_id=named, index_version=assistant.index_version, took_ms=0.0)
            found = response.model_dump(mode="json")
            if kept:
                kept.keep(named, request.question, found)
            return {name: value for name, value in found.items() if name != "took_ms" and (kept or name != "conversation_id")}

        return await lent(answered)

    @server.tool()
    async def search(query: str, k: int = 10, instruments: list[str] | None = None) -> dict[str, Any]:
        """The provisions nearest to some words, best first, without an answer made of them."""
        asked = _valid(SearchQuery, {"q": query, "k": k, "instrument": instruments or []})

        def found(assistant: Assistant) -> dict[str, Any]:
            check_instruments(asked.instrument, assistant, parameter="instruments")
            hits = assistant.search(asked.q, asked.k, tuple(asked.instrument))
            return {"hits": [one.model_dump(mode="json") for one in citations_out(hits, assistant.instruments, "en")]}

        return await lent(found)

    @server.tool()
    async def get_provision(id: Annotated[str, Field(description="Such as cairo-declaration-2025/para-23.")]) -> dict[str, Any]:
        """The whole text of one provision by its id."""

        def read(assistant: Assistant) -> dict[str, Any]:
            instrument, _, label = id.partition("/")
            one = provision_at(assistant, instrument, label)
            title = assistant.instruments[one.instrument].title["en"]
            names = ("heading", "text", "part", "tier", "language", "verb", "strength")
            return {"id": one.id, "instrument": one.instrument, "title": title, "label": one.label, **{name: getattr(one, name) for name in names}}

        return await lent(read)

    @server.tool()
    async def verify(
        text: Annotated[str | None, Field(description="A text that cites provisions by id or pinpoint.")] = None,
        claims: Annotated[list[dict[str, str]] | None, Field(description='Instead of text: [{"text": …, "id": …}].')] = None,
    ) -> dict[str, Any]:
        """Checks a text, or claims, against the provisions cited: verbatim, supported, altered, misattributed, invented, no_such_provision."""
        request = _valid(VerifyRequest, {"text": text, "claims": claims})
        return await lent(lambda assistant: verified(request, assistant.checker, assistant.index_version).model_dump(mode="json"))

    @server.tool()
    async def list_instruments() -> dict[str, Any]:
        """Every instrument held: title, date, status, tier, address."""

        def listed(assistant: Assistant) -> dict[str, Any]:
            held = [one.instrument for one in assistant.provisions.values() if one.kind == "provision"]
            fields = [instrument_fields(one, held.count(one.id)) for one in assistant.instruments.values()]
            return {"instruments": [one.model_dump(mode="json") for one in fields]}

        return await lent(listed)

    return server


def routes(server: MCPServer) -> list[BaseRoute]:
    """The route /mcp: streamable HTTP, without sessions, a JSON answer a call. Its session manager must run as long as the application."""
    # Public texts, read only, no credentials: a page that is tricked into asking learns nothing that it could not ask for itself.
    open_to_all = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    inner = server.streamable_http_app(streamable_http_path="/mcp", stateless_http=True, json_response=True, transport_security=open_to_all)
    return list(inner.routes)


def _valid_list(history: list[str]) -> list[str]:
    """Earlier questions, the last ones, each checked as a question is."""
    return [_valid(AskRequest, {"question": one}).question for one in history[-REMEMBERED:]]


def _valid(model: type[Model], values: dict[str, Any]) -> Model:
    try:
        return TypeAdapter(model).validate_python({name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise ToolError(f"{'.'.join(str(step) for step in first['loc'])}: {str(first['msg']).removeprefix('Value error, ')}") from None
