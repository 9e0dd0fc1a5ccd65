"""What every request passes through before a route sees it, and every answer on its way out."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
LONGER = {"/v1/notes": 2 * 1024 * 1024}
"""What may be longer, by path: a note of 200 items with their answers."""
_DRAINED = 8 * 1024 * 1024


class BodyLimit:
    """Answers 413 to a body over `limit` bytes (a path of `LONGER` over its own), counted while it is read: a length that is declared, or
    not, proves nothing.
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with its body counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        size, limit = 0, max(self.limit, LONGER.get(scope["path"], 0))

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size <= limit:
                return message
            # Read on for a while: a client that is still sending when the connection closes sees a broken pipe, not the 413.
            while message.get("more_body") and size <= _DRAINED:
                message = await receive()
                size += len(message.get("body", b""))
            raise HTTPException(413)

        await self.app(scope, counted, send)


class SecurityHeaders:
    """Adds the headers that keep a browser from running, framing or guessing anything that we did not send as such."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, with_headers)
