"""The pages of the preview as an editor sees them: inbox, screens, text, source, size and the list."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from newsletter.cli.build import build_one
from newsletter.email.building import draft
from newsletter.services import profile_of, with_merge_tags
from tests.browser.preview_server import Preview, Visit, axe_violations, served, visiting

pytestmark = pytest.mark.browser

CLIENTS = (
    "Gmail, phone",
    "Apple Mail, iPhone",
    "Outlook, phone",
    "Apple Mail, Mac",
    "Outlook, Windows",
    "Gmail, web",
)
PAGES = ("/1268a", "/1268a/text", "/1/source", "/1268a/size", "/", "/no-such-page", "/2", "/1269")
CUT = """element => {
  const cuts = ({display, textOverflow}) => display !== "inline" && textOverflow === "ellipsis";
  while (!cuts(getComputedStyle(element))) element = element.parentElement;
  const lines = Number(getComputedStyle(element).webkitLineClamp) || 1;
  return [element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight, lines];
}"""
"""Whether the text that an element is in is cut with an ellipsis, and after how many lines."""
RULER = """() => {
  const group = document.querySelector("[aria-label='Plain text in a fixed width']");
  const ruler = group.querySelector("[aria-hidden]"), line = group.querySelector("pre").firstElementChild;
  const text = document.createRange(), letters = line.textContent.trimEnd().length;
  text.setStart(line.firstChild, 0);
  text.setEnd(line.firstChild, letters);
  const box = text.getBoundingClientRect();
  return [ruler.getBoundingClientRect().right - box.left, box.width / letters];
}"""
"""Where the ruler ends, from the left edge of the text, and how wide a character is."""


@pytest.fixture(scope="module")
def built(shelf: Preview, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what ``newsletter build`` makes of the golden issue, by file."""
    folder = build_one(shelf.issues / "1268a", tmp_path_factory.mktemp("built"))[1]
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def golden(browser: Browser, shelf: Preview) -> Iterator[Visit]:
    """Open the page of the golden issue, for tests that change nothing."""
    with visiting(browser, shelf, "/1268a") as visit:
        yield visit


def row(visit: Visit, client: str) -> Locator:
    """Return a row of an inbox."""
    return visit.page.get_by_role("listitem").filter(has=visit.page.get_by_text(client, exact=True))


def show(visit: Visit, *screens: str) -> None:
    """Show these screens, and no others."""
    for box in visit.page.locator("input[name^='screen-']").all():
        name = box.get_attribute("name") or ""
        if box.is_checked() != (name.removeprefix("screen-") in screens):
            visit.switch(name)
    visit.page.wait_for_function(
        """expected => [...document.querySelectorAll("[data-screen]")].every(screen =>
          expected.includes(screen.dataset.screen) === Boolean(screen.querySelector("iframe")))""",
        arg=list(screens),
    )
    visit.settled()


# The inbox


@pytest.mark.parametrize("client", CLIENTS)
def test_each_inbox_shows_sender_subject_and_preheader(golden: Visit, client: str) -> None:
    there = row(golden, client)
    expect(there.get_by_text("Sample, Weekly", exact=True)).to_be_visible()
    expect(
        there.get_by_text("Number 1268a: everything – “quoted”, ümläuted and 🧬")
    ).to_be_visible()
    expect(there.get_by_text("Every kind of item in one issue")).to_be_visible()


def test_a_long_subject_and_preheader_are_cut_as_the_inbox_cuts_them(visit: Visit) -> None:
    visit.open("/1269")
    for client in CLIENTS:
        there = row(visit, client)
        assert there.get_by_text("A very long line").evaluate(CUT) == [True, 1], client
        lines = 2 if client.startswith("Apple") else 1
        assert there.get_by_text("with more words").evaluate(CUT) == [True, lines], client


