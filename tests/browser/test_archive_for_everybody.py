"""The archive's pages in Chromium as different readers have them: on a phone, without scripts, in colours of their own, on
paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.archive.pages_made import LONG, PICTURE, all_kinds
from tests.browser.site_server import serving, write

pytestmark = pytest.mark.browser

WIDTHS = [320, 360, 640, 1280]
CORRECTIONS = [{"date": "2012-04-18", "text": "The panel had *eight* members."}]
LINKS = "See https://sample.test/bare or [a page](https://sample.test/page)."
SECTIONS: list[dict[str, Any]] = [
    {"kind": "comment", "items": [{"title": "The lead", "body": f"{LONG} {LINKS}"}]},
    {
        "kind": "news",
        "items": [
            {"title": "A story", "picture": PICTURE, "corrections": CORRECTIONS, "body": LONG},
            {"title": "Elsewhere", "teaser": "It is there.", "url": "https://sample.test/story"},
        ],
    },
    {
        "kind": "reviews",
        "items": [{"title": "A review", "work": {"kind": "film", "title": "A Film"}}],
    },
    {
        "kind": "events",
        "items": [
            {
                "title": "A debate",
                "place": "Sample Hall, 2 Sample Street, Sampleton",
                "starts": "2012-05-05 18:30",
                "picture": PICTURE,
                "body": LONG,
            }
        ],
    },
    {"kind": "jobs", "items": [{"title": "A job", "employer": "Sample Trust", "body": LONG}]},
]

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with something of each section."""
    home = tmp_path_factory.mktemp("phone")
    all_kinds(home, SECTIONS)
    with serving(home / "public") as root:
        write(home, home / "public", root)
        yield root


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    """Open a page of the site in a window of this width."""
    pages = []

    def open_it(path: str, width: int, **context: Any) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 640}, **context)
        pages.append(page)
        page.goto(f"{address}{path}")
        return page

    yield open_it
    for page in pages:
        page.close()


class Box(NamedTuple):
    """Where an element is, in pixels from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def box(page: Page, selector: str) -> Box:
    """Return where the one element of this selector is."""
    where = page.locator(selector).bounding_box()
    assert where
    left, top = where["x"], where["y"]
    return Box(left, top, left + where["width"], top + where["height"])


TOO_SMALL = """
() => [...document.querySelectorAll("a[href], button, input, select, summary")].filter(target => {
  const {width, height} = target.getBoundingClientRect();
  const isInText = getComputedStyle(target).display === "inline"
    && target.parentElement.textContent.trim() !== target.textContent.trim();
  return width && !isInText && (width < 24 || height < 24);
}).map(target => target.outerHTML)
"""


@pytest.mark.parametrize(
    "path", ["", "652/", "652/the-lead/", "652/a-story/", "issues/", "search/"]
)
def test_what_stands_alone_is_large_enough_for_a_finger(opened: Opened, path: str) -> None:
    assert opened(path, 320).evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_correction_is_beside_the_picture_not_behind_it(opened: Opened, width: int) -> None:
    page = opened("652/", width)
    picture, correction = box(page, "#a-story .thumbnail"), box(page, "#a-story .correction")
    assert correction.right <= picture.left or correction.top >= picture.bottom


@pytest.mark.parametrize("width", WIDTHS)
def test_the_facts_of_an_event_follow_its_title_at_once(opened: Opened, width: int) -> None:
    page = opened("652/", width)
    title, facts = box(page, "#a-debate h3"), box(page, "#a-debate .happening p")
    assert 0 <= facts.top - title.bottom < 24
    assert facts.right - facts.left > 180


@pytest.mark.parametrize("path", ["652/the-lead/", "652/a-debate/", "search/", "issues/"])
def test_half_a_phones_screen_is_left_for_what_readers_came_for(opened: Opened, path: str) -> None:
    page = opened(path, 360)
    assert box(page, "h1").bottom < 320


def test_the_first_result_of_a_search_is_on_the_first_screen(opened: Opened) -> None:
    page = opened("search/?q=debate", 360)
    expect(page.locator("#results li")).to_have_count(1)
    assert box(page, "#results h2").bottom < 640


def test_without_scripts_there_is_no_form_that_finds_nothing(opened: Opened) -> None:
    page = opened("search/", 360, java_script_enabled=False)
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("main").get_by_role("link", name="All issues")).to_be_visible()
    page = opened("404.html", 360, java_script_enabled=False)
    expect(page.get_by_role("searchbox")).to_be_hidden()


def test_in_a_readers_own_colours_buttons_have_a_line_and_the_menu_says_where_one_is(
    opened: Opened,
) -> None:
    page = opened("issues/", 640, forced_colors="active")
    lines = (
        "[...document.querySelectorAll('nav a')].map(a => getComputedStyle(a).borderBottomColor)"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    here, *others = page.evaluate(lines)
    assert here != ground
    assert set(others) == {ground}

    page = opened("search/", 640, forced_colors="active")
    button = page.get_by_role("button", name="Search")
    assert button.evaluate("button => getComputedStyle(button).borderTopColor") != ground


def test_on_paper_are_no_buttons_to_press(opened: Opened) -> None:
    for path in ("", "652/"):
        page = opened(path, 800)
        button = page.get_by_role("link", name="Read the comment").last
        expect(button).to_be_visible()
        page.emulate_media(media="print")
        expect(button).to_be_hidden()


def test_on_paper_each_address_is_written_once(opened: Opened) -> None:
    def written_after(path: str, link: str) -> str:
        page = opened(path, 800)
        page.emulate_media(media="print")
        found = page.locator(f"main a:text-is('{link}')").last
        return str(found.evaluate("link => getComputedStyle(link, '::after').content"))

    assert written_after("652/the-lead/", "a page") == '" <https://sample.test/page>"'
    assert written_after("652/the-lead/", "https://sample.test/bare") == "none"

    assert written_after("652/", "Read the story") == '" <https://sample.test/story>"'
    assert written_after("652/", "Elsewhere") == "none"
