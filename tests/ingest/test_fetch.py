"""Downloads, from a real server on this machine that stands in for every host."""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.fetch import Fetched, FetchError, Limits, fetch, hosts_of, is_public, public_address

ADDRESS = "https://www.un.org/text"
HOSTS = frozenset({"un.org", "www.un.org", "unhcr.org"})
PAGE = b"<html><body><p>1. The Parties build bridges.</p></body></html>"


class Server(ThreadingHTTPServer):
    """Answers each request with the next function of `answers`, the last one again and again; keeps the headers of each request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Callable[[Handler], None]] = []
        self.asked: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
        answer = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        answer(self)

    def say(self, status: int, body: bytes = b"", promised: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if promised is None else promised))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def page(body: bytes = PAGE, status: int = 200, promised: int | None = None, **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.say(status, body, promised, **{"Content_Type": "text/html; charset=utf-8", **headers})


def get(server: Server, folder: Path, address: str = ADDRESS, limits: Limits | None = None) -> Fetched:
    return fetch(address, folder, "a-text", HOSTS, limits=limits or Limits(), test_host=server.address)


def test_text_is_downloaded_and_its_hash_recorded(server: Server, tmp_path: Path) -> None:
    server.answers = [page()]
    seen: list[tuple[int, int]] = []
    fetched = fetch(ADDRESS, tmp_path, "a-text", HOSTS, progress=lambda done, total: seen.append((done, total)), test_host=server.address)
    assert fetched == Fetched(tmp_path / "a-text.html", ADDRESS, hashlib.sha256(PAGE).hexdigest(), changed=True)
    assert fetched.path.read_bytes() == PAGE
    assert (server.asked[0]["host"], server.asked[0]["path"]) == ("www.un.org", "/text")
    assert seen[-1] == (len(PAGE), len(PAGE))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-text.html", "a-text.json"]


def test_second_download_asks_whether_it_changed(server: Server, tmp_path: Path) -> None:
    server.answers = [page(ETag='"one"'), page(b"", 304)]
    get(server, tmp_path)
    again = get(server, tmp_path)
    assert server.asked[1]["if-none-match"] == '"one"'
    assert (again.changed, again.path.read_bytes()) == (False, PAGE)


def test_download_that_broke_off_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    rest = page(PAGE[20:], 206, ETag='"one"', Content_Range=f"bytes 20-{len(PAGE) - 1}/{len(PAGE)}")
    server.answers = [page(PAGE[:20], promised=len(PAGE), ETag='"one"'), rest]
    assert get(server, tmp_path).path.read_bytes() == PAGE
    assert (server.asked[1]["range"], server.asked[1]["if-range"]) == ("bytes=20-", '"one"')


def test_changed_text_is_downloaded_from_its_beginning(server: Server, tmp_path: Path) -> None:
    server.answers = [page(PAGE[:20], promised=len(PAGE), ETag='"one"'), page(b"<p>Another</p>", ETag='"two"')]
    assert get(server, tmp_path).path.read_bytes() == b"<p>Another</p>"


def test_download_that_breaks_off_again_and_again_says_so(server: Server, tmp_path: Path) -> None:
    server.answers = [page(PAGE[:20], promised=len(PAGE))]
    with pytest.raises(FetchError, match="broke off"):
        get(server, tmp_path)
    assert len(server.asked) == 3
    assert not (tmp_path / "a-text.html").exists()


def test_redirect_within_the_allowed_hosts_is_followed(server: Server, tmp_path: Path) -> None:
    server.answers = [page(b"", 302, Location="https://unhcr.org/there?x=1"), page()]
    assert get(server, tmp_path).address == "https://unhcr.org/there?x=1"
    assert (server.asked[1]["host"], server.asked[1]["path"]) == ("unhcr.org", "/there?x=1")


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("https://evil.example/text", "no host of the catalogue"),
        ("https://un.org.evil.example/", "no host of the catalogue"),
        ("https://un.org@evil.example/", "no host of the catalogue"),
        ("https://user@un.org/", "no host of the catalogue"),
        ("https://un.org:8443/", "no host of the catalogue"),
        ("http://un.org/text", "not https"),
        ("file:///etc/passwd", "not https"),
        ("https://127.0.0.1/", "no host of the catalogue"),
        ("https://169.254.169.254/latest", "no host of the catalogue"),
    ],
)
def test_redirect_elsewhere_is_not_followed(server: Server, tmp_path: Path, location: str, why: str) -> None:
    server.answers = [page(b"", 302, Location=location)]
    with pytest.raises(FetchError, match=why):
        get(server, tmp_path)
    assert len(server.asked) == 1


def test_endless_redirects_end(server: Server, tmp_path: Path) -> None:
    server.answers = [page(b"", 301, Location=ADDRESS)]
    with pytest.raises(FetchError, match="more than 5 times"):
        get(server, tmp_path)


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/octet-stream", "application/javascript"])
def test_other_content_type_is_refused(server: Server, tmp_path: Path, kind: str) -> None:
    server.answers = [page(Content_Type=kind)]
    with pytest.raises(FetchError, match="no text that can be read"):
        get(server, tmp_path)


def test_error_page_is_no_text(server: Server, tmp_path: Path) -> None:
    server.answers = [page(status=404)]
    with pytest.raises(FetchError, match="answered 404"):
        get(server, tmp_path)


def test_too_much_is_refused_whether_it_is_promised_or_not(server: Server, tmp_path: Path) -> None:
    server.answers = [page(b"x" * 2000)]
    with pytest.raises(FetchError, match="the most is"):
        get(server, tmp_path, limits=Limits(most_bytes=1000))

    def unmeasured(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(b"x" * 2000)

    server.answers = [unmeasured]
    with pytest.raises(FetchError, match="it has over"):
        get(server, tmp_path, limits=Limits(most_bytes=1000))


def test_server_that_says_nothing_is_given_up(server: Server, tmp_path: Path) -> None:
    quiet = threading.Event()
    server.answers = [lambda handler: quiet.wait(5)]  # type: ignore[list-item,return-value]
    try:
        with pytest.raises(FetchError, match="broke off"):
            get(server, tmp_path, limits=Limits(silence=0.2))
    finally:
        quiet.set()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_address_of_this_machine_or_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "157.150.185.69", "2606:4700::6810:84e5", "64:ff9b::808:808"])
def test_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_name_that_stands_for_this_machine_is_refused() -> None:
    with pytest.raises(FetchError, match="not an address of the public internet"):
        public_address("localhost", "https://localhost/")


def test_only_https_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="not https"):
        fetch("http://www.un.org/text", tmp_path, "a-text", HOSTS)


def test_hosts_are_allowed_with_and_without_www() -> None:
    assert hosts_of(["https://www.un.org/a", "https://unhcr.org/b", ""]) == {"un.org", "www.un.org", "unhcr.org", "www.unhcr.org"}


def test_packed_answer_is_refused(server: Server, tmp_path: Path) -> None:
    server.answers = [page(Content_Encoding="gzip")]
    with pytest.raises(FetchError, match="comes packed"):
        get(server, tmp_path)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for www.un.org, signed by itself, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "www.un.org")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("www.un.org")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    path = tmp_path / "certificate.pem"
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(written + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_text_is_downloaded_over_tls_only_where_the_certificate_is_the_hosts(
    server: Server, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.answers = [page()]
    secure = server.address.replace("http:", "https:")
    with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(ADDRESS, tmp_path, "a-text", HOSTS, test_host=secure)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch(ADDRESS, tmp_path, "a-text", HOSTS, test_host=secure).path.read_bytes() == PAGE
    with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        fetch("https://unhcr.org/text", tmp_path, "other", HOSTS, test_host=secure)
