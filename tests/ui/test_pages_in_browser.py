"""Every page in a real browser over the real index: what a person does from question to note, and what axe says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from service.assistant import Assistant
from service.conversations import Conversations
from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.ui.chromium import CHROMIUM, QUIET, FrontEnd, axe, settle

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
]

QUESTION = "What does the declaration say about return and readmission?"
PAGES = (
    "/?q=Is+Japan+a+participating+State%3F",
    "/read?text=cairo-declaration-2025&at=para-9",
    "/read?text=khartoum-process",
    "/learn",
    "/learn?section=timeline",
    "/learn?section=states",
    "/learn?section=glossary",
    "/learn?section=cards",
    "/learn?section=quiz",
    "/compare",
    "/note",
    "/about",
)
SHOTS = os.environ.get("KHARTOUM_SCREENSHOTS", "")


@pytest.fixture(scope="module")
def front_end(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kept = Conversations.in_folder(tmp_path_factory.mktemp("conversations"))
    with served(create_app(lambda: assistant, conversations=kept)) as service:
        wait_until_ready(service)
        with FrontEnd(service) as address:
            yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    yield page
    context.close()


def ask(page: Any, question: str) -> Any:
    box = page.locator("[data-testid=stChatInputTextArea]")
    box.wait_for()
    settle(page)
    box.fill(question)
    box.press("Enter")
    page.get_by_text("Verified:").last.wait_for(timeout=20_000)
    settle(page)
    return page.locator("[data-testid=stChatMessage]").last


def test_question_to_note_and_on_after_a_reload(page: Any, front_end: str, tmp_path: Path) -> None:
    page.goto(front_end)
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="para. 23").first.click()
    panel = page.locator("[data-testid=stPopoverBody]")
    playwright.expect(panel).to_contain_text("highlight · encourages")
    with page.expect_popup() as opened:
        panel.get_by_role("link", name="Read it in the whole text").click()
    assert opened.value.url.endswith("#para-23")
    page.keyboard.press("Escape")
    answer.get_by_role("button", name="Add to note").click()
    settle(page)

    page.get_by_role("link", name="Briefing note").click()
    page.get_by_role("textbox", name="Title").fill("Return <b>and</b> *readmission*")
    page.get_by_role("textbox", name="Your remark").fill("<script>alert(1)</script>")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Make Word file").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download Word file").click()
    taken.value.save_as(tmp_path / "note.docx")
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "note.docx")).paragraphs]
    assert texts[0] == "Return <b>and</b> *readmission*"
    assert "Remark: <script>alert(1)</script>" in texts

    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_text("Verified:").wait_for()
    settle(page)
    assert "c=" in page.url
    page.reload()
    page.get_by_text("Verified:").wait_for(timeout=20_000)
    assert page.locator("[data-testid=stChatMessage]").first.inner_text().strip().endswith(QUESTION)
    page.get_by_text("العربية").click()
    page.get_by_role("button", name="محادثة جديدة").wait_for()
    settle(page)
    assert page.locator("[data-testid=stMainBlockContainer]").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_conversation_is_named_and_deleted(page: Any, front_end: str) -> None:
    page.goto(front_end)
    ask(page, "Which paragraphs speak of human rights?")
    page.get_by_role("button", name="Name or delete").click()
    page.get_by_role("textbox", name="Name").fill("Rights *here*")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rights *here*").wait_for()
    settle(page)
    delete = page.get_by_role("button", name="Delete this conversation")
    if not delete.is_visible():
        page.get_by_role("button", name="Name or delete").click()
    delete.click()
    page.get_by_text("Questions to begin with").wait_for()
    settle(page)
    assert "c=" not in page.url


def test_quiz_is_taken_and_reviewed(page: Any, front_end: str) -> None:
    page.goto(f"{front_end}/learn?section=quiz")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Not yet answered: 5").wait_for()
    settle(page)
    for place in range(5):
        page.locator(f".st-key-item-{place} [data-testid=stRadio] label").nth(1).click()
        settle(page)
    page.get_by_role("button", name="Finish and review").click()
    page.get_by_text("of 5 right").wait_for()
    assert page.get_by_text("The answer:").count() == 5
    with page.expect_download() as taken:
        page.get_by_role("button", name="Print for a class").click()
    sheet = Path(taken.value.path()).read_text("utf-8")
    assert "Answer key" in sheet
    assert "<script" not in sheet


def test_paragraph_is_cited_and_asked_about(page: Any, front_end: str) -> None:
    page.goto(f"{front_end}/read?text=cairo-declaration-2025&at=para-23")
    page.get_by_role("heading", name="para. 23").wait_for(timeout=20_000)
    settle(page)
    page.get_by_role("button", name="Cite").first.click()
    playwright.expect(page.locator("[data-testid=stPopoverBody]")).to_contain_text("Cairo Ministerial Declaration, 9 April 2025, para. 23.")
    page.keyboard.press("Escape")
    page.locator(".st-key-do-a-cairo-declaration-2025-para-23").get_by_role("button", name="Ask").click()
    page.get_by_text("Verified:").wait_for(timeout=20_000)
    assert "What does para. 23 of the Cairo Declaration say?" in page.locator("[data-testid=stChatMessage]").first.inner_text()


@pytest.mark.parametrize(("width", "language", "scheme"), [(1200, "en", "light"), (380, "ar", "dark"), (380, "fr", "light")])
def test_pages_have_no_serious_barrier_and_no_sideways_scroll(browser: Any, front_end: str, width: int, language: str, scheme: str) -> None:
    script = axe()
    if not script:
        pytest.skip("axe-core is not installed: npm install --prefix /tmp/axe axe-core")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, Any] = {}
    for path in PAGES:
        page.goto(f"{front_end}{path}{'&' if '?' in path else '?'}language={language}")
        page.locator("h1").first.wait_for(timeout=20_000)
        settle(page)
        assert page.locator("[data-testid=stException]").count() == 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate(script)
        violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in violations if one["impact"] in ("serious", "critical")]
        if serious:
            found[path] = serious
        if SHOTS:
            name = "".join(letter if letter.isalnum() else "-" for letter in path.strip("/?"))[:40] or "ask"
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{language}-{width}-{scheme}.png"))
    context.close()
    assert found == {}


def test_first_page_is_useful_within_two_seconds(browser: Any, front_end: str) -> None:
    seconds = []
    for _ in range(3):
        context = browser.new_context()
        page = context.new_page()
        page.goto(front_end, wait_until="commit")
        page.get_by_text("Questions to begin with").wait_for()
        seconds.append(page.evaluate("performance.now()") / 1000)
        context.close()
    # A machine that others keep busy is given as much longer as more wants to run than it has cores.
    assert min(seconds) < 2 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
