"""The further formats of an issue in a real browser: headlines that fit on two screens of a phone, and whole pieces."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.test_email_in_chromium import (
    CONTRASTS,
    RULES_OF_PAGES_NOT_EMAILS,
    SCHEMES,
    shown,
)

pytestmark = pytest.mark.browser

NAMES = (
    "652-headlines",
    "everything-headlines",
    "right-to-left-headlines",
    "japanese-headlines",
    "596-full",
    "everything-full",
    "right-to-left-full",
)
TWO_SCREENS = 1_600
"""Pixels: twice the height of a phone that is 360 wide."""
FINGER = 44
"""Pixels that a finger needs (WCAG 2.2, 2.5.5)."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", NAMES)
def test_axe_core_finds_no_violation(
    browser: Browser, formats: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    with shown(browser, formats[name], 360, scheme) as page:
        result = Axe().run(page, options={"rules": RULES_OF_PAGES_NOT_EMAILS})
        assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_a_contrast_of_4_5(
    browser: Browser, formats: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    with shown(browser, formats[name], 640, scheme) as page:
        contrasts = page.evaluate(CONTRASTS)
        assert len(contrasts) > 10
        assert min(contrasts)[0] >= 4.5, min(contrasts)


@pytest.mark.parametrize("width", [320, 360, 640])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_scrolls_sideways(
    browser: Browser, formats: dict[str, Path], name: str, width: int
) -> None:
    with shown(browser, formats[name], width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_is_that_of_the_issue(
    browser: Browser, formats: dict[str, Path], name: str
) -> None:
    with shown(browser, formats[name], 640) as page:
        outline = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])"
        )
    assert outline.count(1) == 1
    assert outline[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(outline))


def test_all_headlines_are_on_two_screens_of_a_phone(
    browser: Browser, formats: dict[str, Path]
) -> None:
    with shown(browser, formats["652-headlines"], 360) as page:
        last = page.locator("h3").last.bounding_box()
        assert last
        assert last["y"] + last["height"] < TWO_SCREENS


@pytest.mark.parametrize("width", [320, 360, 640])
def test_a_headline_is_as_high_as_a_finger(
    browser: Browser, formats: dict[str, Path], width: int
) -> None:
    heights = "[...document.querySelectorAll('.headline h3 a')].map(a => a.offsetHeight)"
    with shown(browser, formats["652-headlines"], width) as page:
        assert min(page.evaluate(heights)) >= FINGER


@pytest.mark.parametrize("name", ["652-headlines", "everything-headlines", "japanese-headlines"])
def test_each_number_is_on_the_line_of_its_headline(
    browser: Browser, formats: dict[str, Path], name: str
) -> None:
    lines = """() => [...document.querySelectorAll('td.number')].map(number => {
      const line = (node, last) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getClientRects()[0];
      };
      const [own, first] = [line(number), line(number.nextElementSibling.querySelector('p, h3 > *'))];
      return Math.abs(own.top + own.height / 2 - first.top - first.height / 2);
    })"""
    with shown(browser, formats[name], 360) as page:
        differences = page.evaluate(lines)
        assert differences
        assert max(differences) <= 4


def test_the_contents_jump_to_the_pieces(browser: Browser, formats: dict[str, Path]) -> None:
    with shown(browser, formats["everything-full"], 360) as page:
        links = page.locator("ul.contents a")
        assert links.count() > 3
        for link in links.all():
            page.evaluate("scrollTo(0, 0)")
            link.click()
            key = (link.get_attribute("href") or "").removeprefix("#")
            title = page.locator(f"h2 #{key}, h3 #{key}")  # at its start
            top: float = title.evaluate("title => title.getBoundingClientRect().top")
            assert 0 <= round(top) < 900  # a browser scrolls by whole pixels
            assert page.evaluate("scrollY") > 0


def test_a_long_text_is_as_wide_as_the_sheet(browser: Browser, formats: dict[str, Path]) -> None:
    widths = """[...document.querySelectorAll('.prose p')].map(p => p.offsetWidth)"""
    with shown(browser, formats["596-full"], 640) as page:
        assert min(page.evaluate(widths)[1:]) > 570