def test_a_short_subject_and_preheader_are_not_cut(visit: Visit) -> None:
    visit.open("/1")
    for client in CLIENTS:
        for text in ("Short", "Brief"):
            cut, _ = row(visit, client).get_by_text(text).evaluate(CUT)
            assert not cut, (client, text)


# The email on its screens


def test_every_frame_is_given_what_build_writes_with_pictures_from_here(
    visit: Visit, shelf: Preview, built: dict[str, bytes]
) -> None:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    visit.page.on("response", note)
    visit.open("/1268a")
    visit.page.remove_listener("response", note)
    into_frames = [
        answer
        for answer in answers
        if answer.request.is_navigation_request() and answer.frame.parent_frame
    ]
    expected = built["email.html"].decode()
    for file in draft(shelf.issues / "1268a").files:
        expected = expected.replace(f'src="{file.address}"', f'src="/1268a/pictures/{file.name}"')
    assert [answer.text() for answer in into_frames] == [expected] * 2


def test_what_is_in_a_frame_can_run_nothing(golden: Visit) -> None:
    for frame in golden.page.locator("iframe").all():
        assert (frame.get_attribute("sandbox") or "").split() == ["allow-same-origin"]
        assert frame.get_attribute("title")


def test_the_email_is_as_wide_as_each_screen(visit: Visit) -> None:
    visit.open("/1")
    show(visit, "360", "320", "640", "free")
    for screen in ("360", "320", "640"):
        assert visit.frame("doc => doc.defaultView.innerWidth", screen) == int(screen)


def test_screens_are_side_by_side_or_one_is_alone(visit: Visit) -> None:
    visit.open("/1")
    show(visit, "360", "640")
    left, right = (frame.bounding_box() for frame in visit.page.locator("iframe").all())
    assert left
    assert right
    assert left["x"] + left["width"] < right["x"]
    assert left["y"] == right["y"]
    show(visit, "320")
    expect(visit.page.locator("iframe")).to_have_count(1)


def test_the_free_screen_is_as_wide_as_its_slider_says(visit: Visit) -> None:
    visit.open("/1")
    show(visit, "free")
    slider = visit.page.get_by_role("slider")
    assert visit.frame("doc => doc.defaultView.innerWidth", "free") == int(slider.input_value())
    for width in ("700", "301"):
        slider.fill(width)
        expect(visit.page.locator("output")).to_have_text(width)
        visit.settled()
        assert visit.frame("doc => doc.defaultView.innerWidth", "free") == int(width)


def test_the_free_screen_can_be_dragged_by_its_corner(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 2400})
    visit.open("/1")
    show(visit, "free")
    before = visit.frame("doc => doc.defaultView.innerWidth", "free")
    box = visit.page.locator("[data-screen=free] iframe").bounding_box()
    assert box
    x, y = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 90, y, steps=4)
    visit.page.mouse.up()
    visit.until(f"doc => doc.defaultView.innerWidth > {before + 60}", "free")
    visit.settled()
    width = visit.frame("doc => doc.defaultView.innerWidth", "free")
    expect(visit.page.get_by_role("slider")).to_have_value(str(width))
    expect(visit.page.locator("output")).to_have_text(str(width))


def test_a_frame_is_as_high_as_its_email_and_does_not_scroll(visit: Visit) -> None:
    overflow = """doc => [doc.documentElement.scrollHeight - doc.defaultView.innerHeight,
      doc.documentElement.scrollWidth - doc.defaultView.innerWidth]"""
    visit.open("/1268a")
    show(visit, "360", "320", "640", "free")
    for screen in ("360", "320", "640", "free"):
        assert visit.frame(overflow, screen) == [0, 0], screen


def test_the_pictures_of_the_folder_and_of_the_web_are_shown(golden: Visit) -> None:
    golden.page.locator("[data-screen='360']").scroll_into_view_if_needed()
    golden.until(
        "doc => doc.images.length === 3 && [...doc.images].every(picture => picture.naturalWidth > 1)"
    )
    hosts = golden.frame("doc => [...doc.images].map(picture => new URL(picture.src).hostname)")
    assert sorted(hosts) == ["127.0.0.1", "127.0.0.1", "sample.test"]


