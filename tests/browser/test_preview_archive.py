"""The archive in the preview: 'Read more' leads there, its links stay there, and each save shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from tests.browser.preview_server import Preview, Visit, axe_violations, served, visiting
from tests.browser.test_preview_live import change, follow

pytestmark = pytest.mark.browser

TITLE = "Boost to egg and sperm donations needed, says HFEA"
ELSEWHERE = "https://elsewhere.test/page"


@pytest.fixture
def preview(newsletter_folder: Path) -> Iterator[Preview]:
    """Serve a preview of the shipped issues, in one of which is a piece with a page of its own."""
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"
    body = f"        body: '[A page elsewhere]({ELSEWHERE}). {'All of it. ' * 200}'\n"
    piece = f"      - title: A whole piece\n{body}"
    text = manifest.read_text("utf-8")
    before = f"      - title: {TITLE}\n"
    assert before in text
    manifest.write_text(text.replace(before, piece + before), "utf-8")
    with served(newsletter_folder) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, preview: Preview) -> Iterator[Visit]:
    with visiting(browser, preview, pictures={}) as visit:
        yield visit


def site(visit: Visit) -> FrameLocator:
    return visit.page.frame_locator("#site")


def test_read_more_in_the_email_leads_to_the_piece_as_it_will_be(visit: Visit) -> None:
    follow(visit, "/652")
    email = visit.page.frame_locator("[data-screen='360'] iframe")
    link = email.locator("a[href='https://www.bionews.org.uk/issues/652/a-whole-piece/']").first
    with visit.context.expect_page() as opened:
        link.click()
    page = opened.value
    page.wait_for_url("**/archive/652/a-whole-piece/")
    expect(page.frame_locator("#site").get_by_role("heading", level=1)).to_have_text(
        "A whole piece"
    )
    page.close()


def test_links_stay_in_the_archive_and_the_address_follows(visit: Visit) -> None:
    follow(visit, "/archive/652/")
    site(visit).locator("a[href='/archive/652/a-whole-piece/']").first.click()
    visit.page.wait_for_url("**/archive/652/a-whole-piece/")
    expect(visit.page.get_by_role("link", name="Email of 652")).to_have_count(1)
    expect(site(visit).get_by_role("heading", level=1)).to_have_text("A whole piece")
    assert "A whole piece" in visit.page.title()

    visit.page.keyboard.press("e")
    visit.page.wait_for_url("**/652")


def test_a_link_that_leads_out_opens_in_a_window_of_its_own(visit: Visit) -> None:
    follow(visit, "/archive/652/a-whole-piece/")
    with visit.context.expect_page() as opened:
        site(visit).get_by_role("link", name="A page elsewhere").click()
    opened.value.close()
    assert visit.page.url.endswith("/archive/652/a-whole-piece/")
    visit.asked[:] = [address for address in visit.asked if address != ELSEWHERE]


def test_each_save_shows(visit: Visit) -> None:
    follow(visit, "/archive/652/")
    manifest = visit.preview.issues / "652" / "issue.yaml"
    change(manifest, TITLE, "Donations of eggs are needed")
    expect(site(visit).get_by_text("Donations of eggs are needed").first).to_be_visible()

    change(manifest, "date: 2012-04-16", "date: 2012-04-31")
    expect(visit.page.get_by_role("heading", name="Fix these mistakes")).to_be_visible()
    expect(site(visit).get_by_text("Donations of eggs are needed").first).to_be_visible()
    change(manifest, "date: 2012-04-31", "date: 2012-04-16")
    expect(visit.page.get_by_role("heading", name="Fix these mistakes")).to_have_count(0)


def test_the_page_around_it_is_accessible(visit: Visit) -> None:
    follow(visit, "/archive/652/")
    assert axe_violations(visit.page) == []
