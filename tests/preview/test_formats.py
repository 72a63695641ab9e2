"""The formats of an issue in the preview: one is shown, the others are a key away, and all of them count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.email.building import email_files, write_build
from newsletter.email.merge_tags import own_email
from newsletter.email.rendering import render
from newsletter.model import Finding
from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.views import Views
from newsletter.problem import Problem
from tests.preview.conftest import Page, Preview, Save, served, with_formats
from tests.preview.test_views import VIEWS, states

PATHS = {"email": "", **{view: f"/{view}" for view in VIEWS[1:]}}


@pytest.fixture
def views(in_formats: Path) -> Views:
    return Views(LiveIssues(in_formats / "issues"), "vscode")


@pytest.fixture
def preview(in_formats: Path) -> Iterator[Preview]:
    with served(in_formats) as preview:
        yield preview


def seen(views: Views, format: str = "") -> Snapshot:
    current = views.live.snapshot("652", format)
    assert current is not None
    return current


def shown(views: Views, view: str, format: str = "", service: str | None = None) -> Page:
    return Page(getattr(views, view)(seen(views, format), service))


def switch(page: Page) -> dict[str, str]:
    """Return the addresses of the switch, each with whether it is the current one."""
    return {
        link["href"]: link.get("aria-current", "")
        for link in page.all("a")
        if link.get("data-key") == "f"
    }


# The switch


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_switch_and_says_which_format_it_shows(views: Views, view: str) -> None:
    addresses = [f"/652{PATHS[view]}{query}" for query in ("", "?format=full", "?format=plain")]
    for current, format in enumerate(("", "full", "plain")):
        links = switch(shown(views, view, format))
        assert list(links) == addresses
        assert [bool(mark) for mark in links.values()] == [place == current for place in range(3)]


def test_links_keep_the_format_and_the_service(views: Views) -> None:
    links = shown(views, "size", "full", "brevo").links()
    query = "?format=full&tags=brevo"
    assert {
        f"/596/size{query}",
        f"/652{query}",
        f"/652/checks{query}",
        f"/652/email.eml{query}",
        "/652/size?tags=brevo",
        "/652/size?format=plain&tags=brevo",
    } <= set(links)


def test_the_form_of_the_merge_tags_keeps_the_format(views: Views) -> None:
    hidden = {"type": "hidden", "name": "format", "value": "full"}
    assert hidden in shown(views, "text", "full").all("input")
    assert not shown(views, "text").all("input")[1:]


def test_the_help_has_its_key(views: Views) -> None:
    assert "the next format" in shown(views, "text").words


def test_without_formats_there_is_nothing_to_switch(newsletter_folder: Path) -> None:
    views = Views(LiveIssues(newsletter_folder / "issues"), "vscode")
    for view in VIEWS:
        page = shown(views, view)
        assert switch(page) == {}
        assert "next format" not in page.words
        assert not [link for link in page.links() if "format=" in link]


# Over HTTP


@pytest.mark.parametrize("path", [*PATHS.values(), "/email.html", "/email.txt", "/email.eml"])
def test_an_unknown_format_is_not_there(preview: Preview, path: str) -> None:
    for name in ("nope", "%3Cimg%20src=x%3E", "../652", "full%00"):
        answer = preview.ask(f"/652{path}?format={name}")
        assert answer.status == 404
        assert "There is no issue 652 in the format" in answer.text
        assert not Page(answer.text).all("img")


def test_the_leading_format_needs_no_name(preview: Preview) -> None:
    for query in ("?format=", "?format=teasers"):
        named = preview.ask(f"/652/email.eml{query}")
        assert named.body == preview.ask("/652/email.eml").body


def test_each_format_has_files_of_its_own(preview: Preview, in_formats: Path) -> None:
    live = LiveIssues(in_formats / "issues")
    for format in ("full", "plain"):
        snapshot = live.snapshot("652", format)
        assert snapshot
        assert snapshot.email
        text = preview.ask(f"/652/email.txt?format={format}")
        assert text.body == own_email(snapshot.email).text.encode()


def test_plain_text_alone_has_no_html(preview: Preview) -> None:
    answer = preview.ask("/652/email.html?format=plain")
    assert answer.status == 404
    assert "The format plain is plain text alone." in answer.text


def test_a_stream_is_of_the_format_that_its_page_shows(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = renderings(monkeypatch)
    with preview.stream("?issue=652&format=full") as stream:
        version = stream.event()
    assert rendered == ["full"]
    main = Page(preview.ask("/652?format=full").text).all("main")[0]
    assert (main["data-format"], main["data-version"]) == ("full", version)
    assert rendered == ["full"]


# What is rendered, and when


def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of each format that is rendered."""
    rendered: list[str] = []

    def noting(issue, theme, format, pictures):  # type: ignore[no-untyped-def]
        rendered.append(format.name)
        return render(issue, theme, format, pictures)

    monkeypatch.setattr("newsletter.preview.live_issues.render", noting)
    return rendered