def test_the_console_stays_empty_with_pictures_and_without(
    browser: Browser, shelf: Preview
) -> None:
    with visiting(browser, shelf, "/1268a") as visit:
        visit.switch("pictures-off")
        visit.until("doc => doc.URL.includes('pictures=off')")
        visit.settled()
        visit.switch("pictures-off")
        visit.until("doc => doc.URL.includes('pictures=here') && doc.images[1].naturalWidth > 1")
        visit.settled()
        assert visit.console == []


def test_a_link_of_the_email_opens_a_tab_and_the_frame_stays(visit: Visit) -> None:
    visit.open("/1")
    link = (
        visit.page.frame_locator("[data-screen='360'] iframe")
        .get_by_role("link", name="The Sample Weekly")
        .first
    )
    before = visit.frame("doc => doc.URL")
    for by_keyboard in (False, True):
        with visit.context.expect_page() as opened:
            if by_keyboard:
                link.press("Enter")
            else:
                link.click()
        opened.value.close()
        assert visit.asked[-1] == "https://sample.test/"
    assert visit.frame("doc => doc.URL") == before
    assert visit.page.url == visit.preview.at("/1")


def test_a_link_within_the_email_leads_there(visit: Visit) -> None:
    visit.open("/1268a")
    email = visit.page.frame_locator("[data-screen='360'] iframe")
    link = email.get_by_role("link").first
    link.evaluate("link => link.setAttribute('href', '#a-review-with-every-detail')")
    link.click()
    item = email.get_by_role("heading", name="A review with every detail")
    expect(item).to_be_in_viewport()
    box = item.bounding_box()
    assert box
    on_top = "([x, y]) => document.elementFromPoint(x, y).localName"
    assert visit.page.evaluate(on_top, [box["x"] + 20, box["y"] + 10]) == "iframe", (
        "something lies over the heading"
    )
    assert len(visit.context.pages) == 1
    assert visit.page.url == visit.preview.at("/1268a")


# Text, source and size


def test_the_plain_text_is_shown_in_a_fixed_width_and_as_on_a_phone(
    visit: Visit, built: dict[str, bytes]
) -> None:
    widths = """pre => ["iiii", "MMMM"].map(letters => {
      const context = document.createElement("canvas").getContext("2d");
      context.font = getComputedStyle(pre).font;
      return context.measureText(letters).width;
    })"""
    visit.open("/1268a/text")
    for name, is_fixed in (("Fixed width", True), ("Proportional, on a phone", False)):
        text = visit.page.get_by_role("figure", name=name).locator("pre")
        assert (text.text_content() or "").rstrip("\n") == built["email.txt"].decode().rstrip("\n")
        narrow, wide = text.evaluate(widths)
        assert (narrow == wide) == is_fixed


def test_the_ruler_ends_where_lines_end(
    browser: Browser, visit: Visit, newsletter_folder: Path
) -> None:
    visit.open("/652/text")
    end, letter = visit.page.evaluate(RULER)
    assert end == pytest.approx(66 * letter, abs=2)
    with served(newsletter_folder) as preview, visiting(browser, preview, "/652/text") as other:
        end, letter = other.page.evaluate(RULER)
        assert end == pytest.approx(72 * letter, abs=2)


