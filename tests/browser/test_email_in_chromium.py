"""The email as a reader sees it: in a real browser, on phones and desktops, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Route

pytestmark = pytest.mark.browser

NAMES = ("652", "596", "everything", "right-to-left", "japanese")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES_OF_PAGES_NOT_EMAILS = {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}
CONTRASTS = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = rgb => 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const rgb = parse(getComputedStyle(element).backgroundColor);
      if (rgb.length < 4 || rgb[3] > 0) return rgb;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.getClientRects().length) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.textContent.trim().slice(0, 40)]);
  }
  return found;
}"""


def serve(route: Route, pictures: Path) -> None:
    """Answer with the picture of that name, if there is one."""
    picture = pictures / PurePosixPath(route.request.url).name
    if picture.is_file():
        route.fulfill(path=picture)
    else:
        route.abort()


@contextmanager
def shown(
    browser: Browser,
    email: Path,
    width: int,
    scheme: Literal["light", "dark"] = "light",
    **options: Any,
) -> Iterator[Page]:
    """Open the email in a window of that width, with the pictures that were built with it; nothing is
    fetched from the network.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, **options
    )
    page = context.new_page()
    page.route(re.compile("^https?:"), lambda route: serve(route, email.parent / "pictures"))
    page.goto(email.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, 360, 480, 640, 700])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways(
    browser: Browser,
    emails: dict[str, Path],
    name: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    with shown(browser, emails[name], width, scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", NAMES)
def test_text_at_200_per_cent_still_fits(
    browser: Browser, emails: dict[str, Path], name: str
) -> None:
    enlarge = """() => [...document.querySelectorAll('body *')]
      .map(element => [element, parseFloat(getComputedStyle(element).fontSize)])
      .forEach(([element, size]) => element.style.setProperty('font-size', 2 * size + 'px', 'important'))"""
    with shown(browser, emails[name], 640) as page:
        before = page.evaluate("document.documentElement.scrollHeight")
        page.evaluate(enlarge)
        assert page.evaluate("document.documentElement.scrollHeight") > 1.5 * before
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, 360, 640, 700])
@pytest.mark.parametrize("name", NAMES)
def test_axe_core_finds_no_violation(
    browser: Browser,
    emails: dict[str, Path],
    name: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    with shown(browser, emails[name], width, scheme) as page:
        result = Axe().run(page, options={"rules": RULES_OF_PAGES_NOT_EMAILS})
        assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_a_contrast_of_4_5(
    browser: Browser, emails: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    with shown(browser, emails[name], 640, scheme) as page:
        contrasts = page.evaluate(CONTRASTS)
        assert len(contrasts) > 10
        assert min(contrasts)[0] >= 4.5, min(contrasts)


def test_the_dark_scheme_is_dark_all_over(browser: Browser, emails: dict[str, Path]) -> None:
    grounds = """() => [...document.querySelectorAll('body, body *')].map(element =>
      getComputedStyle(element).backgroundColor).filter(colour => !colour.endsWith(', 0)'))"""
    with shown(browser, emails["652"], 640, "dark") as page:
        colours = {
            tuple(int(part) for part in colour[4:-1].split(","))
            for colour in page.evaluate(grounds)
        }
        plain = {colour for colour in colours if max(colour) - min(colour) < 40}
        assert plain
        assert max(max(colour) for colour in plain) < 60


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_is_that_of_the_issue(
    browser: Browser, emails: dict[str, Path], name: str
) -> None:
    with shown(browser, emails[name], 640) as page:
        levels = [
            int(level)
            for level in page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName[1])"
            )
        ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["652", "everything", "right-to-left", "japanese"])
def test_the_contents_lead_to_the_pieces_themselves(
    browser: Browser, emails: dict[str, Path], name: str
) -> None:
    with shown(browser, emails[name], 360) as page:
        for link in page.locator("ul.contents a").all():
            address = link.get_attribute("href") or ""
            title = page.locator(f'h3 a[href="{address}"]').first
            assert not address.startswith("#")
            assert title.inner_text() == link.inner_text()


def test_on_a_phone_the_first_story_is_on_the_first_screen(
    browser: Browser, emails: dict[str, Path]
) -> None:
    with shown(browser, emails["652"], 360) as page:
        story = page.locator("h2").first.bounding_box()
        assert story
        assert story["y"] < 700


@pytest.mark.parametrize("width", [320, 360, 640])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_ends_with_a_dot_between_two_facts(
    browser: Browser, emails: dict[str, Path], name: str, width: int
) -> None:
    script = """() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const hanging = [];
      for (let node; node = walker.nextNode();) {
        for (const dot of node.textContent.matchAll(/·\\s*(?=\\S)/g)) {
          const top = index => {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + 1);
            return range.getBoundingClientRect().top;
          };
          const next = dot.index + dot[0].length;
          if (Math.abs(top(dot.index) - top(next)) > 5) hanging.push(node.textContent);
        }
      }
      return hanging;
    }"""
    with shown(browser, emails[name], width) as page:
        assert page.evaluate(script) == []


def test_on_a_phone_an_event_shows_when_and_where_before_its_picture(
    browser: Browser, emails: dict[str, Path]
) -> None:
    with shown(browser, emails["everything"], 360) as page:
        about = page.locator(".about")
        facts, picture = about.locator(".small").last, about.locator("img").first
        above, below = facts.bounding_box(), picture.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]


def test_on_a_phone_the_links_of_the_footer_and_the_buttons_are_easy_to_hit(
    browser: Browser, emails: dict[str, Path]
) -> None:
    tops = "[...document.querySelectorAll('.links a')].map(a => a.getBoundingClientRect().top)"
    heights = "[...document.querySelectorAll('.button')].map(td => td.clientHeight)"
    with shown(browser, emails["everything"], 320) as page:
        rows = sorted(set(page.evaluate(tops)))
        assert len(rows) > 1
        assert all(below - above >= 44 for above, below in pairwise(rows))
        assert min(page.evaluate(heights)) >= 44


def test_no_picture_is_wider_than_the_box_that_it_is_in(
    browser: Browser, emails: dict[str, Path]
) -> None:
    script = """() => [...document.images].map(image => {
      let box = image.parentElement;
      while (getComputedStyle(box).display === 'inline') box = box.parentElement;
      const style = getComputedStyle(box);
      const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return [image.alt, image.getBoundingClientRect().width, room];
    })"""
    for width in (320, 360, 480, 640, 700):
        with shown(browser, emails["everything"], width) as page:
            for alt, shown_width, room in page.evaluate(script):
                assert shown_width <= room + 1, (width, alt)


@pytest.mark.parametrize("name", NAMES)
def test_links_with_one_name_lead_to_one_place(
    browser: Browser, emails: dict[str, Path], name: str
) -> None:
    script = "[...document.querySelectorAll('a[href]')].map(a => [a.getAttribute('aria-label') || a.innerText.trim() || a.querySelector('img').alt, a.href])"
    places: dict[str, set[str]] = {}
    with shown(browser, emails[name], 640) as page:
        for text, address in page.evaluate(script):
            assert text.strip()
            if "#" not in address.removeprefix("file://").partition("email.html")[2][:1]:
                places.setdefault(text, set()).add(address)
    assert {text: found for text, found in places.items() if len(found) > 1} == {}


def test_pictures_shrink_with_the_window_and_keep_their_size_in_a_wide_one(
    browser: Browser, emails: dict[str, Path]
) -> None:
    widths = "[...document.images].map(image => Math.round(image.getBoundingClientRect().width))"
    with shown(browser, emails["everything"], 320) as page:
        assert page.evaluate(widths)[:2] == [320, 112]
    with shown(browser, emails["everything"], 700) as page:
        assert page.evaluate(widths)[:2] == [640, 150]


def test_with_pictures_off_the_alternative_texts_are_there(
    browser: Browser, emails: dict[str, Path]
) -> None:
    with shown(browser, emails["everything"], 360) as page:
        page.route(re.compile("^https?:"), lambda route: route.abort())
        page.reload()
        loaded = page.evaluate("[...document.images].map(image => image.naturalWidth)")
        assert loaded == [0, 0, 0]
        page.locator("img").first.scroll_into_view_if_needed()
        alternatives = [image.get_attribute("alt") for image in page.locator("img").all()]
        assert alternatives == [
            "Four bands of a gel",
            "A cover with four coloured bands",
            "The hall from the street",
        ]


def test_right_to_left_text_starts_at_the_right(browser: Browser, emails: dict[str, Path]) -> None:
    with shown(browser, emails["right-to-left"], 640) as page:
        for selector in ("h1", "h2", "h3", ".prose p"):
            element = page.locator(selector).first
            style = element.evaluate(
                "e => [getComputedStyle(e).direction, getComputedStyle(e).textAlign]"
            )
            assert style in (["rtl", "right"], ["rtl", "start"])
        border = (
            page.locator("blockquote").first.evaluate("e => getComputedStyle(e).borderRightWidth")
            if page.locator("blockquote").count()
            else "3px"
        )
        assert border == "3px"


def test_nothing_in_an_email_runs(browser: Browser, emails: dict[str, Path]) -> None:
    with shown(browser, emails["everything"], 640) as page:
        dialogs: list[str] = []

        def note(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", note)
        page.reload()
        assert dialogs == []
        assert page.locator("script").count() == 0
        assert "<script>alert(‘title’)</script>" in page.locator("h3").first.inner_text()


def test_the_preheader_is_not_seen(browser: Browser, emails: dict[str, Path]) -> None:
    with shown(browser, emails["652"], 640) as page:
        assert not page.locator(".preheader").is_visible()
