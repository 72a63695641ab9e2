"""``newsletter add`` from the web, by a proxy on this machine that stands for it, as an editor behind one has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import main
from newsletter.manifest import IssueFolder
from tests.adding.pieces import newsletter
from tests.importers.fake_wordpress import PNG, FakeWordPress, Post
from tests.importers.site import Answer, site

Web = Callable[[Callable[[str], Answer]], AbstractContextManager[None]]
SITE = "http://news.example.org"
LAST = "number: 699\ndate: 2029-12-31\nsections:\n  - kind: comment\n    items:\n      - title: Old\n        authors: [Ann Cell]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IssueFolder:
    folder = newsletter(tmp_path, of_699=LAST)
    publication = tmp_path / "issues" / "publication.yaml"
    publication.write_text(f"{publication.read_text()}site:\n  wordpress: {SITE}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    @contextmanager
    def proxied(answer: Callable[[str], Answer]) -> Iterator[None]:
        with site(lambda path: answer(path.removeprefix(SITE))) as server:
            monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.port}")
            monkeypatch.setenv("no_proxy", "")
            yield

    return proxied


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["add", *arguments])


def post(slug: str, at: str, **fields: object) -> Post:
    text = f"<p>This is what {slug} says, and it says it in a sentence that nothing else has.</p>"
    plain = {"title": slug.title(), "content": text, "category": "Comment"}
    return Post(slug, at=datetime.fromisoformat(at), **{**plain, **fields})  # type: ignore[arg-type]


def test_all_that_the_site_has_published_since_the_last_issue(here: IssueFolder, web: Web) -> None:
    press = FakeWordPress(
        post("before", "2029-12-31T16:59"),
        post("after", "2029-12-31T17:01", picture="lab.png", alt="A lab"),
        post("later", "2030-01-05T09:00"),
    )
    with web(press):
        first = run("--since", "last")
        again = run("--since", "last")

    assert first.exit_code == 0, first.output
    assert "2 pieces: 2 added" in first.output
    assert "2 pieces: 2 there already" in again.output
    assert (here.path / "after.md").read_text("utf-8").count(f"url: {SITE}/after/") == 1
    assert (here.path / "images" / "lab.png").read_bytes() == PNG
    assert "before" not in here.manifest.read_text("utf-8")


def test_what_ran_in_the_issue_before_is_passed_over(here: IssueFolder, web: Web) -> None:
    """A site may publish its pieces after the email went out."""
    ran = f"{LAST}        url: {SITE}/ran/\n"
    Path("issues/699/issue.yaml").write_text(ran, "utf-8")
    with web(FakeWordPress(post("ran", "2029-12-31T18:00"), post("new", "2030-01-02T18:00"))):
        result = run("--since", "last")
    assert result.exit_code == 0, result.output
    assert f"{SITE}/ran/: it ran in the issue before." in result.output
    assert not (here.path / "ran.md").exists()
    assert (here.path / "new.md").exists()


def test_a_page_by_its_address(here: IssueFolder, web: Web) -> None:
    with web(FakeWordPress(post("cells", "2030-01-05T09:00", page="<html><p>A page.</p>"))):
        result = run("--kind", "comment", f"{SITE}/cells/")
    assert result.exit_code == 0, result.output
    assert "WordPress: the title" in result.output


def test_a_site_that_cannot_be_asked(here: IssueFolder, web: Web) -> None:
    before = here.manifest.read_bytes()
    with web(lambda path: Answer(status=503)):
        result = run("--since", "last")
    assert result.exit_code != 0
    assert "is not to be had at the moment (503). Try again later." in result.output
    assert here.manifest.read_bytes() == before


def test_an_address_in_the_own_network(here: IssueFolder, web: Web) -> None:
    with web(lambda path: Answer(b"<html>secret")):
        result = run("http://127.0.0.1/router")
    assert result.exit_code == 2
    assert "is within your own network" in result.output
