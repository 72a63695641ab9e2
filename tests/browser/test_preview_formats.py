"""The formats of an issue in the preview: a key leads from one to the next, in every view, and saves show in each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.preview_server import Preview, Visit, axe_violations, served, visiting
from tests.browser.test_preview_switches import FOCUSED, TABBABLE

pytestmark = pytest.mark.browser

FORMATS = """
formats:
  - {name: teasers, shows: teasers}
  - {name: headlines, shows: headlines}
  - {name: full, shows: full}
  - {name: plain, shows: full, parts: text}
"""
NAMES = ("teasers", "headlines", "full", "plain")
TITLE = "Boost to egg and sperm donations needed, says HFEA"
PATHS = (
    "/652?format=full",
    "/652?format=plain",
    "/652/size?format=full",
    "/652/checks?format=plain",
)


@pytest.fixture(scope="module")
def _preview(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("formats")
    shutil.copytree(repository / "issues", folder / "issues")
    shutil.copytree(repository / "templates", folder / "templates")
    publication = folder / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + FORMATS, "utf-8")
    with served(folder) as running:
        yield running


@pytest.fixture(scope="module")
def _window(browser: Browser, _preview: Preview) -> Iterator[Visit]:
    with visiting(browser, _preview, pictures={}) as visit:
        yield visit


@pytest.fixture
def visit(_window: Visit, _preview: Preview) -> Iterator[Visit]:
    """Return a window on issue 652 in four formats; what a test saves is undone."""
    issues = _preview.issues
    before = {
        path: path.read_bytes()
        for path in (issues / "652" / "issue.yaml", issues / "publication.yaml")
    }
    _window.begin()
    yield _window
    _window.expect_nothing_odd()
    _window.page.goto("about:blank")
    for path, content in before.items():
        path.write_bytes(content)


def current(visit: Visit) -> Locator:
    """Return the format that the switch says is shown."""
    return visit.page.get_by_role("navigation", name="Formats").locator("[aria-current]")


def save(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def follow(visit: Visit, path: str) -> None:
    """Open a page, and wait until it follows changes."""
    visit.open(path)
    visit.page.locator("[role=status]:not([data-state=connecting])").wait_for()


@pytest.mark.parametrize("view", ["", "/text", "/source", "/size", "/checks"])
def test_the_key_leads_from_one_format_to_the_next_and_round_again(visit: Visit, view: str) -> None:
    visit.open(f"/652{view}?tags=mailchimp")
    for name in (*NAMES[1:], NAMES[0]):
        visit.page.keyboard.press("f")
        query = "" if name == NAMES[0] else f"format={name}&"
        visit.page.wait_for_url(visit.preview.at(f"/652{view}?{query}tags=mailchimp"))
        expect(current(visit)).to_have_text(name)
        expect(visit.page.get_by_role("combobox")).to_have_value("mailchimp")


def test_the_format_stays_from_view_to_view_and_issue_to_issue(visit: Visit) -> None:
    visit.open("/652?format=full")
    for key, path in (("x", "/652/text"), ("[", "/596/text"), ("k", "/596/checks"), ("e", "/596")):
        visit.page.keyboard.press(key)
        visit.page.wait_for_url(visit.preview.at(f"{path}?format=full"))
        expect(current(visit)).to_have_text("full")


def test_choosing_merge_tags_keeps_the_format_and_back_again(visit: Visit) -> None:
    visit.open("/652/text?format=headlines")
    tags = visit.page.get_by_role("combobox")
    tags.select_option("brevo")
    visit.page.wait_for_url(visit.preview.at("/652/text?format=headlines&tags=brevo"))
    tags.select_option("Sample values")
    visit.page.wait_for_url(visit.preview.at("/652/text?format=headlines"))


def test_the_frames_show_the_format(visit: Visit) -> None:
    length = "doc => doc.body.textContent.replace(/\\s+/g, ' ').length"
    seen: dict[str, int] = {}
    for name in NAMES[:3]:
        visit.open(f"/652?format={name}")
        visit.page.wait_for_function("() => document.querySelectorAll('iframe').length === 2")
        seen[name] = visit.frame(length)
        assert TITLE in visit.frame("doc => doc.body.textContent")
    assert seen["headlines"] < seen["teasers"] <= seen["full"]


def test_a_save_shows_in_the_format_that_is_open_and_no_other_is_asked_for(visit: Visit) -> None:
    follow(visit, "/652?format=headlines")
    visit.asked.clear()
    save(visit.preview.issues / "652" / "issue.yaml", TITLE, "Another title")
    visit.until("doc => doc.body.textContent.includes('Another title')")
    asked = [address for address in visit.asked if "email.html" in address]
    assert asked
    assert all("format=headlines" in address for address in asked)
    expect(current(visit)).to_have_text("headlines")


def test_a_save_shows_where_the_email_is_plain_text_alone(visit: Visit) -> None:
    follow(visit, "/652?format=plain")
    expect(visit.page.locator("iframe")).to_have_count(0)
    expect(visit.page.get_by_text("This format is plain text alone")).to_be_visible()
    save(visit.preview.issues / "652" / "issue.yaml", TITLE, "Another title")
    text = visit.page.get_by_role("group", name="Plain text in a fixed width")
    expect(text).to_contain_text("Another title")


def test_a_format_that_gets_html_gets_its_screens(visit: Visit) -> None:
    follow(visit, "/652?format=plain")
    publication = visit.preview.issues / "publication.yaml"
    save(publication, "{name: plain, shows: full, parts: text}", "{name: plain, shows: full}")
    visit.page.locator("[data-screen]").first.wait_for(state="attached")
    visit.settled()
    assert TITLE in visit.frame("doc => doc.body.textContent")


def test_the_switch_follows_the_publication(visit: Visit) -> None:
    follow(visit, "/652")
    names = visit.page.get_by_role("navigation", name="Formats").get_by_role("link")
    expect(names).to_have_text(NAMES)
    publication = visit.preview.issues / "publication.yaml"
    save(publication, "  - {name: headlines, shows: headlines}\n", "")
    expect(names).to_have_text(("teasers", "full", "plain"))
    text = publication.read_text("utf-8")
    publication.write_text(text[: text.index("formats:")], "utf-8")
    expect(names).to_have_count(0)
    publication.write_text(text, "utf-8")
    expect(names).to_have_text(("teasers", "full", "plain"))


def test_a_format_that_is_renamed_while_it_is_looked_at_is_missed(visit: Visit) -> None:
    follow(visit, "/652?format=full")
    save(visit.preview.issues / "publication.yaml", "name: full", "name: whole")
    heading = visit.page.get_by_role("heading", name="There is no issue 652 in the format full.")
    expect(heading).to_be_visible()


def test_what_is_copied_is_of_the_format(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name, part, file in (("full", "HTML", "email.html"), ("plain", "text", "email.txt")):
        visit.open(f"/652/text?format={name}")
        visit.page.get_by_role("button", name=f"Copy {part}").click()
        copied = "HTML copied." if part == "HTML" else "Text copied."
        expect(visit.page.get_by_role("status")).to_have_text(copied)
        answer = visit.context.request.get(visit.preview.at(f"/652/{file}?format={name}"))
        assert visit.page.evaluate("navigator.clipboard.readText()") == answer.text()


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_is_enough(visit: Visit, path: str) -> None:
    visit.open(path)
    known = set(
        visit.page.locator("[data-key]").evaluate_all("found => found.map(one => one.dataset.key)")
    )
    visit.page.keyboard.press("?")
    help_ = visit.page.get_by_role("dialog", name="Keyboard shortcuts")
    assert set(help_.locator("kbd").all_inner_texts()) == known | {"?", "]"}
    expect(help_.get_by_text("the next format")).to_be_visible()
    visit.page.keyboard.press("Escape")

    visit.open(path)
    controls = visit.page.evaluate(f"({TABBABLE})().length")
    reached: list[int] = []
    while len(reached) < controls:
        visit.page.keyboard.press("Tab")
        place, is_seen = visit.page.evaluate(FOCUSED)
        assert is_seen, f"the focus is not seen after {reached}"
        if not reached or place != reached[-1]:
            reached.append(place)
            assert reached == list(range(len(reached)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_core_finds_no_violation_and_nothing_scrolls_sideways(
    visit: Visit, path: str, scheme: Literal["light", "dark"]
) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.open(path)
    for width in (1280, 768, 360, 320):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        if width in (1280, 360):
            assert axe_violations(visit.page) == []
