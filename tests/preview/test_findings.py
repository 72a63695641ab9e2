"""The preview shows what the checks find, with links into the files; the email does not wait for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.preview.live_issues import LiveIssues, Snapshot
from newsletter.preview.views import Views
from tests.preview.conftest import Page, Preview, Save


@pytest.fixture
def views(newsletter_folder: Path) -> Views:
    """Return the pages of a preview of the shipped newsletter."""
    return Views(LiveIssues(newsletter_folder / "issues"), "vscode")


def current(views: Views) -> Snapshot:
    now = views.live.snapshot("652")
    assert now
    return now


def test_the_checks_have_a_page_with_verdict_places_reasons_and_what_is_ignored(
    views: Views, save: Save
) -> None:
    save("    title: News Digest", "    title: TODO")
    page = Page(views.checks(current(views), None))
    assert "Not ready: 1 error" in page.words
    assert "BioNews 652 is not ready: 1 error must be fixed." in page.words
    (link,) = [found["href"] for found in page.all("a") if found["href"].startswith("vscode:")][:1]
    assert link.endswith("/issues/652/issue.yaml:24")
    assert "placeholder" in page.words
    assert re.search(r"\b\d+ ignored\b", page.words)
    assert "Ignored: It went out in 2012, and is kept as an example." in page.words


def test_an_issue_that_is_ready_is_called_so(views: Views) -> None:
    page = Page(views.checks(current(views), None))
    assert "BioNews 652 is ready." in page.words
    assert "Not ready" not in page.words


@pytest.mark.parametrize("view", ["email", "text", "source", "size"])
def test_other_pages_do_not_wait_for_the_checks(views: Views, view: str) -> None:
    page = Page(getattr(views, view)(current(views), None))
    assert "Checks…" in page.words
    assert "is ready" not in page.words


def test_the_checks_wait_for_files_that_are_in_order(views: Views, save: Save) -> None:
    current(views)
    save("date: 2012-04-16", "date: 2012-04-31")
    page = Page(views.checks(current(views), None))
    assert "Not ready: 1 to fix" in page.words
    assert "The checks run once the mistakes in the files are fixed." in page.words


def test_they_run_once_for_one_state_of_the_files(views: Views, save: Save) -> None:
    first = views.live.report(current(views))
    assert first
    assert views.live.report(current(views)) is first
    save("Rome hospital criticised", "A hospital in Rome criticised")
    second = views.live.report(current(views))
    assert second
    assert second is not first
    assert "A hospital in Rome" in second.email.text


def test_files_that_break_between_looking_and_checking_are_looked_at_again(
    views: Views, save: Save
) -> None:
    before = current(views)
    save("date: 2012-04-16", "date: 2012-04-31")
    assert views.live.report(before) is None
    save("date: 2012-04-31", "date: 2012-04-16")
    assert views.live.report(current(views))


def test_an_authors_text_in_a_finding_is_text(views: Views, save: Save) -> None:
    save('"TV Review: Health Explained - Epigenetics"', "'TV Review: <img src=x onerror=alert(1)>'")
    page = Page(views.checks(current(views), None))
    assert not page.all("img")
    assert not page.handlers()
    assert "TV Review: <img src=x onerror=alert(1)>" in page.words


def test_the_server_has_the_page(preview: Preview) -> None:
    answer = preview.ask("/652/checks")
    assert answer.status == 200
    assert "BioNews 652 is ready." in answer.text
    assert preview.ask("/7/checks").status == 404
