"""The weeks of a newsletter: an issue goes to readers when its pages are on the web, a piece of it is corrected, and the
next issue says so.
"""

from __future__ import annotations

import html
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from tests.monday.test_monday import ANSWERS
from tests.services.fake_mailchimp import FakeMailchimp
from tests.services.fakes import CANARY, Wire

ARCHIVE = "https://www.cells.org.uk/issues/"
LONG = "It goes on for a month, and then it has to be wound up again. " * 40
PIECE = f"""---
title: The cell that kept time
authors: [Petra Glossary]
---
A cell in a dish was found to keep the time of day.

{LONG}
"""
WRONG, RIGHT = "keep the time of day", "The cell keeps the time of night, not of day."


class Web(httpx.BaseTransport):
    """A mailing service, and the newsletter's own web server, which has what was uploaded."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.service = FakeMailchimp()
        self.wire = Wire(self.service)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = str(request.url)
        if not address.startswith(ARCHIVE):
            return self.wire.handle_request(request)
        page = self.root / address.removeprefix(ARCHIVE) / "index.html"
        if not page.is_file():
            return httpx.Response(404)
        return httpx.Response(200, content=page.read_bytes())

    def upload(self, site: Path) -> list[str]:
        """Upload what a site lists, as rsync or rclone would. Return the paths."""
        changes, removed = site / ".archive" / "changes.txt", site / ".archive" / "removed.txt"
        paths = changes.read_text("utf-8").splitlines()
        for path in paths:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / path, self.root / path)
        for path in removed.read_text("utf-8").splitlines():
            (self.root / path).unlink()
        changes.unlink()
        removed.unlink()
        return paths

    def page(self, path: str) -> str:
        """Return the words of a page, as readers get it."""
        source = (self.root / path / "index.html").read_text("utf-8")
        return html.unescape(re.sub(r"<[^>]*>", "", source))


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return Web(tmp_path / "web")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter that was just started, and that goes out through Mailchimp."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("newsletter.checks.web._PAUSE", 0)
    assert CliRunner().invoke(main, ["init", "cell", *ANSWERS]).exit_code == 0
    folder = tmp_path / "cell"
    monkeypatch.chdir(folder)
    publication = folder / "issues" / "publication.yaml"
    service = f"service: mailchimp\naudience: {FakeMailchimp.AUDIENCE}\n"
    publication.write_text(publication.read_text("utf-8") + service, "utf-8")
    (folder / ".env").write_text(f"MAILCHIMP_API_KEY={CANARY}-us6\n", "utf-8")
    for name in ("issue.yaml", "first-story.md"):
        path = folder / "issues" / "699" / name
        path.write_text(path.read_text("utf-8").replace("TODO: ", ""), "utf-8")
    with (folder / "issues" / "699" / "first-story.md").open("a", encoding="utf-8") as story:
        story.write(f"\n{LONG}\n")
    return folder


def run(web: Web, *arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments), obj=web)
    assert result.exit_code == status, f"{arguments}: {result.output}"
    return result


def test_the_weeks_of_a_newsletter(here: Path, web: Web) -> None:
    _first_issue_goes_out(here, web)
    address = _next_issue_goes_out(here, web)
    _a_piece_is_corrected(here, web, address)
    _the_issue_after_says_so(here, web, address)


def _first_issue_goes_out(here: Path, web: Web) -> None:
    """The first issue is handed over only when its pages are on the web."""
    run(web, "build")
    refused = run(web, "hand-over", "699", "--yes", status=2).stderr
    assert "Publish the archive first: newsletter archive" in refused
    assert f"'{ARCHIVE}699/first-story/' is not there (the server says 404)" in refused
    assert web.service.held() == []

    run(web, "archive", "--drafts")
    run(web, "hand-over", "699", "--yes", status=2)  # nothing was uploaded
    web.upload(here / "public")
    run(web, "hand-over", "699", "--yes")
    assert [held.status for held in web.service.held()] == ["draft"]
    assert ARCHIVE + "699/first-story/" in web.service.held()[0].html


def _next_issue_goes_out(here: Path, web: Web) -> str:
    """An issue with a piece that has a page of its own; return the address of that page."""
    run(web, "new")
    (here / "clock.md").write_text(PIECE, "utf-8")
    run(web, "add", "700", "clock.md", "--kind", "comment")
    run(web, "check", "--rule", "dead-archive-link")
    run(web, "archive", "--drafts")
    uploaded = web.upload(here / "public")
    (page,) = [
        path
        for path in uploaded
        if re.fullmatch(r"700/[^/]+/index\.html", path) and "email" not in path
    ]
    run(web, "hand-over", "700", "--yes")

    address = ARCHIVE + page.removesuffix("index.html")
    assert address in web.service.held()[-1].html
    assert WRONG in web.page(page.removesuffix("/index.html"))
    return address


def _a_piece_is_corrected(here: Path, web: Web, address: str) -> None:
    """The correction is on the page; what was sent stays as it was sent."""
    sent = (here / "issues" / "700" / "handed-over" / "email.html").read_bytes()
    piece = next((here / "issues" / "700").glob("*.md"))
    day = datetime.now(UTC).date()
    corrections = f"corrections:\n  - date: {day}\n    text: {RIGHT}\n"
    text = piece.read_text("utf-8").replace("\n---\n", f"\n{corrections}---\n", 1)
    piece.write_text(text, "utf-8")

    run(web, "archive")
    path = address.removeprefix(ARCHIVE)
    uploaded = web.upload(here / "public")
    assert f"{path}index.html" in uploaded
    assert not any(name.startswith("699/first-story/") for name in uploaded)
    assert RIGHT in web.page(path)
    assert RIGHT in web.page("corrections")
    assert (here / "issues" / "700" / "handed-over" / "email.html").read_bytes() == sent
    run(web, "archive", "--check")


def _the_issue_after_says_so(here: Path, web: Web, address: str) -> None:
    run(web, "new")
    run(web, "build", "701")
    email = (here / "build" / "701" / "email.html").read_text("utf-8")
    assert RIGHT in email
    assert address in email
    run(web, "check", "701", "--rule", "dead-archive-link")
    run(web, "archive", "--drafts")
    web.upload(here / "public")
    run(web, "hand-over", "701", "--yes")
    assert RIGHT in web.service.held()[-1].html