def test_a_save_renders_only_what_is_looked_at(
    views: Views, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = renderings(monkeypatch)
    shown(views, "email", "full")
    shown(views, "text", "full")
    assert rendered == ["full"]
    save("Rome hospital criticised", "A hospital in Rome criticised")
    shown(views, "email", "full")
    assert rendered == ["full", "full"]
    shown(views, "email")
    assert rendered == ["full", "full", "teasers"]


@pytest.mark.parametrize("format", ["", "full"])
def test_the_last_good_email_stays_in_each_format(views: Views, save: Save, format: str) -> None:
    good = seen(views, format)
    save("date: 2012-04-16", "date: 2012-04-31")
    broken = seen(views, format)
    assert broken.problems
    assert broken.email is good.email


def test_a_format_that_was_never_good_gives_way_to_the_leading_one(
    views: Views, save: Save
) -> None:
    good = seen(views)
    save("date: 2012-04-16", "date: 2012-04-31")
    assert seen(views, "full").email is good.email
    page = shown(views, "email", "full")
    assert "This is the last good email." in page.words
    assert switch(page)["/652"] == "true"
    save("date: 2012-04-31", "date: 2012-04-16")
    email = seen(views, "full").email
    assert email
    assert email.format.name == "full"


def test_a_format_that_is_no_longer_there_is_missed(views: Views, in_formats: Path) -> None:
    seen(views, "full")
    publication = in_formats / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("name: full", "name: long"))
    assert views.live.snapshot("652", "full") is None
    assert seen(views, "long").email


# What the pages show


def test_plain_text_alone_is_shown_as_it_is(views: Views) -> None:
    page = shown(views, "email", "plain")
    email = seen(views, "plain").email
    assert email
    assert "This format is plain text alone: it has no HTML." in page.words
    assert own_email(email).text.strip() in page.words
    assert not [figure for figure in page.all("figure") if "data-screen" in figure]
    downloads = [link["download"] for link in page.all("a") if "download" in link]
    assert downloads == ["email-652-plain.txt", "email-652-plain.eml"]
    (copy,) = (button for button in page.all("button") if button.get("id") == "copy")
    assert (copy["data-part"], copy["data-file"]) == ("text", "email.txt")


def test_the_source_of_plain_text_alone_is_the_message(views: Views) -> None:
    page = shown(views, "source", "plain")
    groups = [element.get("aria-label") for element in page.all("pre") + page.all("div")]
    assert "Raw message" in groups
    assert "HTML source" not in groups


def test_the_sizes_have_each_format(views: Views) -> None:
    page = shown(views, "size", "full")
    for format in ("", "full"):
        email = seen(views, format).email
        assert email
        size = len(own_email(email).html.encode())
        assert f"{size:,}" in page.words
        assert f"{100 * size / 102_400:.0f}%" in page.words
    assert "plain text alone" in page.words
    assert "teasers, since" not in page.words


def test_the_sizes_of_an_only_format_are_told_too(newsletter_folder: Path) -> None:
    only = "formats: [{name: full, shows: full, at_most: 1%}]\n"
    views = Views(LiveIssues(with_formats(newsletter_folder, only) / "issues"), "vscode")
    snapshot = views.live.snapshot("596")
    assert snapshot
    page = Page(views.size(snapshot, None))
    assert switch(page) == {"/596/size": "true"}
    assert "In full, 1 piece is only a teaser" in " ".join(page.words.split())


def test_a_tab_says_which_format_it_shows(views: Views) -> None:
    for format, title in (("", "652 · BioNews"), ("full", "652 full · BioNews")):
        assert f"{title}\n" in shown(views, "text", format).words


def test_the_sizes_of_plain_text_alone_are_of_no_html(views: Views) -> None:
    words = shown(views, "size", "plain").words
    assert "What each format weighs" in words
    assert "Size of the HTML" not in words


def test_the_sizes_name_the_pieces_that_are_teasers_to_fit(views: Views) -> None:
    publication = views.live.issues / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("95%", "10%"), "utf-8")
    for format in ("", "full", "plain"):
        snapshot = views.live.snapshot("596", format)
        assert snapshot
        words = " ".join(Page(views.size(snapshot, None)).words.split())
        told = "In full, 1 piece is only a teaser, since the whole HTML would be more than 10%"
        assert f"{told} of what Gmail shows: Film Review: Never Let Me Go" in words
        assert ("What each item would add if all were whole" in words) == (format == "full")


@pytest.mark.parametrize("view", VIEWS)
def test_pictures_are_those_of_the_format(everything: Path, view: str) -> None:
    formats = "formats: [{name: full, shows: full}, {name: headlines, shows: headlines}]\n"
    views = Views(LiveIssues(with_formats(everything, formats) / "issues"), "vscode")
    for format, count in (("", 2), ("headlines", 0)):
        snapshot = views.live.snapshot("1268a", format)
        assert snapshot
        page = Page(getattr(views, view)(snapshot, None))
        assert len(page.all("img")) == (count if view == "size" else 0)
        assert len(re.findall(r"\.png", page.all("main")[0]["data-files"])) == 2 * count


def test_a_finding_says_its_formats(views: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    report = views.live.report(seen(views))
    assert report
    problem = Problem(Path("issue.yaml"), 1, "Too large.", "Shorten it.")
    finding = Finding("size", "warning", problem, formats=("full", "plain"))
    everywhere = Finding("size", "warning", replace(problem, line=2))
    changed = replace(report, findings=(finding, everywhere))
    monkeypatch.setattr(views.live, "report", lambda _: changed)
    words = " ".join(shown(views, "checks").words.split())
    assert "Warning (full, plain) Too large." in words
    assert words.count("(full, plain)") == 1


def test_an_issue_is_built_if_all_its_formats_are(views: Views, save: Save) -> None:
    folder = views.live.build / "652"

    def build(format: str) -> None:
        email = seen(views, format).email
        assert email
        write_build(folder / format, email_files(own_email(email)))

    assert states(views)["652"] == "not built yet"
    build("")
    assert states(views)["652"] == "not built yet"
    for format in ("full", "plain"):
        build(format)
    assert states(views)["652"] == "built"
    (folder / "full" / "email.txt").write_text("another", "utf-8")
    assert states(views)["652"] == "changed since it was built"
    build("full")
    save("Rome hospital criticised", "A hospital in Rome criticised")
    assert states(views)["652"] == "changed since it was built"
