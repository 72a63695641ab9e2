"""Every kind of page of a site, in many shapes: no fault for axe-core, none for the W3C's own checker."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from newsletter.archive.lists import listing
from tests.browser.preview_server import axe_violations
from tests.browser.site_server import serving, write
from tests.browser.test_w3c import VNU

pytestmark = pytest.mark.browser

TESTS = Path(__file__).resolve().parents[1]
GOLDEN = TESTS / "archive" / "golden"
NEWSLETTERS = {
    "golden": GOLDEN,
    "everything": TESTS / "golden" / "everything",
    "right-to-left": TESTS / "golden" / "right-to-left",
    "japanese": TESTS / "golden" / "japanese",
    "smallest": TESTS / "golden" / "smallest",
}
PAGES = (
    "golden/",
    "golden/652/",
    "golden/652/old-rules/",
    "golden/596/the-glass-house/",
    "golden/issues/",
    "golden/sections/news/",
    "golden/reviews/",
    "golden/reviews/film/",
    "golden/authors/",
    "golden/authors/ada-example/",
    "golden/topics/",
    "golden/topics/law/",
    "golden/corrections/",
    "golden/search/",
    "golden/404.html",
    "in-years/issues/2011/",
    "in-years/topics/law/2012/",
    "in-years/topics/law/2012/04/",
    "everything/",
    "everything/1268a/every-markup/",
    "right-to-left/",
    "right-to-left/corrections/",
    "japanese/",
    "smallest/",
)
"""One of each kind, and those that other newsletters have otherwise."""


class Sites(NamedTuple):
    """Where the sites are, each in a folder of its own."""

    folder: Path
    address: str


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Serve the sites of several newsletters; one of them again with two entries on a page."""
    folder = tmp_path_factory.mktemp("sites")
    with serving(folder) as address:
        for name, newsletter in NEWSLETTERS.items():
            write(newsletter, folder / name, f"{address}{name}/")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(listing, "MOST", 1)
            patch.setattr(listing, "RECENT", 1)
            write(GOLDEN, folder / "in-years", f"{address}in-years/")
        yield Sites(folder, address)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """Open a window, which all tests look through."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_any_kind_of_page(sites: Sites, window: Page, path: str) -> None:
    window.goto(sites.address + path)
    found = {}
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        found[scheme] = axe_violations(window)
    assert found == {"light": [], "dark": []}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_small_phone(sites: Sites, window: Page, path: str) -> None:
    window.set_viewport_size({"width": 320, "height": 640})
    window.goto(sites.address + path)
    assert window.evaluate("document.documentElement.scrollWidth") == 320


def test_a_page_that_is_not_there_has_its_links_at_any_depth(sites: Sites, window: Page) -> None:
    answer = window.goto(sites.address + "golden/652/no/such/page/")
    assert answer
    assert answer.status == 404
    window.get_by_role("link", name="Front page").click()
    assert window.url == sites.address + "golden/"


def test_the_w3c_checker_finds_nothing(sites: Sites) -> None:
    if not (VNU.is_file() and shutil.which("java")):
        message = "the W3C checker is not installed: it needs Java, and 'npm ci' in tests/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    files = [*sites.folder.rglob("*.html"), *sites.folder.rglob("*.css")]
    own = [file for file in files if file.parent.name != "email"]  # mail clients want another HTML
    command: list[str | Path] = ["java", "-jar", VNU, "--also-check-css"]
    command += ["--format", "json", "--stdout", "--exit-zero-always", *own]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found = {
        f"{message['message']} {message['url'].partition(sites.folder.name)[2]}"
        for message in json.loads(answer.stdout)["messages"]
    }
    assert found == set()