def test_the_source_is_the_html_and_the_message_to_the_letter(
    visit: Visit, built: dict[str, bytes]
) -> None:
    visit.open("/1268a/source")
    lines = (
        visit.page.get_by_role("group", name="HTML source")
        .get_by_role("listitem")
        .all_text_contents()
    )
    assert "\n".join(lines) == built["email.html"].decode()
    message = visit.page.get_by_role("group", name="Raw message").text_content() or ""
    assert message == built["email.eml"].decode("ascii").replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("label", "name"), [("HTML", "email.html"), ("Text", "email.txt"), ("Message", "email.eml")]
)
def test_a_download_is_the_file_that_build_writes(
    golden: Visit, built: dict[str, bytes], label: str, name: str
) -> None:
    links = golden.page.get_by_role("group", name="Download or copy")
    with golden.page.expect_download() as download:
        links.get_by_role("link", name=label).click()
    assert download.value.suggested_filename == name.replace(".", "-1268a.")
    assert download.value.path().read_bytes() == built[name]


def test_copying_puts_the_html_on_the_clipboard(visit: Visit, built: dict[str, bytes]) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for path in ("/1268a/text", "/1268a"):
        visit.open(path)
        visit.page.get_by_role("button", name="Copy HTML").click()
        expect(visit.page.get_by_role("status")).to_have_text("HTML copied.")
        assert visit.page.evaluate("navigator.clipboard.readText()") == built["email.html"].decode()
        visit.page.evaluate("navigator.clipboard.writeText('')")


def numbers(cells: list[str]) -> list[int]:
    """Return the numbers in cells of a table."""
    return [int(cell.replace(",", "")) for cell in cells]


def test_the_sizes_add_up_and_no_item_is_left_out(visit: Visit, built: dict[str, bytes]) -> None:
    visit.open("/1268a/size")
    whole = len(built["email.html"])
    expect(visit.page.get_by_text(f"{whole:,} bytes")).to_be_visible()
    kinds = visit.page.get_by_role("table", name="Where the bytes go").locator("tbody tr").all()
    assert sum(numbers([kind.locator("td").first.inner_text() for kind in kinds])) == whole
    items = visit.page.get_by_role("table", name="What each item adds").locator("tbody tr").all()
    assert len(items) == 11
    for item in items:
        *parts, together = numbers(item.locator("td.figure").all_inner_texts())
        assert sum(parts) == together
        assert 0 < together < whole


# Merge tags


def test_sample_values_replace_merge_tags(golden: Visit) -> None:
    assert "Dear friend," in golden.frame("doc => doc.body.textContent")
    assert (
        golden.frame(
            "doc => doc.querySelectorAll(\"[href='mailto:leave@sample.test?subject=leave']\").length"
        )
        == 1
    )


def test_each_service_shows_its_own_tags(visit: Visit) -> None:
    visit.open("/1268a/text")
    text = visit.page.get_by_role("group", name="Plain text in a fixed width")
    for service in with_merge_tags():
        profile = profile_of(service)
        tags = {**profile.merge_tags, **profile.text_tags}
        with visit.page.expect_navigation():
            visit.page.get_by_role("combobox").select_option(service)
        expect(text).to_contain_text(f"Dear {tags['first-name']},")
        assert tags["unsubscribe"] in text.inner_text()


def test_a_chosen_service_stays_when_one_goes_from_view_to_view_and_issue_to_issue(
    visit: Visit,
) -> None:
    visit.open("/1268a")
    with visit.page.expect_navigation():
        visit.page.get_by_role("combobox").select_option("mailchimp")
    visit.settled()
    assert "Dear *|FNAME|*," in visit.frame("doc => doc.body.textContent")
    assert visit.frame("doc => doc.querySelectorAll(\"[href='*|UNSUB|*']\").length") == 1
    for view, group in (("Source", "HTML source"), ("Text", "Plain text in a fixed width")):
        visit.page.get_by_role("navigation", name="Views").get_by_role("link", name=view).click()
        expect(visit.page.get_by_role("group", name=group)).to_contain_text("Dear *|FNAME|*,")
        expect(visit.page.get_by_role("combobox")).to_have_value("mailchimp")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("group", name="Download or copy").get_by_role(
            "link", name="Text"
        ).click()
    assert "*|FNAME|*" in download.value.path().read_text("utf-8")
    visit.page.get_by_role("navigation", name="Issues").get_by_role("link", name="652").click()
    visit.page.wait_for_url("**/652/text?tags=mailchimp")
    visit.page.get_by_role("combobox").select_option("Sample values")
    expect(visit.page.get_by_role("group", name="Plain text in a fixed width")).to_contain_text(
        "Dear friend,"
    )


