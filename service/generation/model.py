"""Calls a language model through LangChain: as a stream, within a time limit, and with another try where that can help."""

from __future__ import annotations

import asyncio
import datetime as dt
import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Why = Literal["timeout", "busy", "error", "unreachable", "empty", "form", "unverified", "refused", "length"]
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
POLL = 0.05


class ModelFailed(Exception):
    """A call of the model ended without an answer.

    Attributes:
        why: What kind of failure.
        again: Whether another try may help.
        pause: Seconds to wait before it, as the server asked; None when it did not say.
    """

    def __init__(self, why: Why, detail: str = "", *, again: bool = False, pause: float | None = None) -> None:
        super().__init__(detail or why)
        self.why: Why = why
        self.again = again
        self.pause = pause


class ModelUnusable(Exception):
    """The model named in the settings cannot be had; the message says what to do."""


class BrokenOff(Exception):
    """The connection closed in the middle of an answer."""


_EXAMPLE = "write it as provider:model, such as ollama:qwen3:8b, openai:gpt-4.1-mini or anthropic:claude-sonnet-4-5"


def check_model(name: str) -> None:
    """Lets a name pass whose model can be had, and "".

    Raises:
        ModelUnusable: It cannot.
    """
    if name:
        Model.named(name).close()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time until which a question must be answered."""

    at: float

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds left, 0 when there are none."""
        return max(0.0, self.at - time.monotonic())


class Model:
    """A chat model. Its calls run on one event loop of their own: a call can be cancelled at any moment, which closes its connection."""

    def __init__(self, chat: BaseChatModel) -> None:
        self._chat = chat
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    @classmethod
    def named(cls, name: str, timeout: float = 60.0) -> Model:
        """The model that LangChain's `init_chat_model` knows by this name, such as `ollama:qwen3:8b`.

        Raises:
            ModelUnusable: Its package is not installed, its key is not set, or nobody knows the name.
        """
        provider, colon, model = name.partition(":")
        if colon and not (provider and model):
            raise ModelUnusable(f"KHARTOUM_LLM is {name!r}, which is only half a name; {_EXAMPLE}")
        from langchain.chat_models import init_chat_model  # takes a second, and only generative mode needs it

        # Ollama's client has no such arguments; the deadline holds for it all the same.
        limits: dict[str, Any] = {} if provider == "ollama" else {"timeout": timeout, "max_retries": 0}
        try:
            return cls(init_chat_model(name, temperature=0, **limits))
        except ImportError as error:
            package = re.search(r"langchain-[a-z0-9-]+", str(error))
            install = f"pip install {package[0] if package else f'langchain-{provider}'}"
            raise ModelUnusable(f"KHARTOUM_LLM is {name!r}, but the package for {provider} is not installed; run: {install}") from error
        except Exception as error:  # a missing key is another error with every provider
            first = " ".join(str(error).split())
            if re.search(r"api_?key|credentials", first, re.IGNORECASE):
                key = next(iter(re.findall(r"[A-Z][A-Z0-9_]*_API_KEY", first)), f"{provider.upper()}_API_KEY")
                local = "; a server of your own that asks for none takes any" if key.startswith("OPENAI") else ""
                raise ModelUnusable(f"KHARTOUM_LLM is {name!r}, but no key is set: set {key}{local}") from error
            if "provider" in first:
                whose = f"but there is no provider {provider!r}" if colon else "which does not say whose model it is"
                raise ModelUnusable(f"KHARTOUM_LLM is {name!r}, {whose}; {_EXAMPLE}") from error
            raise ModelUnusable(f"KHARTOUM_LLM is {name!r}, which cannot be used: {first[:300]}") from error

    def stream(self, messages: Sequence[tuple[str, str]], deadline: Deadline, stop: threading.Event) -> Iterator[str]:
        """The pieces of the model's answer, as they come. Ends early, and closes the connection, when `stop` is set or the iterator closed.

        Raises:
            ModelFailed: The model cannot be reached, refuses, takes too long, or breaks off.
        """
        pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        call = asyncio.run_coroutine_threadsafe(self._run(list(messages), pieces), self._running())
        try:
            while not stop.is_set():
                if not deadline.left:
                    raise ModelFailed("timeout", again=False)
                try:
                    piece = pieces.get(timeout=min(POLL, deadline.left))
                except queue.Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise failure(piece) from piece
                yield piece
        finally:
            _cancel(call)

    async def _run(self, messages: list[tuple[str, str]], pieces: queue.SimpleQueue[str | BaseException | None]) -> None:
        try:
            ended = False
            task = asyncio.current_task()
            async for chunk in self._chat.astream(messages):
                # Clients read with `asyncio.wait_for`, which before Python 3.12 loses a cancellation that comes together with a piece.
                if task is not None and task.cancelling():
                    raise asyncio.CancelledError
                text = chunk.content if isinstance(chunk.content, str) else _text_of(chunk.content)
                ended = ended or bool(chunk.response_metadata.get("finish_reason"))
                if text:
                    pieces.put(text)
            if not ended and self._chat._llm_type.startswith("openai"):
                # The client takes a connection that closes midway for the end of the answer; only the reason is missing.
                raise BrokenOff("the stream ended before the answer did")
        except Exception as error:  # every provider raises its own; what they mean is worked out in `failure`
            pieces.put(error)
        else:
            pieces.put(None)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="language-model", daemon=True).start()
            return self._loop

    def close(self) -> None:
        """Ends the loop; calls under way are cut off."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None


def _cancel(call: Future[None]) -> None:
    if not call.done():
        call.cancel()


def _text_of(content: list[Any]) -> str:
    """The text of a message in blocks; thinking and the like are none."""
    return "".join(
        block if isinstance(block, str) else str(block.get("text", "")) for block in content if isinstance(block, str) or block.get("type") == "text"
    )


def failure(error: BaseException) -> ModelFailed:
    """What a provider's error means for the question: by its HTTP status where it has one, else by its kind."""
    status = getattr(error, "status_code", None)
    said = str(error)
    name = type(error).__name__.casefold()
    if status == 429:
        return ModelFailed("busy", said, again=True, pause=_retry_after(error))
    if status in (408, 425) or (isinstance(status, int) and status >= 500):
        return ModelFailed("error", said, again=True, pause=_retry_after(error))
    if status == 413 or any(
        words in said.casefold() for words in ("context_length", "context length", "maximum context", "too many tokens", "context window")
    ):
        return ModelFailed("length", said, again=True, pause=0.0)
    if isinstance(status, int):
        return ModelFailed("refused", said)
    if isinstance(error, TimeoutError) or "timeout" in name:
        return ModelFailed("timeout", said, again=True)
    if isinstance(error, ConnectionError) or "connect" in name:
        return ModelFailed("unreachable", said, again=True)
    return ModelFailed("error", said, again=True)


def _retry_after(error: BaseException) -> float | None:
    """Seconds that the server asked to wait, told as a number or as a date; None when it did not."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    said = str(headers.get("retry-after", ""))
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(said) - dt.datetime.now(dt.UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
