"""The services as people start and stop them: real processes, real ports, real signals."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from service.running import PortTaken, _check_port

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def started(home: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "service", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "KHARTOUM_HOME": str(home), **environment},
    )


def wait_for(address: str, process: subprocess.Popen[str], seconds: float = 120) -> httpx.Response:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            reply = httpx.get(address, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        if reply.status_code == 200:
            return reply
        time.sleep(0.1)
    raise TimeoutError(address)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def test_taken_port_is_told_with_the_setting_to_change() -> None:
    with taken_port() as port, pytest.raises(PortTaken, match=f"port {port} cannot be used.*KHARTOUM_API_PORT"):
        _check_port("127.0.0.1", port, "KHARTOUM_API_PORT")
    _check_port("127.0.0.1", port, "KHARTOUM_API_PORT")


def test_address_of_another_machine_is_told() -> None:
    with pytest.raises(PortTaken, match="cannot be used"):
        _check_port("192.0.2.1", free_port(), "KHARTOUM_API_PORT")


@pytest.mark.parametrize("command", ["serve", "run"])
def test_command_with_a_taken_port_ends_with_one_line(tmp_path: Path, command: str) -> None:
    with taken_port() as port:
        process = started(tmp_path / "home", command, KHARTOUM_API_PORT=str(port), KHARTOUM_UI_PORT=str(free_port()))
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert len(err.splitlines()) == 1, err
    assert str(port) in err
    assert "KHARTOUM_API_PORT" in err
    assert not (tmp_path / "home").exists(), "nothing is built before it is known that it can be served"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_api_answers_and_stops_cleanly(home: Path, number: signal.Signals) -> None:
    port = free_port()
    process = started(home, "serve", "--port", str(port))
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        body = httpx.post(f"http://127.0.0.1:{port}/v1/ask", json={"question": "What does paragraph 23 say?"}, trust_env=False, timeout=60).json()
        assert body["citations"][0]["id"] == "cairo-declaration-2025/para-23"
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode in {0, 130, -number, 128 + number}
    assert "Traceback" not in err
    assert is_free(port)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_start_and_one_ctrl_c_stops_both(home: Path, number: signal.Signals) -> None:
    api, ui = free_port(), free_port()
    process = started(home, "run", KHARTOUM_API_PORT=str(api), KHARTOUM_UI_PORT=str(ui))
    try:
        wait_for(f"http://127.0.0.1:{api}/readyz", process)
        wait_for(f"http://127.0.0.1:{ui}/", process)
        running = children(process.pid)
        assert len(running) >= 2
        time.sleep(1)  # until the addresses are printed
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert f"http://localhost:{api}/docs" in out
    assert f"http://localhost:{ui}" in out
    assert "Traceback" not in err
    assert is_free(api)
    assert is_free(ui)
    assert [one for one in running if Path(f"/proc/{one}").exists()] == []


@pytest.mark.slow
def test_death_of_one_stops_the_other_with_a_clear_line(home: Path) -> None:
    api, ui = free_port(), free_port()
    process = started(home, "run", KHARTOUM_API_PORT=str(api), KHARTOUM_UI_PORT=str(ui))
    try:
        wait_for(f"http://127.0.0.1:{api}/readyz", process)
        wait_for(f"http://127.0.0.1:{ui}/", process)
        time.sleep(1)
        os.kill(children(process.pid)[0], signal.SIGKILL)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 1
    assert err.splitlines()[-1] == "khartoum: the API or the chat stopped by itself; what it printed above says why"
    assert is_free(api)
    assert is_free(ui)
