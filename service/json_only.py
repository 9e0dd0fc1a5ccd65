"""Lets only JSON into routes that take it."""

from __future__ import annotations

from starlette.requests import Request

from service.problems import Fault, Problem


async def json_only(request: Request) -> None:
    """Lets JSON pass.

    Raises:
        Problem: 415, the body is declared to be something else than JSON, or nothing.
    """
    declared = request.headers.get("content-type", "")
    media_type = declared.partition(";")[0].strip().lower()
    if media_type != "application/json" and not (media_type.startswith("application/") and media_type.endswith("+json")):
        fault = Fault("The Content-Type header must be application/json", pointer="")
        raise Problem(415, "not-json", f"The body must be application/json, not {declared or 'undeclared'!r}.", faults=(fault,))
