"""Learn, Compare and Briefing note in a real browser over the real index: what a trainee and an official do there, and what axe says of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdfium2
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

LOOKS = ((1200, "en", "light"), (380, "ar", "dark"), (380, "fr", "light"))


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


def a_page(browser: Any, width: int = 1200, scheme: str = "light") -> Any:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    return page


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = a_page(browser)
    yield page
    page.context.close()


def look(page: Any, address: str) -> None:
    """Opens an address and waits until it is drawn."""
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=20_000)
    settle(page)


def barriers(page: Any, width: int) -> list[tuple[str, str]]:
    """What axe finds serious on the page as it is; none of it may be wider than the screen."""
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(axe())
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in violations if one["impact"] in ("serious", "critical")]


def begin_quiz(page: Any, front_end: str, language: str, number: str = "42") -> int:
    look(page, f"{front_end}/learn?section=quiz&language={language}")
    page.get_by_role("spinbutton").fill(number)
    page.keyboard.press("Tab")
    settle(page)
    page.locator("[data-testid=stFormSubmitButton] button").click()
    page.locator(".st-key-item-4").wait_for()
    settle(page)
    return int(page.locator("[class*=st-key-item-]").count())


def test_quiz_is_taken_scored_reviewed_and_printed(page: Any, front_end: str) -> None:
    count = begin_quiz(page, front_end, "en")
    for place in range(count):
        page.locator(f".st-key-item-{place} [data-testid=stRadio] label").nth(1).click()
        settle(page)
    page.get_by_role("button", name="Finish and review").click()
    page.get_by_text(f"of {count} right").wait_for()
    settle(page)
    assert page.get_by_text("the answer", exact=False).count() >= count
    with page.expect_download() as taken:
        page.get_by_role("button", name="Print for a class").click()
    sheet = Path(taken.value.path()).read_text("utf-8")
    assert sheet.index("Quiz 42") < sheet.index("Answer key")
    assert "<script" not in sheet


def test_point_of_the_timeline_opens_its_source_and_leaves_the_page_as_it_is(page: Any, front_end: str) -> None:
    look(page, f"{front_end}/learn?section=timeline&language=en")
    name = page.locator("[data-testid=stVegaLiteChart] svg text", has_text="Rome Declaration").first
    name.wait_for()
    name.click()
    source = page.get_by_role("dialog")
    playwright.expect(source).to_contain_text("28 November 2014")
    playwright.expect(source).to_contain_text("Summary, not the official text")
    page.keyboard.press("Escape")
    source.wait_for(state="hidden")
    settle(page)
    page.locator("[data-testid=stVegaLiteChart] svg text", has_text="Germany").first.click()
    playwright.expect(page.get_by_role("dialog")).to_contain_text("Germany chaired the Khartoum Process in 2023")
    assert page.context.pages == [page]


def test_flashcards_are_kept_over_a_reload_and_taken_along_as_a_file(page: Any, front_end: str, tmp_path: Path) -> None:
    look(page, f"{front_end}/learn?section=cards&language=en")
    page.get_by_role("button", name="Turn").click()
    page.get_by_role("button", name="Easily").click()
    page.get_by_text("Seen: 1 of 28").wait_for()
    settle(page)
    page.reload()
    page.get_by_text("Seen: 1 of 28").wait_for(timeout=20_000)
    settle(page)
    page.get_by_text("Your progress").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Save progress").click()
    taken.value.save_as(tmp_path / "flashcards.json")
    assert len(json.loads((tmp_path / "flashcards.json").read_text("utf-8"))["cards"]) == 1
    other = a_page(page.context.browser)
    look(other, f"{front_end}/learn?section=cards&language=en")
    other.get_by_text("Seen: 0 of 28").wait_for()
    other.get_by_text("Your progress").click()
    other.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(tmp_path / "flashcards.json")
    other.get_by_text("Seen: 1 of 28").wait_for()
    other.context.close()


def test_note_is_gathered_from_a_comparison_kept_over_a_reload_and_taken_in_both_forms(page: Any, front_end: str) -> None:
    look(page, f"{front_end}/compare?subject=return&language=en")
    page.locator(".st-key-note-compare-cairo-declaration-2025 button").click()
    page.get_by_role("button", name="In the note").wait_for()
    settle(page)
    page.get_by_role("link", name="Briefing note").click()
    page.get_by_text("In the note: 2 of 200").wait_for()
    settle(page)
    page.get_by_role("textbox", name="Title").fill("<img src=x onerror=alert(1)> *Return*")
    page.get_by_role("textbox", name="Your remark").first.fill("<script>alert(1)</script> [x](javascript:alert(1))")
    page.keyboard.press("Tab")
    settle(page)
    page.locator("[class*=st-key-rise-] button").nth(1).click()
    settle(page)
    page.reload()
    page.get_by_text("In the note: 2 of 200").wait_for(timeout=20_000)
    settle(page)
    assert page.get_by_role("textbox", name="Title").input_value() == "<img src=x onerror=alert(1)> *Return*"
    files = {}
    for kind, name in (("docx", "Word file"), ("pdf", "PDF")):
        page.get_by_role("button", name=f"Make {name}").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name=f"Download {name}").click()
        files[kind] = Path(taken.value.path()).read_bytes()
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    assert lines[0] == "<img src=x onerror=alert(1)> *Return*"
    assert "Remark: <script>alert(1)</script> [x](javascript:alert(1))" in lines
    places = [place for place, line in enumerate(lines) if line.startswith("Cairo Declaration, para. ")]
    assert ["para. 23" in lines[places[0]], "para. 12" in lines[places[1]]] == [True, True]
    assert "Return" in pypdfium2.PdfDocument(files["pdf"])[0].get_textpage().get_text_range()


@pytest.mark.parametrize(("width", "language", "scheme"), LOOKS)
def test_what_opens_on_these_pages_has_no_serious_barrier(browser: Any, front_end: str, width: int, language: str, scheme: str) -> None:
    page = a_page(browser, width, scheme)
    found = {}
    begin_quiz(page, front_end, language)
    found["quiz"] = barriers(page, width)
    page.locator(".st-key-quiz-finish button").click()
    page.get_by_test_id("stAlert").first.wait_for()
    settle(page)
    found["review"] = barriers(page, width)

    look(page, f"{front_end}/learn?section=cards&language={language}")
    page.locator(".st-key-card button").click()
    page.locator(".st-key-ratings").wait_for()
    settle(page)
    found["card"] = barriers(page, width)

    look(page, f"{front_end}/learn?section=timeline&language={language}")
    page.locator("[data-testid=stVegaLiteChart] svg text", has_text="2063").first.click()
    page.get_by_role("dialog").wait_for()
    settle(page)
    found["source"] = barriers(page, width)

    look(page, f"{front_end}/learn?stop=8&language={language}")
    found["stop"] = barriers(page, width)

    look(page, f"{front_end}/compare?subject=human-rights&language={language}")
    found["comparison"] = barriers(page, width)
    page.locator(".st-key-note-compare-cairo-declaration-2025 button").click()
    settle(page)
    page.evaluate("history.pushState({}, '', './note'); dispatchEvent(new PopStateEvent('popstate'))")
    page.locator("[class*=st-key-note-item-]").first.wait_for()
    settle(page)
    found["note"] = barriers(page, width)
    page.locator(".st-key-make-docx button").click()
    page.locator("[data-testid=stDownloadButton]").wait_for()
    settle(page)
    found["made"] = barriers(page, width)
    page.context.close()
    assert {name: serious for name, serious in found.items() if serious} == {}
