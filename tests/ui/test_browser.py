"""The front end in a real browser, against a real service: what a person sees, on a wide screen and on a phone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from service.conversations import Conversations
from service.http import create_app
from tests.service.http_server import served, wait_until_ready
from tests.service.small_assistant import SmallAssistant
from tests.ui.chromium import CHROMIUM, QUIET, FrontEnd, settle
from tests.ui.scripted_service import CITATION, done, event, scripted, stream_of

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    kept = Conversations.in_folder(tmp_path_factory.mktemp("conversations"))
    with served(create_app(SmallAssistant, conversations=kept)) as address:
        wait_until_ready(address)
        yield address


@pytest.fixture(scope="module")
def front_end(service: str) -> Iterator[str]:
    with FrontEnd(service) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
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


def test_mark_in_the_text_opens_the_paragraph_which_leads_to_the_whole_text_and_back(page: Any) -> None:
    answer = ask(page, "human rights?")
    playwright.expect(answer).to_contain_text("Verified: 1 of 1 quotes, word for word")
    answer.get_by_role("link", name="1", exact=True).click()
    source = answer.locator("[class*=st-key-source-open-]")
    playwright.expect(source).to_contain_text("Highlight the importance of enhanced cooperation")
    assert source.locator(".stMarkdownColoredBackground").inner_text() == "human rights"
    source.get_by_role("link", name="Read it in the whole text").click()
    page.get_by_role("heading", name="para. 23").wait_for()
    settle(page)
    assert "text=cairo-declaration-2025&at=para-23" in page.url
    paragraph = page.locator(".st-key-paragraph-a-cairo-declaration-2025-para-23")
    assert paragraph.locator(".stMarkdownColoredBackground").inner_text() == "human rights"
    playwright.expect(paragraph).to_be_in_viewport()
    page.go_back()
    playwright.expect(page.locator("[data-testid=stChatMessage]").last).to_contain_text("Verified: 1 of 1 quotes")


def test_suggested_question_is_one_click(page: Any) -> None:
    page.get_by_role("button", name="Which paragraphs speak of human rights?").click()
    page.get_by_text("Verified:").wait_for()


def test_refusal_shows_where_the_texts_come_closest(page: Any) -> None:
    answer = ask(page, "a carbon tax?")
    assert answer.locator("[data-testid=stAlert]").count() == 1
    answer.get_by_role("radio", name="para. 22").click()
    playwright.expect(answer.locator("[class*=st-key-source-open-]")).to_contain_text("<b>undertaken</b> & more;")


def test_nothing_scrolls_sideways(page: Any) -> None:
    ask(page, "human rights? " + "x" * 300)
    ask(page, "a carbon tax?", answers=2)
    page.locator("[data-testid=stChatMessage] [role=radio]").first.click()
    settle(page)
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    too_wide = page.evaluate(
        "width => [...document.querySelectorAll('[data-testid=stMain] *, [data-testid=stPopoverBody] *')]"
        ".filter(e => e.getBoundingClientRect().right > width + 1).map(e => e.outerHTML.slice(0, 120))",
        width,
    )
    assert too_wide == []


def test_thumbs_stay_on_a_narrow_screen_in_every_language(browser: Any, front_end: str) -> None:
    for language in ("en", "fr", "ar"):
        context = browser.new_context(viewport={"width": 380, "height": 900})
        page = context.new_page()
        page.goto(f"{front_end}?language={language}")
        page.locator("[data-testid=stChatInputTextArea]").wait_for()
        settle(page)
        answer = ask(page, "human rights?")
        up, down = (answer.locator(f"[class*=st-key-{thumb}-] button").bounding_box() for thumb in ("up", "down"))
        assert up
        assert down
        assert abs(up["y"] - down["y"]) < 4, language
        assert min(up["x"], down["x"]) >= 0
        assert max(one["x"] + one["width"] for one in (up, down)) <= 380, language
        context.close()


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
    name = page.locator("[class*=st-key-open-] [data-testid=stMarkdownContainer]").first
    assert name.locator("a, img, b, em, strong, code, del, h1, .katex, [role=img], table").count() == 0
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

    with served(create_app(open_slowly)) as service, FrontEnd(service) as address:
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


def test_conversations_are_listed_named_and_kept_over_a_reload_in_this_browser_alone(browser: Any, front_end: str) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(front_end)
    ask(page, "human rights?")
    page.get_by_role("button", name="Name or delete").click()
    page.get_by_role("textbox", name="Name").fill("Rights *here*")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rights *here*").wait_for()
    settle(page)
    address = page.url
    assert "c=" not in address
    page.reload()
    page.get_by_text("Verified:").wait_for()
    settle(page)
    page.get_by_role("button", name="Rights *here*").wait_for()
    ask(page, "and rights again?", answers=2)
    page.get_by_role("button", name="New conversation").click()
    page.get_by_text("Questions to begin with").wait_for()

    other = browser.new_context()
    stranger = other.new_page()
    stranger.goto(address)
    stranger.get_by_text("Questions to begin with").wait_for()
    settle(stranger)
    assert stranger.get_by_role("button", name="Rights *here*").count() == 0
    other.close()

    # In a second tab it is listed, goes on where it was, and is gone from the first when it is deleted.
    second = context.new_page()
    second.goto(front_end)
    second.get_by_role("button", name="Rights *here*").click()
    playwright.expect(second.locator("[data-testid=stChatMessage]")).to_have_count(4)
    settle(second)
    second.get_by_role("button", name="Name or delete").click()
    second.get_by_role("button", name="Delete this conversation").click()
    second.get_by_text("Questions to begin with").wait_for()
    playwright.expect(page.get_by_role("button", name="Rights *here*")).to_have_count(0)
    context.close()


def test_reload_in_the_middle_of_an_answer_loses_nothing(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    may_answer = threading.Event()
    kept = Conversations.in_folder(tmp_path_factory.mktemp("conversations"))
    with (
        served(create_app(lambda: SmallAssistant(before_answer=lambda: may_answer.wait(60) and None), conversations=kept)) as service,
        FrontEnd(service) as address,
    ):
        wait_until_ready(service)
        context = browser.new_context()
        page = context.new_page()
        try:
            page.goto(address)
            page.get_by_text("Questions to begin with").wait_for()
            box = page.locator("[data-testid=stChatInputTextArea]")
            box.fill("human rights?")
            box.press("Enter")
            page.get_by_text("Looking through the texts").wait_for()
            page.wait_for_function("Object.keys(localStorage).some(key => key.startsWith('khartoum:'))")
            page.reload()
            page.get_by_text("Looking through the texts").wait_for()
        finally:
            may_answer.set()
        page.get_by_text("Verified: 1 of 1 quotes").wait_for(timeout=15_000)
        assert page.locator("[data-testid=stChatMessage]").count() == 2
        context.close()


def test_sentences_are_shown_as_they_come(browser: Any) -> None:
    may_end = threading.Event()
    first, second = 'They speak of "human rights" [1].', " And of <b>more</b>."
    steps = [event("citation", CITATION), event("sentence", {"text": first}), may_end.wait, event("sentence", {"text": second}), done(first + second)]
    with served(scripted(stream_of(steps))) as service, FrontEnd(service) as address:
        context = browser.new_context()
        page = context.new_page()
        try:
            page.goto(address)
            page.get_by_text("Questions to begin with").wait_for()
            box = page.locator("[data-testid=stChatInputTextArea]")
            box.fill("human rights?")
            box.press("Enter")
            answer = page.locator("[data-testid=stChatMessage]").last
            playwright.expect(answer).to_contain_text("They speak of")
            assert "more" not in answer.inner_text()
        finally:
            may_end.set()
        playwright.expect(answer).to_contain_text("And of <b>more</b>.")
        playwright.expect(answer).to_contain_text("Verified")
        context.close()


def test_very_long_answer_keeps_to_the_screen(browser: Any) -> None:
    answer = "A" * 3000 + " " + " ".join(f"Sentence {number} has words." for number in range(800))
    assert len(answer) > 20_000
    with (
        served(scripted(stream_of([event("citation", CITATION), event("sentence", {"text": answer}), done(answer)]))) as service,
        FrontEnd(service) as address,
    ):
        context = browser.new_context(viewport={"width": 380, "height": 800})
        page = context.new_page()
        page.goto(address)
        page.get_by_text("Questions to begin with").wait_for()
        ask(page, "human rights?")
        playwright.expect(page.locator("[data-testid=stChatMessage]").last).to_contain_text("Sentence 799 has words.")
        assert page.evaluate("document.documentElement.scrollWidth") <= 380
        context.close()


def test_answer_is_copied_with_its_references(browser: Any, front_end: str) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=front_end)
    page = context.new_page()
    page.goto(front_end)
    ask(page, "human rights?")
    page.get_by_role("button", name="Copy with references").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('In para. 23 the ministers speak of "human rights" [1].')
    assert copied.endswith("/read/cairo-declaration-2025#para-23")
    context.close()


def test_page_is_told_its_language(browser: Any, front_end: str) -> None:
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(front_end)
    page.get_by_text("Questions pour commencer").wait_for()
    settle(page)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["fr", "ltr"]
    page.get_by_text("العربية").click()
    page.get_by_text("أسئلة للبداية").wait_for()
    settle(page)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert "language=ar" in page.url
    assert page.evaluate("history.length") <= 3
    context.close()
