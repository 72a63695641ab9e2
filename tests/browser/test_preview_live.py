"""Each save shows immediately, whatever is saved and however; and mistakes are listed where an editor looks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.preview_server import Preview, Visit, axe_violations, served, visiting

pytestmark = pytest.mark.browser

TITLE = "Boost to egg and sperm donations needed, says HFEA"
WORDS = "doc => doc.body.textContent"
PICTURES = (
    Path(__file__).resolve().parents[1] / "golden" / "everything" / "issues" / "1268a" / "images"
)


@pytest.fixture
def preview(newsletter_folder: Path) -> Iterator[Preview]:
    """Serve a preview of the shipped issues, which a test may change."""
    with served(newsletter_folder) as running:
        yield running


@pytest.fixture(scope="module")
def _window(browser: Browser) -> Iterator[Visit]:
    with visiting(browser, Preview(Path(), 0), pictures={}) as visit:
        yield visit


@pytest.fixture
def visit(_window: Visit, preview: Preview) -> Iterator[Visit]:
    """Open a window on it; there is no web outside."""
    _window.preview = preview
    _window.begin()
    yield _window
    _window.expect_nothing_odd()
    for page in _window.context.pages[1:]:
        page.close()
    _window.page.goto("about:blank")


def follow(visit: Visit, path: str) -> None:
    """Open a page, and wait until it follows changes."""
    visit.open(path)
    visit.page.locator("[role=status]:not([data-state=connecting])").wait_for()


def change(path: Path, old: str, new: str) -> None:
    """Save a file with other words in one place."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def shows(visit: Visit, words: str, *screens: str) -> None:
    """Wait until the email on these screens has these words."""
    for screen in screens or ("360", "640"):
        visit.until(f"doc => doc.body.textContent.includes({words!r})", screen)


# What is saved


def test_what_the_checks_find_follows_the_email_and_so_does_the_verdict(visit: Visit) -> None:
    manifest = visit.preview.issues / "652" / "issue.yaml"
    follow(visit, "/652")
    verdict = visit.page.locator(".verdict")
    expect(verdict).to_have_text("Ready")
    change(manifest, "    title: News Digest", "    title: TODO")
    shows(visit, "TODO")
    expect(verdict).to_have_text("Not ready: 1 error")
    finding = visit.page.locator(".found .findings > .error")
    expect(finding).to_have_count(1)
    expect(finding.get_by_role("link")).to_have_text(re.compile(r"issues/652/issue\.yaml:24$"))
    finding.get_by_text("Why?").click()
    expect(finding.locator("details p")).to_be_visible()
    change(manifest, "date: 2012-04-16", "date: 2012-04-31")
    expect(verdict).to_have_text("Not ready: 1 to fix")
    expect(visit.page.get_by_text("The checks run once")).to_be_visible()
    change(manifest, "date: 2012-04-31", "date: 2012-04-16")
    change(manifest, "    title: TODO", "    title: News Digest")
    expect(verdict).to_have_text("Ready")
    expect(visit.page.locator(".found .error")).to_have_count(0)


def test_the_page_of_the_checks_is_live_and_has_a_key(visit: Visit) -> None:
    follow(visit, "/652")
    visit.page.keyboard.press("k")
    visit.page.wait_for_url("**/652/checks")
    visit.page.locator("[role=status]:not([data-state=connecting])").wait_for()
    change(visit.preview.issues / "652" / "issue.yaml", "    title: News Digest", "    title: TODO")
    expect(visit.page.locator(".findings > .error")).to_have_count(1)
    assert axe_violations(visit.page) == []


def test_a_save_of_the_issue_shows_on_every_screen_in_the_inbox_and_in_the_outline(
    visit: Visit,
) -> None:
    follow(visit, "/652")
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, "Another title")
    change(
        visit.preview.issues / "652" / "issue.yaml",
        "number: 652\n",
        "number: 652\nsubject: Another subject\n",
    )
    shows(visit, "Another title")
    expect(visit.page.get_by_role("listitem").filter(has_text="Another subject")).to_have_count(6)
    visit.switch("outline")
    expect(visit.page.get_by_role("complementary").get_by_text("Another title")).to_be_visible()
    for screen in ("360", "640"):
        assert TITLE not in visit.frame(WORDS, screen)


