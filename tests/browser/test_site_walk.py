"""A reader goes through a site in Chromium: front page, piece, issue, related pieces, search, feed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site_server import HERE, serving, write
from tests.browser.test_site_html import GOLDEN

pytestmark = pytest.mark.browser

LEAD = "Old rules, new science: who decides?"
ISSUE = "The Sample Weekly 652"
OTHER = "More donors needed, says watchdog"
MOST_TABS = 80


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the golden site, below a folder, as publishers often do."""
    folder = tmp_path_factory.mktemp("walk")
    with serving(folder) as root:
        write(GOLDEN, folder / "archive", f"{root}archive/")
        yield f"{root}archive/"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Open a window in which nothing may go wrong, and nobody else is asked for anything."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    odd: list[str] = []
    page.on("console", lambda message: odd.append(message.text))
    page.on("pageerror", lambda error: odd.append(str(error)))
    page.on("requestfailed", lambda request: odd.append(f"failed: {request.url}"))
    page.on("request", lambda request: odd.append(request.url) if HERE not in request.url else None)
    page.on(
        "response",
        lambda answer: (
            odd.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    yield page
    assert odd == []
    context.close()


def test_by_mouse(window: Page, address: str) -> None:
    window.goto(address)
    window.get_by_role("link", name=LEAD).click()
    expect(window.get_by_role("heading", level=1)).to_have_text(LEAD)

    window.get_by_role("link", name=ISSUE).first.click()
    expect(window.get_by_role("heading", level=1)).to_contain_text(ISSUE)

    window.get_by_role("heading", name=OTHER).get_by_role("link").click()
    expect(window.get_by_role("heading", level=1)).to_have_text(OTHER)

    window.locator(".related").get_by_role("link", name=LEAD).click()
    expect(window.get_by_role("heading", level=1)).to_have_text(LEAD)

    window.get_by_role("link", name="Search").click()
    window.get_by_role("searchbox").fill("matron")
    window.get_by_role("link", name="Film Review: The Glass House").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Film Review: The Glass House")

    assert LEAD in feed_of(window)


def test_by_keyboard_alone(window: Page, address: str) -> None:
    window.goto(address)
    window.keyboard.press("Tab")
    expect(window.locator(":focus")).to_have_text("Skip to the main text")
    window.keyboard.press("Enter")
    go_to(window, LEAD)
    expect(window.get_by_role("heading", level=1)).to_have_text(LEAD)

    go_to(window, ISSUE)
    expect(window.get_by_role("heading", level=1)).to_contain_text(ISSUE)

    go_to(window, "Search")
    to(window, "query")
    window.keyboard.type("matron")
    expect(window.get_by_role("link", name="Film Review: The Glass House")).to_be_visible()
    go_to(window, "Film Review: The Glass House")
    expect(window.get_by_role("heading", level=1)).to_have_text("Film Review: The Glass House")

    assert LEAD in feed_of(window)


def feed_of(window: Page) -> str:
    """Return the feed that a page names first, as a reader's program gets it."""
    link = window.locator("link[type='application/atom+xml']").first.get_attribute("href")
    assert link
    text: str = window.evaluate("link => fetch(link).then(answer => answer.text())", link)
    return text


def go_to(window: Page, name: str) -> None:
    """Go to a link by Tab, which must be seen to have the focus, and follow it by Enter."""
    to(window, name)
    window.keyboard.press("Enter")


def to(window: Page, name: str) -> None:
    """Press Tab until what has this text or id has the focus."""
    for _ in range(MOST_TABS):
        window.keyboard.press("Tab")
        focus = window.locator(":focus")
        if not focus.count():
            continue
        style = focus.evaluate("element => getComputedStyle(element).outlineStyle")
        assert style != "none", f"nobody sees where the focus is: {focus.inner_text()}"
        words = re.sub(r"\s+", " ", focus.inner_text()).strip()
        if name in (words, focus.get_attribute("id")):
            return
    raise AssertionError(f"Tab leads to no {name}")
