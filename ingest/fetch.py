"""Downloads an official text from the catalogue's address.

What a catalogue file names is the only thing that can be asked for: https, a host of the catalogue, an address that is not of this machine or
network, a type that a text can have, not too much of it and not for too long. What was broken off goes on where it stopped.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from ingest.export import sha256_of

MOST_BYTES = 50 * 1024 * 1024
SECONDS = 300.0
"""For a whole download."""
SILENCE = 30.0
"""Seconds without a byte."""
REDIRECTS = 5
ATTEMPTS = 3
CHUNK = 64 * 1024
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/xml": ".xml",
    "application/xml": ".xml",
}
BY_HAND = "download the text in a browser and `khartoum add` it"
_AGENT = "khartoum-assistant/0.1"
_MOVED = frozenset({301, 302, 303, 307, 308})


class FetchError(Exception):
    """A text could not be downloaded; one line says why and what to do."""

    def __init__(self, address: str, why: str, what_to_do: str) -> None:
        self.address = address
        self.why = why
        super().__init__(f"{address}: {why}; {what_to_do}")


class _BrokenOff(Exception):
    """The connection ended before the text did."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A text that was downloaded.

    Attributes:
        path: Where it is.
        address: Where it came from, after redirects.
        sha256: Of its bytes.
        changed: Whether it is another one than the last time.
    """

    path: Path
    address: str
    sha256: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, and how long."""

    most_bytes: int = MOST_BYTES
    seconds: float = SECONDS
    silence: float = SILENCE


def hosts_of(addresses: Iterable[str]) -> frozenset[str]:
    """The hosts that these addresses allow, each with and without its "www."."""
    hosts = {urlsplit(address).hostname or "" for address in addresses if address}
    bare = {host.removeprefix("www.") for host in hosts if host}
    return frozenset(bare | {f"www.{host}" for host in bare})


