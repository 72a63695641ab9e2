"""The archive in the preview: as it is now, in a frame that follows saves, and safe to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from newsletter.archive.archive import Archive
from newsletter.archive.page import Page as SitePage
from newsletter.preview.live_archive import LiveArchive
from newsletter.preview.policies import site_policy
from tests.preview.conftest import Answer, Page, Preview, Save, served

BODY = f"        body: {'The whole piece, which the archive has. ' * 60}\n"


def opened(preview: Preview, target: str, dest: str = "document") -> Answer:
    """Return what a browser gets that opens a page in a window, or in a frame."""
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=10)) as connection:
        connection.request("GET", target, headers={"Sec-Fetch-Dest": dest})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def policy(answer: Answer) -> dict[str, list[str]]:
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for words in map(str.split, parts)}


def with_a_piece(folder: Path, title: str = "A story of its own") -> None:
    """Give issue 652 a piece that has a page of its own."""
    manifest = folder / "issues" / "652" / "issue.yaml"
    text = manifest.read_text("utf-8")
    start = "      - title: Boost to egg and sperm donations needed, says HFEA\n"
    piece = f"      - title: {title}\n{BODY}"
    assert start in text
    manifest.write_text(text.replace(start, piece + start), "utf-8")


@pytest.mark.parametrize("path", ["", "652/", "596/", "652"])
def test_a_page_of_the_site_is_as_it_will_be_with_links_that_stay_here(
    preview: Preview, path: str
) -> None:
    answer = preview.ask(f"/archive/{path}")
    if path == "652":
        assert answer.headers["Location"] == "/archive/652/"
        return
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    own = [link for link in Page(answer.text).links() if link.startswith("/")]
    assert own
    assert all(link.startswith("/archive/") for link in own)


def test_its_address_may_be_typed_without_the_last_slash(preview: Preview) -> None:
    assert preview.ask("/archive").headers["Location"] == "/archive/"


def test_the_style_sheet_is_there(preview: Preview) -> None:
    page = Page(preview.ask("/archive/652/").text)
    sheets = [link["href"] for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert sheets
    for sheet in sheets:
        answer = preview.ask(sheet)
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/css")


def test_a_page_that_is_opened_by_itself_is_in_a_frame_of_ours(preview: Preview) -> None:
    answer = opened(preview, "/archive/652/")
    page = Page(answer.text)
    assert [frame["src"] for frame in page.all("iframe")] == ["/archive/652/"]
    assert "/652" in page.links()
    assert policy(answer)["frame-src"] == ["'self'"]
    in_frame = opened(preview, "/archive/652/", dest="iframe")
    assert in_frame.body == preview.ask("/archive/652/").body


def test_a_page_of_the_site_runs_no_script_and_the_search_only_ours(preview: Preview) -> None:
    of_issue = policy(preview.ask("/archive/652/"))
    assert of_issue["default-src"] == ["'none'"]
    assert "script-src" not in of_issue
    assert "connect-src" not in of_issue
    assert site_policy("search/").endswith("; script-src 'self'; connect-src 'self'")


@pytest.mark.parametrize(
    "path", ["653/", "652/no-such-piece/", "6%2F", "%00", "..%2f..%2fetc", "a" * 5000]
)
def test_a_page_that_is_not_there_names_those_that_are_near(preview: Preview, path: str) -> None:
    answer = preview.ask(f"/archive/{path}")
    assert answer.status == 404
    links = Page(answer.text).links()
    assert links[-1] == "/archive/"
    assert all(preview.ask(link).status == 200 for link in links)
    assert opened(preview, f"/archive/{path}").status == 404


def test_near_are_the_pages_of_the_issue(preview: Preview) -> None:
    with_a_piece(preview.folder)
    links = Page(preview.ask("/archive/652/a-story-of-its-won/").text).links()
    assert links[:2] == ["/archive/652/a-story-of-its-own/", "/archive/652/"]


def test_what_is_asked_for_stays_text(preview: Preview) -> None:
    answer = preview.ask("/archive/%3Cscript%3Ealert(1)%3C/script%3E/")
    assert Page(answer.text).all("script") == []
    assert policy(answer)["default-src"] == ["'none'"]
    around = opened(preview, "/archive/%22onload=%22alert(1)/")
    assert Page(around.text).handlers() == []


def test_a_save_is_seen_at_once(preview: Preview, save: Save) -> None:
    assert "Donations of eggs" not in preview.ask("/archive/652/").text
    save("Boost to egg and sperm donations needed, says HFEA", "Donations of eggs")
    assert "Donations of eggs" in preview.ask("/archive/652/").text


def test_an_issue_of_a_day_to_come_is_there_too(preview: Preview, save: Save) -> None:
    save("date: 2012-04-16", "date: 2112-04-18")
    assert preview.ask("/archive/652/").status == 200


def test_mistakes_are_listed_and_the_last_good_page_stays(preview: Preview, save: Save) -> None:
    good = preview.ask("/archive/652/").body
    save("kind: comment", "kind: comments")
    assert preview.ask("/archive/652/").body == good
    around = opened(preview, "/archive/652/")
    assert around.status == 200
    assert "Fix these mistakes" in Page(around.text).words
    assert any(link.startswith("vscode:") for link in Page(around.text).links())
    save("kind: comments", "kind: comment")
    assert "Fix these mistakes" not in Page(opened(preview, "/archive/652/").text).words


def test_a_draft_with_mistakes_from_the_start_hides_no_other_issue(
    newsletter_folder: Path,
) -> None:
    manifest = newsletter_folder / "issues" / "652" / "issue.yaml"
    text = manifest.read_text("utf-8").replace("date: 2012-04-16", "date: 2112-04-18")
    manifest.write_text(text.replace("kind: comment", "kind: comments"), "utf-8")
    with served(newsletter_folder) as preview:
        around = opened(preview, "/archive/596/")
        assert around.status == 200
        assert "Fix these mistakes" in Page(around.text).words
        assert preview.ask("/archive/596/").status == 200


def test_an_open_page_hears_of_each_change(preview: Preview, save: Save) -> None:
    preview.wait_until_it_watches()
    with preview.stream("?archive=/archive/") as stream:
        before = stream.event()
        assert f'data-version="{before}"' in opened(preview, "/archive/").text
        save("Boost to egg and sperm donations needed, says HFEA", "Donations of eggs")
        after = stream.event()
        assert after != before


def test_read_more_and_the_list_lead_there(preview: Preview) -> None:
    assert "/archive/" in Page(preview.ask("/").text).links()
    page = Page(preview.ask("/652").text)
    assert "/archive/652/" in page.links()
    (main,) = page.all("main")
    assert main["data-archive"] == "https://www.bionews.org.uk/issues/"


def test_the_email_itself_has_the_real_addresses(preview: Preview) -> None:
    with_a_piece(preview.folder)
    html = preview.ask("/652/email.html?pictures=here").text
    assert "https://www.bionews.org.uk/issues/652/a-story-of-its-own/" in html
    assert "/archive/" not in html


def test_a_newsletter_without_issues_has_a_front_page_or_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    with served(tmp_path) as preview:
        answer = preview.ask("/archive/")
        assert answer.status == 200
        assert "Fix these mistakes" in answer.text


def test_only_the_page_that_is_looked_at_is_made(
    newsletter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    render = Archive.render

    def noted(self: Archive, template: str, values: Mapping[str, object]) -> str:
        made.append(template)
        return render(self, template, values)

    def never(_: Archive) -> Iterator[SitePage]:
        raise AssertionError("the search was made")

    monkeypatch.setattr(Archive, "render", noted)
    monkeypatch.setattr("newsletter.archive.pages.search.pages", never)
    live = LiveArchive(newsletter_folder / "issues", newsletter_folder / "templates")
    site = live.site()
    assert live.site() is site
    page = site.page("652/")
    assert page
    assert page is site.page("652/index.html")
    assert live.content(page) == live.content(page)
    assert made == ["issue.html.j2"]