def test_a_save_of_a_markdown_file_shows(visit: Visit) -> None:
    follow(visit, "/596")
    change(
        visit.preview.issues / "596" / "never-let-me-go.md",
        "Mark Romanek has made",
        "Mark Romanek has, again, made",
    )
    shows(visit, "Mark Romanek has, again, made")


def test_a_save_of_the_publication_shows_in_the_text_view(visit: Visit) -> None:
    follow(visit, "/652/text")
    change(visit.preview.issues / "publication.yaml", "tagline: News, ", "tagline: Olds, ")
    expect(visit.page.get_by_role("group", name="Plain text in a fixed width")).to_contain_text(
        "Olds, comment"
    )


def test_a_save_of_the_theme_shows(visit: Visit) -> None:
    follow(visit, "/652")
    change(
        visit.preview.folder / "templates" / "bionews" / "palette.css",
        "--card: #ffffff",
        "--card: #fffff1",
    )
    visit.until(
        "(doc, style) => style(doc.querySelector('.lead')).backgroundColor === 'rgb(255, 255, 241)'",
        "640",
    )


def test_a_new_picture_shows_in_place_of_the_old(visit: Visit) -> None:
    folder = visit.preview.issues / "652"
    (folder / "images").mkdir()
    shutil.copy(PICTURES / "wide.png", folder / "images" / "one.png")
    change(
        folder / "issue.yaml",
        f"title: {TITLE}",
        f"title: {TITLE}\n        picture: {{src: images/one.png, alt: One}}",
    )
    follow(visit, "/652")
    visit.page.frame_locator("[data-screen='360'] iframe").get_by_role(
        "img"
    ).scroll_into_view_if_needed()
    visit.until("doc => doc.images[0].naturalWidth > 1")
    before = visit.frame("doc => doc.images[0].naturalWidth")
    shutil.copy(PICTURES / "cover.png", folder / "images" / "one.png")
    visit.until(f"doc => doc.images[0].naturalWidth > 1 && doc.images[0].naturalWidth !== {before}")


def test_a_new_issue_comes_into_the_list_and_a_changed_subject_too(visit: Visit) -> None:
    follow(visit, "/")
    rows = visit.page.get_by_role("rowheader")
    expect(rows).to_have_text(["652", "596"])
    shutil.copytree(visit.preview.issues / "596", visit.preview.issues / "700")
    change(visit.preview.issues / "700" / "issue.yaml", "number: 596", "number: 700")
    expect(rows).to_have_text(["700", "652", "596"])
    change(
        visit.preview.issues / "652" / "issue.yaml",
        "number: 652\n",
        "number: 652\nsubject: Another subject\n",
    )
    expect(visit.page.get_by_role("cell", name="Another subject")).to_be_visible()


def test_after_a_burst_of_saves_the_last_one_shows(visit: Visit) -> None:
    follow(visit, "/652")
    manifest = visit.preview.issues / "652" / "issue.yaml"
    before = manifest.read_text("utf-8")
    for number in range(20):
        manifest.write_text(before.replace(TITLE, f"Save number {number} of many"), "utf-8")
    shows(visit, "Save number 19 of many")


def test_a_save_changes_the_page_of_its_own_issue_only(visit: Visit) -> None:
    follow(visit, "/652")
    other = replace(visit, page=visit.context.new_page())
    follow(other, "/596")
    asked: list[str] = []
    other.page.on("request", lambda request: asked.append(request.url))
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, "Another title")
    shows(visit, "Another title")
    assert asked == []
    change(
        visit.preview.issues / "596" / "never-let-me-go.md",
        "Mark Romanek has made",
        "Again, he has made",
    )
    shows(other, "Again, he has made")
    assert any("/596/email.html" in address for address in asked)
    assert not any("/652" in address for address in asked)


