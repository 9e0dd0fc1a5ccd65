"""The service over HTTP: what it answers as checked data, what goes wrong as one of four errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NoReturn, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

TRY_LATER = (408, 425, 429)
"""Statuses that say nothing against the question."""


class Citation(BaseModel, frozen=True):
    """A citation as the service gives it; fields that are not shown are passed over, here and below."""

    marker: int
    id: str
    instrument: str
    title: str
    label: str
    pinpoint: str
    part: str
    tier: str
    quote: str
    start: int
    end: int


class Verified(BaseModel, frozen=True):
    """How many quotes were checked, and how many stood word for word."""

    quotes: int
    checked: int


class Reply(BaseModel, frozen=True):
    """An answer or a refusal, as `POST /v1/ask` gives it; fields that are not shown are passed over."""

    status: Literal["answered", "partial", "not_addressed", "out_of_scope"]
    answer: str
    language: str
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    interpreted_question: str
    conversation_id: str
    verified: Verified
    index_version: str

    @property
    def refused(self) -> bool:
        """Whether it is a refusal."""
        return self.status in ("not_addressed", "out_of_scope")


class Note(BaseModel, frozen=True):
    """A note to a provision."""

    pinpoint: str
    text: str


class Provision(BaseModel, frozen=True):
    """A provision with its text."""

    id: str
    text: str
    heading: str
    notes: tuple[Note, ...]


class Instrument(BaseModel, frozen=True):
    """What the front end needs of an instrument."""

    id: str
    title: dict[str, str] = {}
    short: dict[str, str]
    date: str | None = None
    status: str = ""
    symbol: str = ""
    address: str = ""
    tier: str = "authentic"
    provisions: int = 0


class _Instruments(BaseModel, frozen=True):
    instruments: tuple[Instrument, ...]


class ServiceError(Exception):
    """The service did not do what was asked.

    Attributes:
        detail: What the service said of it, or "".
    """

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class Starting(ServiceError):
    """It lives and is opening the index."""


class Unreachable(ServiceError):
    """Nothing answers, or not in time."""


class Unavailable(ServiceError):
    """It answers that it cannot answer now.

    Attributes:
        overloaded: Because of too many questions at once, and not because something is broken.
    """

    def __init__(self, detail: str = "", *, overloaded: bool = False) -> None:
        super().__init__(detail)
        self.overloaded = overloaded


class Refused(ServiceError):
    """It does not accept what was asked (4xx)."""


Model = TypeVar("Model", bound=BaseModel)


class ApiClient:
    """Asks the service, on kept connections.

    Args:
        address: Of the service, such as `http://localhost:8000`.
        public_address: As the reader's browser reaches it; for links.
    """

    def __init__(self, address: str, public_address: str = "", *, timeout: float = 65.0) -> None:
        self.address = address.rstrip("/")
        self.public_address = (public_address or address).rstrip("/")
        # trust_env off: a proxy of the environment is for the outside, and this is our own service.
        self._http = httpx.Client(base_url=self.address, timeout=httpx.Timeout(timeout, connect=3.0), trust_env=False)

    def check_ready(self) -> None:
        """Returns when the service is ready to answer.

        Raises:
            Starting, Unavailable, Unreachable: It is not ready.
        """
        self._request("GET", "/readyz", timeout=3.0)

    def stream(self, path: str, body: dict[str, Any]) -> Iterator[str]:
        """The lines of what is answered to a body, each as it comes.

        Raises:
            ServiceError: Any of its kinds, at any moment.
        """
        try:
            with self._http.stream("POST", path, json=body) as reply:
                if reply.status_code != 200:
                    reply.read()
                    _raise_for(reply)
                yield from reply.iter_lines()
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unreachable(type(error).__name__) from error

    def get(self, path: str, query: dict[str, Any]) -> bytes:
        """What stands at a path.

        Raises:
            ServiceError: Any of its kinds.
        """
        return self._request("GET", path, params=query, timeout=15.0).content

    def post(self, path: str, body: dict[str, Any]) -> bytes:
        """What is answered to a body.

        Raises:
            ServiceError: Any of its kinds.
        """
        return self._request("POST", path, json=body).content

    def delete(self, path: str) -> None:
        """Deletes what stands at a path.

        Raises:
            ServiceError: Any of its kinds.
        """
        self._request("DELETE", path)

    def instruments(self) -> tuple[Instrument, ...]:
        """Those held, in the catalogue's order.

        Raises:
            ServiceError: Any of its kinds.
        """
        return self._read(_Instruments, self._request("GET", "/v1/instruments", timeout=5.0)).instruments

    def provision(self, citation: Citation) -> Provision:
        """Fetches the provision that is cited, whole.

        Raises:
            ServiceError: Any of its kinds.
        """
        path = f"/v1/instruments/{quote(citation.instrument, safe='')}/provisions/{quote(citation.label, safe='')}"
        return self._read(Provision, self._request("GET", path))

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            reply = self._http.request(method, path, **options)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unreachable(type(error).__name__) from error
        if reply.status_code not in (200, 204):
            _raise_for(reply)
        return reply

    def _read(self, model: type[Model], reply: httpx.Response) -> Model:
        try:
            return model.model_validate_json(reply.content)
        except ValidationError as error:
            raise unexpected(self.address) from error


def unexpected(address: str) -> Unavailable:
    """The error for an answer that is not what it should be, as from something else that listens at the address."""
    return Unavailable(f"{address} answered with something else than this front end expects")


def _raise_for(reply: httpx.Response) -> NoReturn:
    kind, detail = _problem(reply)
    if reply.status_code == 503 and kind.endswith(":starting"):
        raise Starting(detail)
    if reply.status_code in TRY_LATER:
        raise Unavailable(detail, overloaded=True)
    if 400 <= reply.status_code < 500:
        raise Refused(detail)
    raise Unavailable(detail, overloaded=kind.endswith(":overloaded"))


def _problem(reply: httpx.Response) -> tuple[str, str]:
    """Type and detail of a problem; empty when the answer is none, as from a proxy between."""
    try:
        body = reply.json()
    except ValueError:
        return "", f"HTTP {reply.status_code}"
    if not isinstance(body, dict):
        return "", f"HTTP {reply.status_code}"
    return str(body.get("type", "")), str(body.get("detail", ""))