# The list of issues, and the way from one to the next


def test_the_list_has_all_issues_newest_first_with_their_state(visit: Visit) -> None:
    visit.open("/")
    heads = visit.page.get_by_role("columnheader").all_inner_texts()
    rows = [
        dict(zip(heads, issue.locator("th, td").all_inner_texts(), strict=True))
        for issue in visit.page.locator("tbody tr").all()
    ]
    assert {issue["Number"]: issue["State"] for issue in rows} == {
        "1269": "not built yet",
        "1268a": "not built yet",
        "652": "built",
        "596": "changed since it was built",
        "2": "2 to fix",
        "1": "not built yet",
    }
    assert [issue["Number"] for issue in rows] == ["1269", "1268a", "652", "596", "2", "1"]
    assert rows[1]["Date"] == "Monday 28 October 2024"
    assert rows[1]["Subject"] == "Number 1268a: everything – “quoted”, ümläuted and 🧬"
    visit.page.get_by_role("link", name="652").click()
    expect(visit.page).to_have_url(visit.preview.at("/652"))


def test_a_long_list_goes_on_on_further_pages(browser: Browser, newsletter_folder: Path) -> None:
    for number in range(700, 727):
        shutil.copytree(
            newsletter_folder / "issues" / "596", newsletter_folder / "issues" / str(number)
        )
    numbers = [*(str(number) for number in range(726, 699, -1)), "652", "596"]
    with served(newsletter_folder) as preview, visiting(browser, preview, "/") as visit:
        rows = visit.page.get_by_role("rowheader")
        assert rows.all_inner_texts() == numbers[:25]
        visit.page.get_by_role("link", name="Older than 702").click()
        expect(rows).to_have_text(numbers[25:])
        expect(visit.page.get_by_role("link", name="Older than")).to_have_count(0)
        visit.page.get_by_role("link", name="Newest").click()
        expect(rows).to_have_text(numbers[:25])


def test_links_lead_from_one_issue_to_the_next_in_the_same_view(visit: Visit) -> None:
    issues = visit.page.get_by_role("navigation", name="Issues")
    older, newer = issues.locator("[rel=prev]"), issues.locator("[rel=next]")
    visit.open("/1269/text")
    expect(newer).to_have_count(0)
    for there in ("1268a", "652"):
        older.click()
        expect(visit.page).to_have_url(visit.preview.at(f"/{there}/text"))
    for there in ("1268a", "1269"):
        newer.click()
        expect(visit.page).to_have_url(visit.preview.at(f"/{there}/text"))
    visit.open("/1/text")
    expect(older).to_have_count(0)


def test_what_there_is_not_is_said_and_leads_back(visit: Visit) -> None:
    visit.open("/653")
    expect(visit.page.get_by_role("heading", name="There is no issue 653.")).to_be_visible()
    visit.page.get_by_role("link", name="All issues").click()
    expect(visit.page).to_have_url(visit.preview.at("/"))


# For everyone


@pytest.fixture(scope="module", params=PAGES)
def page(_reader: Visit, request: pytest.FixtureRequest) -> Page:
    """Open each page, one after the other."""
    _reader.open(request.param)
    return _reader.page


@pytest.fixture(scope="module")
def _reader(browser: Browser, shelf: Preview) -> Iterator[Visit]:
    with visiting(browser, shelf) as visit:
        yield visit


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_core_finds_no_violation_on_any_page(
    page: Page, scheme: Literal["light", "dark"], width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [640, 360, 320])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
