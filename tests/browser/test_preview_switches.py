"""The switches of the preview: what they do to the email, that they stay, and that the keyboard is enough."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.browser.preview_server import SystemScheme, Visit, axe_violations

pytestmark = pytest.mark.browser

GROUNDS = (
    "(doc, style) => ['body', '.lead'].map(name => style(doc.querySelector(name)).backgroundColor)"
)
SIZES = "(doc, style) => [...doc.body.querySelectorAll('*')].map(element => parseFloat(style(element).fontSize))"
SHOWN = "doc => [...doc.images].map(picture => picture.naturalWidth > 0)"
LINKS = """(doc, style) => [...doc.querySelectorAll("a[href]")].map(
  link => [style(link).outlineStyle, style(link, "::after").content, link.getAttribute("href")])"""
LIGHTNESS = """colour => {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""
TABBABLE = """() => [...document.querySelectorAll(
  "a[href], button, input, select, summary, iframe, [tabindex='0']")].filter(
  element => element.checkVisibility() && !(element.type === "radio" && !element.checked))"""
FOCUSED = f"""() => {{
  const focused = document.activeElement;
  const seen = focused.matches("input:not([type=range])") ? focused.nextElementSibling : focused;
  const {{outlineStyle, outlineWidth}} = getComputedStyle(seen);
  const is_seen = focused.localName === "iframe" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  return [({TABBABLE})().indexOf(focused), is_seen];
}}"""


def phone(visit: Visit) -> FrameLocator:
    """Return the email on the phone."""
    return visit.page.frame_locator("[data-screen='360'] iframe")


def grounds(folder: Path) -> dict[str, list[str]]:
    """Return the theme's colours of page and card, light and dark, as a browser writes them."""
    text = (folder / "templates" / "bionews" / "palette.css").read_text("utf-8")
    found = re.findall(r"--(?:page|card): #(..)(..)(..);", text)
    colours = [
        f"rgb({int(red, 16)}, {int(green, 16)}, {int(blue, 16)})" for red, green, blue in found
    ]
    return {"light": colours[:2], "dark": colours[2:]}


# Colours


@pytest.mark.parametrize("system", ["light", "dark", "null"])
def test_light_and_dark_are_the_emails_own_whatever_the_computer_is_set_to(
    visit: Visit, system: SystemScheme
) -> None:
    expected = grounds(visit.preview.folder)
    visit.page.emulate_media(color_scheme=system)
    visit.open("/1")
    for chosen in ("light", "dark", "light"):
        visit.switch("scheme", chosen)
        for screen in ("360", "640"):
            visit.until(
                f"(doc, style) => style(doc.body).backgroundColor === {expected[chosen][0]!r}",
                screen,
            )
            assert visit.frame(GROUNDS, screen) == expected[chosen]
            assert (
                visit.frame("(doc, style, frame) => getComputedStyle(frame).colorScheme", screen)
                == chosen
            )


def test_inverted_turns_colours_round_but_not_pictures(visit: Visit) -> None:
    visit.open("/1268a")
    picture = phone(visit).get_by_role("img", name="A cover with four coloured bands")
    picture.scroll_into_view_if_needed()
    visit.until("doc => doc.images[1].naturalWidth > 1")
    as_it_is, light = visit.pixels(picture), visit.frame(GROUNDS)
    text = "(doc, style) => style(doc.querySelector('.prose p')).color"
    assert visit.page.evaluate(LIGHTNESS, visit.frame(text)) < 0.2
    visit.switch("scheme", "inverted")
    visit.until(f"(doc, style) => style(doc.body).backgroundColor !== {light[0]!r}")
    visit.until("doc => doc.images[1].naturalWidth > 1")
    inverted = visit.frame(GROUNDS)
    assert all(visit.page.evaluate(LIGHTNESS, colour) < 0.1 for colour in inverted)
    assert visit.page.evaluate(LIGHTNESS, visit.frame(text)) > 0.6
    assert inverted != grounds(visit.preview.folder)["dark"]
    visit.settled()
    picture.scroll_into_view_if_needed()
    assert visit.pixels(picture) == as_it_is
    visit.switch("scheme", "light")
    visit.until(f"(doc, style) => style(doc.body).backgroundColor === {light[0]!r}")
    assert visit.frame(GROUNDS) == light


# As readers may see it


def test_without_pictures_none_is_asked_for_and_alternative_texts_are_shown(visit: Visit) -> None:
    visit.open("/1268a")
    visit.switch("pictures-off")
    visit.until(f"doc => doc.URL.includes('pictures=off') && !({SHOWN})(doc).some(Boolean)")
    visit.settled()
    visit.asked.clear()
    visit.open("/1268a")
    alternatives = (
        "Four bands of a gel",
        "A cover with four coloured bands",
        "The hall from the street",
    )
    for place, alternative in enumerate(alternatives):
        picture = phone(visit).locator("img").nth(place)
        assert picture.get_attribute("alt") == alternative
        picture.scroll_into_view_if_needed()
        with_words = visit.pixels(picture)
        picture.evaluate("picture => { picture.alt = ' ' }")
        assert visit.pixels(picture) != with_words
    assert visit.frame(SHOWN) == [False] * 3
    assert [address for address in visit.asked if re.search("png|jpg", address)] == []
    visit.switch("pictures-off")
    visit.until(f"doc => doc.images.length === 3 && ({SHOWN})(doc)[1]")


def test_text_is_at_200_per_cent_and_back_again(visit: Visit) -> None:
    visit.open("/1")
    before = visit.frame(SIZES)
    visit.switch("large")
    visit.until(f"(doc, style) => ({SIZES})(doc, style)[5] === {2 * before[5]}")
    assert visit.frame(SIZES) == [2 * size for size in before]
    visit.switch("large")
    visit.until(f"(doc, style) => ({SIZES})(doc, style)[5] === {before[5]}")
    assert visit.frame(SIZES) == before


def test_links_are_outlined_with_their_addresses_and_are_as_they_were_again(visit: Visit) -> None:
    visit.open("/1268a")
    before = visit.frame(LINKS)
    assert len(before) > 20
    assert {(outline, content) for outline, content, _ in before} == {("none", "none")}
    visit.switch("links")
    visit.until(f"(doc, style) => ({LINKS})(doc, style)[0][0] === 'solid'")
    for outline, content, address in visit.frame(LINKS):
        assert outline == "solid"
        assert address in content or "attr(href)" in content
    visit.switch("links")
    visit.until(f"(doc, style) => ({LINKS})(doc, style)[0][0] === 'none'")
    assert visit.frame(LINKS) == before


def test_the_outline_lists_the_headings_and_leads_to_them(visit: Visit) -> None:
    visit.open("/1268a")
    outline = visit.page.get_by_role("complementary", name="Headings")
    expect(outline).to_be_hidden()
    visit.switch("outline")
    expect(outline).to_be_visible()
    headings = visit.frame("""doc => [...doc.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(
      heading => `${heading.localName} ${heading.textContent.trim().replace(/\\s+/g, " ")}`)""")
    entries = outline.get_by_role("button")
    assert [" ".join(text.split()) for text in entries.all_inner_texts()] == headings
    entries.filter(has_text="A meeting").click()
    heading = phone(visit).get_by_role("heading", name="A meeting")
    expect(heading).to_be_in_viewport()
    box = heading.bounding_box()
    assert box
    on_top = "([x, y]) => document.elementFromPoint(x, y).localName"
    assert visit.page.evaluate(on_top, [box["x"] + 20, box["y"] + 10]) == "iframe", (
        "something lies over the heading"
    )
    visit.switch("outline")
    expect(outline).to_be_hidden()


# They stay


def states(visit: Visit) -> dict[str, Any]:
    """Return the switches that are on."""
    return dict(
        visit.page.evaluate("""[...document.querySelectorAll("main input:checked")].map(
          input => [input.name, input.value])""")
    )


def test_switches_stay_from_page_to_page_and_over_a_reload(visit: Visit) -> None:
    visit.open("/1")
    visit.switch("scheme", "dark")
    for name in ("screen-640", "screen-320", "large", "links", "outline"):
        visit.switch(name)
    chosen = states(visit)
    assert set(chosen) == {"screen-360", "screen-320", "scheme", "large", "links", "outline"}
    visit.page.keyboard.press("]")
    visit.page.wait_for_url("**/2")
    for path in ("/596/text", "/1"):
        visit.open(path)
    visit.page.reload()
    visit.settled()
    assert states(visit) == chosen
    assert visit.frame(GROUNDS, "320") == grounds(visit.preview.folder)["dark"]
    assert visit.frame(LINKS, "320")[0][0] == "solid"
    assert max(visit.frame(SIZES, "320")) == 80
    expect(visit.page.get_by_role("complementary", name="Headings")).to_be_visible()
    expect(visit.page.locator("iframe")).to_have_count(2)


def test_keys_in_quick_succession_end_with_what_they_say(visit: Visit) -> None:
    visit.open("/1")
    size, light = visit.frame(SIZES)[5], grounds(visit.preview.folder)["light"]
    for key in "tltdptl1tdp13d3t":
        visit.page.keyboard.press(key)
    assert set(states(visit)) == {"screen-360", "screen-640", "scheme", "large"}
    assert states(visit)["scheme"] == "light"
    for screen in ("360", "640"):
        visit.until(
            f"""(doc, style) => ({SIZES})(doc, style)[5] === {2 * size} && !doc.URL.includes("pictures=off")
              && ({LINKS})(doc, style)[0][0] === "none" && ({GROUNDS})(doc, style).join() === {",".join(light)!r}""",
            screen,
        )


# The keyboard is enough


def test_every_switch_has_its_key(visit: Visit) -> None:
    visit.open("/1")
    boxes = visit.page.locator("main input[type=checkbox]")
    assert boxes.count() == 8
    for box in boxes.all():
        key, was = box.get_attribute("data-key") or "", box.is_checked()
        visit.page.keyboard.press(key)
        assert box.is_checked() is not was, key
        visit.page.keyboard.press(key)
        assert box.is_checked() is was, key
    seen = []
    for _ in range(3):
        seen.append(states(visit)["scheme"])
        visit.page.keyboard.press("d")
    assert seen == ["light", "dark", "inverted"]
    assert states(visit)["scheme"] == "light"
    visit.page.keyboard.press("m")
    expect(visit.page.get_by_role("combobox")).to_be_focused()


def test_every_view_and_issue_has_its_key(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/652")
    for key, path in (
        ("x", "/652/text"),
        ("]", "/1268a/text"),
        ("s", "/1268a/source"),
        ("[", "/652/source"),
        ("z", "/652/size"),
        ("e", "/652"),
        ("a", "/"),
    ):
        visit.page.keyboard.press(key)
        visit.page.wait_for_url(visit.preview.at(path))
    visit.open("/652/text")
    visit.page.keyboard.press("c")
    expect(visit.page.get_by_role("status")).to_have_text("HTML copied.")


@pytest.mark.parametrize("view", ["", "/text", "/source", "/size"])
def test_the_help_lists_every_key_that_the_page_shows_or_knows(visit: Visit, view: str) -> None:
    visit.open(f"/652{view}")
    known = set(
        visit.page.locator("[data-key]").evaluate_all("found => found.map(one => one.dataset.key)")
    )
    shown = set(visit.page.locator("kbd:visible").all_inner_texts())
    assert shown <= known | {"?"}
    visit.page.keyboard.press("?")
    help_ = visit.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help_).to_be_visible()
    assert set(help_.locator("kbd").all_inner_texts()) == known | {"?"}
    for explanation in help_.get_by_role("definition").all():
        assert explanation.inner_text().strip()
    if view == "":
        assert axe_violations(visit.page) == []
    visit.page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    visit.page.get_by_role("button", name="Shortcuts").click()
    expect(help_).to_be_visible()
    help_.get_by_role("button", name="Close").click()
    expect(help_).to_be_hidden()


def test_single_keys_can_be_switched_off_and_on_again(visit: Visit) -> None:
    visit.open("/1")
    large = visit.page.locator("input[name=large]")

    def flip() -> None:
        visit.page.keyboard.press("?")
        visit.page.get_by_role("dialog").locator("label").click()
        visit.page.keyboard.press("Escape")
        expect(visit.page.get_by_role("dialog")).to_be_hidden()

    flip()
    visit.page.keyboard.press("t")
    assert not large.is_checked()
    visit.open("/1")
    visit.page.keyboard.press("t")
    assert not large.is_checked()
    flip()
    visit.page.keyboard.press("t")
    assert large.is_checked()


def test_keys_do_nothing_while_one_chooses_or_holds_another_key(visit: Visit) -> None:
    visit.open("/1")
    before = states(visit)
    for held in ("Control", "Alt", "Meta"):
        visit.page.keyboard.press(f"{held}+d")
    visit.page.get_by_role("combobox").focus()
    for key in "dtlo":
        visit.page.keyboard.press(key)
    assert states(visit) == before
    visit.page.get_by_role("main").focus()
    visit.page.keyboard.press("?")
    visit.page.keyboard.press("d")
    assert states(visit) == before


def test_keys_work_while_the_email_has_the_focus(visit: Visit) -> None:
    visit.open("/1")
    before = visit.frame(SIZES)
    phone(visit).get_by_text("In few words.").last.click()
    assert visit.page.evaluate("document.activeElement.localName") == "iframe"
    visit.page.keyboard.press("t")
    visit.until(f"(doc, style) => ({SIZES})(doc, style)[5] === {2 * before[5]}")
    visit.page.keyboard.press("t")
    visit.until(f"(doc, style) => ({SIZES})(doc, style)[5] === {before[5]}")
    visit.page.keyboard.press("?")
    expect(visit.page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("path", ["/1", "/652/text", "/1/source", "/1/size", "/", "/2"])
def test_tab_reaches_every_control_in_order_and_the_focus_is_seen(visit: Visit, path: str) -> None:
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
