"""Every error of the HTTP interface as an RFC 9457 problem: what is wrong, where, and what to do about it."""

from __future__ import annotations

import http
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"
MAX_FAULTS = 20
OPENAI_PATHS = ("/v1/chat/", "/v1/models")
"""Where a problem has a member `error` too, in which clients of OpenAI's interface look for what is wrong."""

log = logging.getLogger(__name__)

TYPE_PREFIX = "urn:khartoum:problem:"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request.

    Attributes:
        detail: What is wrong with it, in a sentence.
        pointer: JSON pointer into the body ("/instruments/0"; "" is the whole body), or None when it is not in the body.
        parameter: Name of the query or path parameter, or None when it is in the body.
    """

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Problem(Exception):
    """Raised by a route for a request that it refuses; becomes the response.

    Attributes:
        status: HTTP status, 400 or above.
        kind: Short name, the last part of the problem's type; "" for the plain meaning of the status.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        faults: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.faults = faults
        self.headers = dict(headers or {})

    @property
    def title(self) -> str:
        """Its kind in words, or what the status means."""
        words = self.kind.replace("-", " ").capitalize().replace("json", "JSON")
        return words or http.HTTPStatus(self.status).phrase

    def as_json(self, instance: str) -> dict[str, Any]:
        """The problem's members; `instance` is the address that was asked."""
        body: dict[str, Any] = {
            "type": TYPE_PREFIX + self.kind if self.kind else "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }
        if self.faults:
            body["errors"] = [_fault_as_json(fault) for fault in self.faults]
        return body


def _fault_as_json(fault: Fault) -> dict[str, str]:
    where = {"pointer": fault.pointer, "parameter": fault.parameter}
    return {"detail": fault.detail} | {name: value for name, value in where.items() if value is not None}


PageRenderer = Callable[[Problem, Request], Response]


def problem_response(problem: Problem, request: Request) -> Response:
    """The problem as JSON."""
    # ASCII escapes: a lone surrogate in a field's name must not break the answer that complains about it.
    members = problem.as_json(quote(request.url.path))
    if request.url.path.startswith(OPENAI_PATHS):
        members["error"] = {"message": problem.detail, "type": _openai_type(problem.status), "param": None, "code": problem.kind or None}
    body = json.dumps(members, ensure_ascii=True).encode("ascii")
    return Response(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def _openai_type(status: int) -> str:
    return "invalid_request_error" if status < 500 else "server_error"


def install(app: FastAPI, *, page: PageRenderer | None = None) -> None:
    """Makes every error of `app` a problem.

    Args:
        app: The application.
        page: Renders a problem for a person whose browser asked for a page under /read; JSON for everybody when None.
    """

    def respond(problem: Problem, request: Request) -> Response:
        wants_page = request.url.path.startswith("/read") and "text/html" in request.headers.get("accept", "")
        return page(problem, request) if page and wants_page else problem_response(problem, request)

    def handler(convert: Callable[[Any, Request], Problem]) -> Callable[[Request, Any], Awaitable[Response]]:
        async def handle(request: Request, error: Any) -> Response:
            return respond(convert(error, request), request)

        return handle

    app.add_exception_handler(Problem, handler(lambda problem, _: problem))
    app.add_exception_handler(RequestValidationError, handler(from_validation_error))
    app.add_exception_handler(HTTPException, handler(from_http_exception))
    app.add_middleware(_LastResort)


def from_validation_error(error: RequestValidationError, request: Request) -> Problem:
    """400 when the body is no JSON at all, 422 when it, or a parameter, has the wrong form."""
    errors = error.errors()
    for item in errors:
        if item["type"] == "json_invalid":
            place = f"at character {item['loc'][-1]}: {item.get('ctx', {}).get('error', '')}"
            fault = Fault(f"Not JSON {place}", pointer="")
            return Problem(400, "invalid-json", f"The body is not valid JSON, {place}.", faults=(fault,))
    faults = tuple(_fault_of(item) for item in errors[:MAX_FAULTS])
    first = faults[0]
    where = (first.pointer or "the body") if first.parameter is None else f"parameter {first.parameter!r}"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem(422, "invalid-request", f"{where}: {first.detail}{more}", faults=faults)


def _fault_of(item: Mapping[str, Any]) -> Fault:
    source, *path = item["loc"]
    message = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "extra_forbidden":
        message = "There is no field or parameter of this name"
    elif item["type"] == "missing":
        message = "This is required"
    elif item["type"] == "string_unicode":
        message = "This has half a surrogate pair, which is no character"
    elif item["type"] in ("model_attributes_type", "model_type"):
        message = "This must be a JSON object"
    if source == "body":
        return Fault(message, pointer=json_pointer(path))
    return Fault(message, parameter=".".join(str(step) for step in path) or str(source))


def json_pointer(path: list[str | int]) -> str:
    """RFC 6901: "/instruments/0"; "" for the whole document."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def from_http_exception(error: HTTPException, request: Request) -> Problem:
    """What the framework itself refuses, told in our words."""
    headers = dict(error.headers or {})
    if error.status_code == 404:
        detail = f"There is nothing at {request.url.path!r}. The interface is described at /docs."
        return Problem(404, "", detail, headers=headers)
    if error.status_code == 405:
        allowed = headers.get("allow") or headers.get("Allow") or "see /docs"
        return Problem(405, "", f"{request.method} is not possible at {request.url.path!r}; allowed: {allowed}.", headers=headers)
    if error.status_code == 413:
        return Problem(413, "body-too-large", "The body is over the limit: 64 KiB, and 2 MiB at /v1/notes.", headers=headers)
    if error.status_code == 400:
        # FastAPI's one word for a body that is no UTF-8, nests too deeply or has a number of thousands of digits.
        return Problem(400, "invalid-json", "The body cannot be read as JSON: it must be UTF-8 and not deeply nested.", headers=headers)
    return Problem(error.status_code, "", str(error.detail), headers=headers)


class _LastResort:
    """Answers 500 to what nobody foresaw. As a middleware and no exception handler: those stand outside the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            log.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            problem = Problem(500, "", "The service met an error of its own. It has been logged; the request itself may be in order.")
            await problem_response(problem, Request(scope))(scope, receive, send)


SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "format": "json-pointer"},
                    "parameter": {"type": "string"},
                },
            },
        },
    },
}
"""JSON schema of a problem, for the interface's description."""
