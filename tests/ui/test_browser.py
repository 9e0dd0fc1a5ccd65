"""The front end in a real browser, against a real service: what a person sees, on a wide screen and on a phone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with served(create_app(SmallAssistant)) as address:
        wait_until_ready(address)
        yield address


@pytest.fixture(scope="module")
def front_end(service: str) -> Iterator[str]:
    with running_front_end(service) as address:
        yield address


class running_front_end:
    """`streamlit run` over a service; its address."""

    def __init__(self, service: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "app.py"), f"--server.port={port}"]
        self._environment = os.environ | {"KHARTOUM_API_URL": service, "PYTHONPATH": str(ROOT)}

    def __enter__(self) -> str:
        self._process = subprocess.Popen([*self._command, "--server.address=127.0.0.1"], cwd=ROOT, env=self._environment)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.address}/_stcore/health", trust_env=False).status_code == 200:
                    return self.address
            except httpx.TransportError:
                time.sleep(0.2)
        self.__exit__()
        raise TimeoutError("the front end did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *QUIET])
        yield chromium
        chromium.close()


@pytest.fixture(params=[1200, 380], ids=["wide", "phone"])
def page(browser: Any, front_end: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    page = context.new_page()
    page.goto(front_end)
    page.wait_for_selector("[data-testid=stChatInputTextArea]", timeout=30_000)
    page.get_by_text("Questions to begin with").wait_for()
    yield page
    context.close()


def ask(page: Any, question: str, *, answers: int = 1) -> Any:
    """The message that answers."""
    box = page.locator("[data-testid=stChatInputTextArea]")
    box.fill(question)
    box.press("Enter")
    page.wait_for_function("n => document.querySelectorAll('[data-testid=stChatMessage]').length >= 2 * n", arg=answers)
    settle(page)
    return page.locator("[data-testid=stChatMessage]").last


def settle(page: Any) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(300)


def test_citation_opens_the_paragraph_and_leads_to_the_marked_words(page: Any) -> None:
    answer = ask(page, "human rights?")
    playwright.expect(answer).to_contain_text("Verified: 1 of 1 quotes, word for word")
    answer.get_by_role("button", name="para. 23").click()
    panel = page.locator("[data-testid=stPopoverBody]")
    playwright.expect(panel).to_contain_text("Highlight the importance of enhanced cooperation")
    assert panel.locator(".stMarkdownColoredBackground").inner_text() == "human rights"
    with page.expect_popup() as opened:
        panel.get_by_role("link", name="Read it in the whole text").click()
    reader = opened.value
    reader.wait_for_load_state()
    assert reader.locator("mark").inner_text() == "human rights"
    assert reader.url.endswith("#para-23")


def test_suggested_question_is_one_click(page: Any) -> None:
    page.get_by_role("button", name="Which paragraphs speak of human rights?").click()
    page.get_by_text("Verified:").wait_for()


def test_refusal_shows_where_the_texts_come_closest(page: Any) -> None:
    answer = ask(page, "a carbon tax?")
    assert answer.locator("[data-testid=stAlert]").count() == 1
    answer.get_by_role("button", name="para. 22").click()
    playwright.expect(page.locator("[data-testid=stPopoverBody]")).to_contain_text("<b>undertaken</b> & more;")


def test_nothing_scrolls_sideways(page: Any) -> None:
    ask(page, "human rights? " + "x" * 300)
    ask(page, "a carbon tax?", answers=2)
    page.locator("[data-testid=stChatMessage] [data-testid=stPopover] button").first.click()
    page.wait_for_timeout(300)
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    too_wide = page.evaluate(
        "width => [...document.querySelectorAll('[data-testid=stMain] *, [data-testid=stPopoverBody] *')]"
        ".filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML.slice(0, 120))",
        width,
    )
    assert too_wide == []


NASTY = (
    "<img src=x onerror=alert(1)> <b>bold</b> *stars* __lines__ `code` $x^2$ and $y$ :smile: :material/home: :streamlit: :red[red] "
    "[link](javascript:alert(1)) ![picture](http://evil.example/i.png) http://evil.example/ www.evil.example a@evil.example "
    "-> <- -- >= # head &lt; &amp; | table | ~~gone~~ [1] rights"
)


def test_question_is_shown_as_it_was_typed_and_nothing_of_it_acts(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    ask(page, NASTY)
    question = page.locator("[data-testid=stChatMessage]").first.locator("[data-testid=stMarkdownContainer]")
    assert question.inner_text().replace("\u2060", "") == NASTY
    assert question.locator("a, img, b, em, strong, code, del, h1, .katex, [role=img], table").count() == 0
    assert not [url for url in asked if "evil.example" in url]


def test_arabic_interface_runs_from_right_to_left(page: Any, front_end: str) -> None:
    page.goto(f"{front_end}?language=ar")
    page.get_by_text("أسئلة للبداية").wait_for()
    settle(page)
    assert page.locator("[data-testid=stMainBlockContainer]").evaluate("e => getComputedStyle(e).direction") == "rtl"
    ask(page, "human rights?")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_browser_asks_no_other_host(browser: Any, front_end: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(httpx.URL(request.url).host))
    page.goto(front_end)
    page.get_by_text("Questions to begin with").wait_for()
    ask(page, "human rights?")
    context.close()
    assert hosts <= {"127.0.0.1", ""}


def test_page_goes_on_by_itself_when_the_service_has_started(browser: Any) -> None:
    may_open = threading.Event()

    def open_slowly() -> SmallAssistant:
        may_open.wait(60)
        return SmallAssistant()

    with served(create_app(open_slowly)) as service, running_front_end(service) as address:
        try:
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            page.get_by_text("The assistant is starting").wait_for(timeout=30_000)
            box = page.locator("[data-testid=stChatInputTextArea]")
            box.fill("human rights?")
            box.press("Enter")
            page.get_by_text("Your question is kept").wait_for()
        finally:
            may_open.set()
        page.get_by_text("Verified: 1 of 1 quotes").wait_for(timeout=15_000)
        context.close()
