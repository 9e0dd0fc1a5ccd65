"""A real HTTP server on loopback that speaks the OpenAI protocol, with scripted and hostile behaviours."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server does with one request.

    Attributes:
        text: The answer, sent in pieces of `size` characters with `pause` seconds between them.
        status: HTTP status; any other than 200 ends it with an error body.
        headers: Further headers, such as Retry-After.
        delay: Seconds before the first byte.
        cut: Characters after which the connection is closed without an end; None for a whole answer.
        raw: Bytes to send instead of a stream of the protocol.
        error: Body of an error.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    pause: float = 0.0
    size: int = 12
    cut: int | None = None
    raw: bytes | None = None
    error: str = "scripted"


Script = Callable[[dict[str, Any]], Reply]


class ScriptedModel:
    """Replies are queued, the last one repeats; or one function answers every request. Requests are kept.

    Attributes:
        requests: Bodies received.
        aborted: How many connections the other side closed before the answer was whole.
    """

    def __init__(self, *replies: Reply | Script) -> None:
        self.replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.aborted = 0
        self.finished = threading.Event()

    def next(self, body: dict[str, Any]) -> Reply:
        self.requests.append(body)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply if isinstance(reply, Reply) else reply(body)


@contextmanager
def serving(model: ScriptedModel) -> Iterator[str]:
    """The base URL of the model, served until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            _answer(self, model.next(body), model)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, reply: Reply, model: ScriptedModel) -> None:
    try:
        time.sleep(reply.delay)
        if reply.status != 200:
            _error(handler, reply)
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        if reply.raw is not None:
            handler.wfile.write(reply.raw)
            return
        text = reply.text if reply.cut is None else reply.text[: reply.cut]
        for start in range(0, len(text), reply.size):
            _event(handler, {"content": text[start : start + reply.size]})
            time.sleep(reply.pause)
        if reply.cut is None:
            _event(handler, {}, finish="stop")
            handler.wfile.write(b"data: [DONE]\n\n")
        else:
            handler.connection.close()
        model.finished.set()
    except OSError:
        model.aborted += 1


def _event(handler: BaseHTTPRequestHandler, delta: dict[str, str], finish: str | None = None) -> None:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    handler.wfile.flush()


def _error(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    body = json.dumps({"error": {"message": reply.error, "type": "scripted", "code": None}}).encode()
    handler.send_response(reply.status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **reply.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