def test_a_page_that_nobody_looked_at_is_up_to_date_when_one_comes_back(visit: Visit) -> None:
    look = """is_hidden => {
      Object.defineProperty(document, "hidden", {value: is_hidden, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    follow(visit, "/652")
    visit.page.evaluate(look, True)
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, "Written meanwhile")
    assert TITLE in visit.frame(WORDS)
    visit.page.evaluate(look, False)
    shows(visit, "Written meanwhile")


def test_a_save_that_could_not_be_shown_is_made_up_for(visit: Visit) -> None:
    fails_at_first = """() => {
      const fetch = window.fetch;
      window.failed = false;
      window.fetch = () => { window.failed = true; return Promise.reject(new TypeError("no server")); };
      window.fix = () => { window.fetch = fetch; };
    }"""
    follow(visit, "/652")
    visit.page.evaluate(fails_at_first)
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, "Shown in the end")
    visit.page.wait_for_function("() => window.failed")
    assert TITLE in visit.frame(WORDS)
    visit.page.evaluate("() => { fix(); document.dispatchEvent(new Event('visibilitychange')); }")
    shows(visit, "Shown in the end")


# What stays


def test_a_live_update_leaves_the_email_as_a_fresh_load_has_it(visit: Visit) -> None:
    follow(visit, "/652")
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, "Another title")
    shows(visit, "Another title")
    visit.switch("screen-320")
    shows(visit, "Another title", "320")
    visit.settled()
    same = """() => {
      const [updated, fresh] = ["360", "320"].map(
        screen => document.querySelector(`[data-screen="${screen}"] iframe`).contentDocument);
      return updated.isEqualNode(fresh) && updated.compatMode === fresh.compatMode;
    }"""
    assert visit.page.evaluate(same)


def test_switches_and_place_stay_over_a_live_update(visit: Visit) -> None:
    follow(visit, "/652")
    visit.switch("scheme", "dark")
    for name in ("large", "links", "outline"):
        visit.switch(name)
    visit.until("(doc, style) => style(doc.querySelector('a')).outlineStyle === 'solid'")
    visit.settled()
    as_shown = """(doc, style) => [style(doc.body).backgroundColor, style(doc.querySelector("h1")).fontSize,
      style(doc.querySelector("a")).outlineStyle]"""
    before = visit.frame(as_shown)
    visit.page.evaluate("scrollTo(0, 1500)")
    visit.page.wait_for_function("() => scrollY === 1500")
    title = "Boost to egg and sperm donations wanted, says HFEA"
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, title)
    shows(visit, title)
    expect(visit.page.get_by_role("complementary").get_by_text(title)).to_be_visible()
    assert visit.page.evaluate("scrollY") == 1500
    assert visit.frame(as_shown) == before
    visit.page.reload()
    visit.settled()
    assert visit.frame(as_shown) == before


@pytest.mark.parametrize("view", ["text", "source"])
def test_the_place_stays_in_other_views_too(visit: Visit, view: str) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 500})
    follow(visit, f"/652/{view}")
    visit.page.evaluate("scrollTo(0, 300)")
    visit.page.wait_for_function("() => scrollY === 300")
    if view == "source":
        visit.page.get_by_role("group", name="HTML source").evaluate(
            "group => { group.scrollTop = 400 }"
        )
    change(visit.preview.issues / "652" / "issue.yaml", TITLE, "Another title")
    expect(visit.page.get_by_role("main")).to_contain_text("Another title")
    assert visit.page.evaluate("scrollY") == 300
    if view == "source":
        assert (
            visit.page.get_by_role("group", name="HTML source").evaluate("group => group.scrollTop")
            == 400
        )


# What is wrong


def test_a_broken_issue_keeps_its_last_good_email_under_a_banner_until_it_is_fixed(
    visit: Visit,
) -> None:
    manifest = visit.preview.issues / "652" / "issue.yaml"
    good = manifest.read_text("utf-8")
    follow(visit, "/652")
    title = visit.page.title()
    banner = visit.page.get_by_role("region", name="Mistakes to fix")
    expect(banner).to_have_count(0)
    manifest.write_text(good.replace("date: 2012-04-16\n", "date: tomorrow\n", 1), "utf-8")
    expect(banner).to_contain_text("issue.yaml:6")
    expect(banner).to_contain_text("Write year-month-day, for example 2012-04-16.")
    expect(banner.get_by_role("link")).to_have_attribute("href", f"vscode://file{manifest}:6")
    assert visit.page.title() == f"✗ {title}"
    shows(visit, TITLE)
    assert axe_violations(visit.page) == []
    visit.page.reload()
    visit.settled()
    expect(banner).to_contain_text("issue.yaml:6")
    shows(visit, TITLE)
    manifest.write_text(good.replace(TITLE, "Fixed now"), "utf-8")
    shows(visit, "Fixed now")
    expect(banner).to_have_count(0)
    assert visit.page.title() == title


def test_a_broken_theme_is_reported_with_its_place(visit: Visit) -> None:
    style = visit.preview.folder / "templates" / "bionews" / "email.mjml.j2"
    follow(visit, "/652")
    good = style.read_text("utf-8")
    style.write_text(good.replace("{% if welcome %}", "{% if welcome %"), "utf-8")
    banner = visit.page.get_by_role("region", name="Mistakes to fix")
    expect(banner).to_contain_text("email.mjml.j2:")
    style.write_text(good, "utf-8")
    expect(banner).to_have_count(0)
    shows(visit, TITLE)


@pytest.mark.parametrize("view", ["", "/text", "/size"])
def test_an_issue_that_is_broken_from_the_start_shows_its_email_once_it_is_fixed(
    visit: Visit, view: str
) -> None:
    manifest = visit.preview.issues / "652" / "issue.yaml"
    good = manifest.read_text("utf-8")
    manifest.write_text(good.replace("sections:", "parts:", 1), "utf-8")
    follow(visit, f"/652{view}")
    banner = visit.page.get_by_role("region", name="Mistakes to fix")
    expect(banner.get_by_role("heading")).to_have_text("There is no email yet. Fix these mistakes:")
    expect(banner).to_contain_text("issue.yaml:8")
    manifest.write_text(good, "utf-8")
    expect(banner).to_have_count(0)
    if view:
        expect(visit.page.get_by_role("main")).to_contain_text(TITLE)
    else:
        visit.settled()
        shows(visit, TITLE)


def test_an_issue_that_is_renamed_away_is_reported_and_comes_back(visit: Visit) -> None:
    folder = visit.preview.issues / "652"
    follow(visit, "/652")
    folder.rename(folder.with_name("draft"))
    banner = visit.page.get_by_role("region", name="Mistakes to fix")
    expect(banner).to_contain_text("issue.yaml")
    shows(visit, TITLE)
    folder.with_name("draft").rename(folder)
    expect(banner).to_have_count(0)


# When the preview ends


def test_the_page_says_that_the_preview_has_stopped_and_goes_on_when_it_is_back(
    browser: Browser, newsletter_folder: Path
) -> None:
    with ExitStack() as visits:
        with served(newsletter_folder) as preview:
            visit = visits.enter_context(visiting(browser, preview, pictures={}))
            follow(visit, "/652")
        status = visit.page.get_by_role("status")
        expect(status).to_have_text("The preview has stopped: start it again")
        change(newsletter_folder / "issues" / "652" / "issue.yaml", TITLE, "Written meanwhile")
        shows(visit, TITLE)
        with served(newsletter_folder, preview.port) as again:
            assert again.port == preview.port
            shows(visit, "Written meanwhile")
            expect(status).to_contain_text("Updated at")
            visits.close()