def fetch(
    address: str,
    folder: Path,
    name: str,
    hosts: frozenset[str],
    *,
    progress: Callable[[int, int], None] = lambda *_: None,
    limits: Limits = Limits(),
    test_host: str = "",
) -> Fetched:
    """Downloads `address` into `folder`.

    Args:
        address: From the catalogue.
        folder: Where the file goes, and what is known of it (`name`.json: address, ETag, hash).
        name: Of the file, without its ending.
        hosts: Where it may lead.
        progress: Told the bytes that are here and those that there are, 0 where that is not known.
        limits: How much, and how long.
        test_host: For tests: "http://127.0.0.1:9000" is asked in the place of every host; the rest of the rules holds. With https its
            certificate has to be the host's, by an authority that SSL_CERT_FILE names.

    Raises:
        FetchError: It cannot be had, or must not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    download = _Download(address, folder, name, hosts, progress, limits, test_host)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return download.run()
        except _BrokenOff as error:
            if attempt == ATTEMPTS:
                raise FetchError(address, f"the connection broke off ({error})", "run the command again, it goes on where it stopped") from error
    raise AssertionError("the loop returns or raises")


class _Download:
    def __init__(
        self, address: str, folder: Path, name: str, hosts: frozenset[str], progress: Callable[[int, int], None], limits: Limits, test_host: str
    ) -> None:
        self._address = address
        self._hosts = hosts
        self._progress = progress
        self._limits = limits
        self._test_host = test_host
        self._part = folder / f"{name}.part"
        self._part_notes = folder / f"{name}.part.json"
        self._notes = folder / f"{name}.json"
        self._folder = folder
        self._name = name
        self._until = time.monotonic() + limits.seconds

    def run(self) -> Fetched:
        known = _read(self._notes)
        started = _read(self._part_notes)
        have = self._part.stat().st_size if self._part.exists() and started.get("address") == self._address and started.get("etag") else 0
        headers = {"User-Agent": _AGENT, "Accept": ", ".join(ENDINGS), "Accept-Encoding": "identity"}
        whole = known.get("address") == self._address and (self._folder / known.get("file", "")).is_file()
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": started["etag"]}
        elif whole and known.get("etag"):
            headers["If-None-Match"] = known["etag"]
        try:
            response, connection, address = self._answer(headers)
            with closing(connection):
                if response.status == 304 and whole:
                    path = self._folder / known["file"]
                    return Fetched(path, known["final"], sha256_of(path), changed=False)
                return self._take(response, address, have, known)
        except (OSError, http.client.HTTPException) as error:
            raise _BrokenOff(str(error) or type(error).__name__) from error

    def _answer(self, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection, str]:
        """The answer at the end of the redirects."""
        address = self._address
        for _ in range(REDIRECTS + 1):
            connection = self._connect(address)
            parts = urlsplit(address)
            connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers={"Host": parts.netloc, **headers})
            response = connection.getresponse()
            if response.status not in _MOVED:
                return response, connection, address
            connection.close()
            address = urljoin(address, response.headers.get("Location", ""))
        raise self._error(f"it leads on more than {REDIRECTS} times", BY_HAND)

    def _connect(self, address: str) -> http.client.HTTPConnection:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme != "https":
            raise self._error(f"it leads to {address!r}, which is not https", BY_HAND)
        if host not in self._hosts or parts.username or parts.password or parts.port not in (None, 443):
            raise self._error(f"it leads to {parts.netloc!r}, which is no host of the catalogue", BY_HAND)
        timeout = max(0.1, min(self._limits.silence, self._until - time.monotonic()))
        if self._test_host:
            stand_in = urlsplit(self._test_host)
            if stand_in.scheme == "https":
                return _Pinned(host, stand_in.hostname or "", timeout, stand_in.port or 443)
            return http.client.HTTPConnection(stand_in.hostname or "", stand_in.port or 80, timeout=timeout)
        return _Pinned(host, public_address(host, address), timeout)

    def _take(self, response: http.client.HTTPResponse, address: str, have: int, known: dict[str, str]) -> Fetched:
        if response.status == 416:
            self._part.unlink(missing_ok=True)
            raise _BrokenOff("what was downloaded before does not fit any more")
        resumed = response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if response.status != 200 and not resumed:
            raise self._error(f"the server answered {response.status}", "try later, or download it in a browser and `khartoum add` it")
        if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            raise self._error(f"it comes packed ({response.headers['Content-Encoding']}), though it was asked for as it is", BY_HAND)
        kind = response.headers.get_content_type()
        if kind not in ENDINGS:
            raise self._error(f"it is of the type {kind!r}, which is no text that can be read", BY_HAND)
        have = have if resumed else 0
        length = response.headers.get("Content-Length", "")
        total = have + int(length) if length.isdigit() else 0
        if total > self._limits.most_bytes:
            raise self._error(f"it has {total / 2**20:.0f} MB, the most is {self._limits.most_bytes / 2**20:.0f}", BY_HAND)
        etag = response.headers.get("ETag", "")
        self._part_notes.write_text(json.dumps({"address": self._address, "etag": "" if etag.startswith("W/") else etag}), "utf-8")
        self._receive(response, have, total)
        path = self._folder / f"{self._name}{ENDINGS[kind]}"
        self._part.replace(path)
        self._part_notes.unlink()
        digest = sha256_of(path)
        notes = {"address": self._address, "final": address, "file": path.name, "etag": etag, "sha256": digest}
        self._notes.write_text(json.dumps(notes, indent=1) + "\n", "utf-8")
        return Fetched(path, address, digest, changed=digest != known.get("sha256"))

    def _receive(self, response: http.client.HTTPResponse, have: int, total: int) -> None:
        with self._part.open("ab" if have else "wb") as file:
            self._progress(have, total)
            while chunk := response.read1(CHUNK):
                have += len(chunk)
                if have > self._limits.most_bytes:
                    raise self._error(f"it has over {self._limits.most_bytes / 2**20:.0f} MB", "download a smaller edition by hand")
                if time.monotonic() > self._until:
                    raise self._error(f"it took over {self._limits.seconds:.0f} seconds", "run the command again, it goes on where it stopped")
                file.write(chunk)
                self._progress(have, total)
        if total and have < total:
            raise _BrokenOff(f"{have:,} of {total:,} bytes came")

    def _error(self, why: str, what_to_do: str) -> FetchError:
        return FetchError(self._address, why, what_to_do)


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was checked, so that the name cannot come to mean another one in between."""

    def __init__(self, host: str, ip: str, timeout: float, port: int = 443) -> None:
        self._context_of_our_own = ssl.create_default_context()
        super().__init__(host, 443, timeout=timeout, context=self._context_of_our_own)
        self._there = (ip, port)

    def connect(self) -> None:
        raw = socket.create_connection(self._there, self.timeout)
        self.sock = self._context_of_our_own.wrap_socket(raw, server_hostname=self.host)


def public_address(host: str, address: str) -> str:
    """The IP address of a host, if all that its name stands for are of the public internet.

    Raises:
        FetchError: One of them is not, or there is none.
    """
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise FetchError(address, f"the host {host!r} is not found ({error.strerror or error})", "check the connection to the internet") from error
    for one in found:
        if not is_public(one):
            raise FetchError(address, f"{host!r} stands for {one}, which is not an address of the public internet", "nothing is fetched from there")
    return sorted(found, key=lambda one: (":" in one, one))[0]


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet; an IPv4 address inside an IPv6 one is looked at too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        for inner in (ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None):
            if inner is not None:
                return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _read(path: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        return dict(json.loads(path.read_text("utf-8")))
    return {}
