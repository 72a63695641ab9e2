"""The proof as the colleague who signs the issue off sees it: one file, opened from a mail, without a network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from newsletter.checks.galley import galley_of
from newsletter.checks.preflight import preflight
from newsletter.preview.proof import proof_page
from tests.browser.preview_server import axe_violations, until

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCREENS = ("Phone, light", "Phone, dark", "Desktop, light", "Desktop, dark")
WIDE: ViewportSize = {"width": 1440, "height": 900}
GROUNDS = (
    "['body', '.lead'].map(name => getComputedStyle(document.querySelector(name)).backgroundColor)"
)
HEIGHTS = "[document.documentElement.scrollHeight, innerHeight]"


@pytest.fixture(scope="module")
def proof(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the proof of the golden issue; one of its three pictures is elsewhere on the web."""
    folder = repository / "tests" / "golden" / "everything" / "issues" / "1268a"
    theme = tmp_path_factory.mktemp("proof")
    (theme / "templates").symlink_to(repository / "templates")
    (theme / "issues").symlink_to(folder.parent)
    path = theme / "proof.html"
    path.write_text(proof_page(preflight(galley_of(theme / "issues" / "1268a"))), "utf-8")
    return path


@contextmanager
def opened(
    browser: Browser,
    proof: Path,
    scheme: Literal["light", "dark"] = "light",
    *,
    scripts: bool = True,
) -> Iterator[Page]:
    """Open the proof in a window; it may fetch the one picture that is on the web, and a page that is clicked."""
    context = browser.new_context(viewport=WIDE, color_scheme=scheme, java_script_enabled=scripts)
    asked: list[str] = []
    console: list[str] = []

    def elsewhere(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(re.compile("^(https?|wss?):"), elsewhere)
    context.on("console", lambda message: console.append(message.text))
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(proof.as_uri())
    try:
        yield page
        assert set(asked) <= {"https://sample.test/hall.jpg", "https://sample.test/"}
        assert [text for text in console if "Content Security Policy" in text] == []
    finally:
        context.close()


@pytest.mark.parametrize("system", SCHEMES)
def test_phone_and_desktop_are_light_and_dark_whatever_the_computer_is_set_to(
    browser: Browser, proof: Path, repository: Path, system: Literal["light", "dark"]
) -> None:
    palette = (repository / "templates" / "bionews" / "palette.css").read_text("utf-8")
    named = re.findall(r"--(?:page|card): #(..)(..)(..);", palette)
    colours = [
        f"rgb({int(red, 16)}, {int(green, 16)}, {int(blue, 16)})" for red, green, blue in named
    ]
    with opened(browser, proof, system) as page:
        frames = page.frames[1:]
        assert [page.locator("iframe").nth(place).get_attribute("title") for place in range(4)] == [
            f"The email: {screen}" for screen in SCREENS
        ]
        assert [frame.evaluate("innerWidth") for frame in frames] == [360, 360, 640, 640]
        assert [frame.evaluate(GROUNDS) for frame in frames] == [colours[:2], colours[2:]] * 2


def test_it_shows_what_readers_get_first_and_the_plain_text(browser: Browser, proof: Path) -> None:
    with opened(browser, proof) as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("The Sample Weekly 1268a: proof")
        expect(page.get_by_text("Goes out on Monday 28 October 2024")).to_be_visible()
        subject, preheader = (
            "Number 1268a: everything – “quoted”, ümläuted and 🧬",
            "Every kind of item in one issue",
        )
        expect(
            page.get_by_role("listitem").filter(has_text=subject).filter(has_text=preheader)
        ).to_have_count(6)
        expect(page.get_by_role("group", name="Plain text")).to_contain_text("Dear friend,")


def test_pictures_of_the_issue_are_in_it(browser: Browser, proof: Path) -> None:
    with opened(browser, proof) as page:
        for frame in page.frames[1:]:
            for alternative in ("Four bands of a gel", "A cover with four coloured bands"):
                picture = frame.get_by_role("img", name=alternative)
                picture.scroll_into_view_if_needed()
                assert picture.evaluate("picture => picture.naturalWidth") > 1


def test_a_picture_that_is_shown_twice_makes_no_other_one_wrong(
    browser: Browser, repository: Path, tmp_path: Path
) -> None:
    """A frame that is complete late gets its pictures when the others have theirs already."""
    shutil.copytree(repository / "tests" / "golden" / "everything" / "issues", tmp_path / "issues")
    (tmp_path / "templates").symlink_to(repository / "templates")
    manifest = tmp_path / "issues" / "1268a" / "issue.yaml"
    text = manifest.read_text("utf-8")
    for teaser, name in (
        ("        teaser: Somebody else wrote this...\n", "wide"),
        ("        teaser: Come and see.\n", "wide"),
        ("      - title: We move\n", "cover"),
    ):
        assert teaser in text
        picture = f"        picture: {{src: images/{name}.png, alt: {name}}}\n"
        text = text.replace(teaser, teaser + picture, 1)
    hall = text.index("        picture:\n          src: https://sample.test/hall.jpg")
    text = text[:hall] + text[text.index("  - kind: jobs") :]
    manifest.write_text(text, "utf-8")
    path = tmp_path / "proof.html"
    path.write_text(proof_page(preflight(galley_of(manifest.parent))), "utf-8")

    shown = "[...document.images].map(picture => picture.getAttribute('src'))"
    with opened(browser, path) as page:
        first, last = page.frames[1], page.frames[4]
        page.locator("iframe").last.evaluate("frame => { frame.srcdoc += ' ' }")
        last.wait_for_function("() => document.body.lastChild.data?.endsWith(' ')")
        until(lambda: not any(re.match("data:,", source) for source in last.evaluate(shown)))
        sources = first.evaluate(shown)
        assert len(sources) == 5
        assert len(set(sources)) == 4
        assert last.evaluate(shown) == sources


def test_every_email_is_there_in_its_full_height(browser: Browser, proof: Path) -> None:
    with opened(browser, proof) as page:
        for frame in page.frames[1:]:
            frame.wait_for_function(
                "() => document.documentElement.scrollHeight === innerHeight && innerHeight > 1000"
            )


def test_without_scripts_every_email_can_be_read_in_its_frame(
    browser: Browser, proof: Path
) -> None:
    with opened(browser, proof, scripts=False) as page:
        for place, frame in enumerate(page.frames[1:]):
            whole, seen = frame.evaluate(HEIGHTS)
            assert whole > seen > 300
            page.locator("iframe").nth(place).scroll_into_view_if_needed()
            page.locator("iframe").nth(place).hover()
            page.mouse.wheel(0, 400)
            until(partial(frame.evaluate, "scrollY > 0"))


def test_without_scripts_the_first_email_has_its_pictures_and_the_proof_says_so(
    browser: Browser, proof: Path
) -> None:
    with opened(browser, proof, scripts=False) as page:
        expect(page.get_by_text("only the first screen has pictures")).to_be_visible()
        widths = []
        for frame in page.frames[1:]:
            picture = frame.get_by_role("img", name="Four bands of a gel")
            picture.scroll_into_view_if_needed()
            widths.append(picture.evaluate("picture => picture.naturalWidth"))
        assert widths[0] > 1
        assert widths[1:] == [0, 0, 0]


def test_with_scripts_there_is_nothing_to_say_of_pictures(browser: Browser, proof: Path) -> None:
    with opened(browser, proof) as page:
        expect(page.get_by_text("only the first screen has pictures")).to_be_hidden()


def test_links_lead_within_the_email_or_to_a_tab_of_their_own_and_the_email_stays(
    browser: Browser, proof: Path
) -> None:
    with opened(browser, proof) as page:
        email = page.frames[1]
        last = email.locator("[id]").last
        place = last.get_attribute("id")
        link = email.get_by_role("link").nth(2)
        link.evaluate("(link, place) => link.setAttribute('href', `#${place}`)", place)
        link.click()
        expect(last).to_be_in_viewport()
        with page.context.expect_page() as tab:
            email.get_by_role("link", name="The Sample Weekly").first.click()
        assert len(page.context.pages) == 2
        tab.value.close()
        expect(email.get_by_role("heading", name="The Sample Weekly")).to_have_count(1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_core_finds_no_violation_and_nothing_scrolls_sideways(
    browser: Browser, proof: Path, scheme: Literal["light", "dark"]
) -> None:
    with opened(browser, proof, scheme) as page:
        for width in (1440, 640, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width in (1440, 360):
                assert axe_violations(page) == []
