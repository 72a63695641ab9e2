"""Chromium as installed from Debian, and the emails to look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from newsletter.cli.build import build_one
from newsletter.email.building import email_files, theme_of, write_build
from newsletter.email.merge_tags import own_email
from newsletter.email.rendering import render
from newsletter.manifest import read_manuscript
from newsletter.model import Format
from newsletter.pictures.preparing import prepare
from tests.browser.preview_server import Preview, Visit, served, visiting

TESTS = Path(__file__).resolve().parents[1]
ISSUES = {
    "652": TESTS.parent / "issues" / "652",
    "596": TESTS.parent / "issues" / "596",
    "everything": TESTS / "golden" / "everything" / "issues" / "1268a",
    "right-to-left": TESTS / "golden" / "right-to-left" / "issues" / "7",
    "japanese": TESTS / "golden" / "japanese" / "issues" / "40",
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start headless Chromium. A machine without it skips these tests; in CI its absence is a failure."""
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        message = "Chromium is not installed: 'apt-get install chromium' installs it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def emails(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the HTML file of each issue."""
    output = tmp_path_factory.mktemp("emails")
    return {
        name: build_one(folder, output / name)[1] / "email.html" for name, folder in ISSUES.items()
    }


@pytest.fixture(scope="session")
def formats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the HTML file of each issue in each further format: 652-headlines, 652-full."""
    output = tmp_path_factory.mktemp("formats")
    return {
        f"{name}-{shows}": written(folder, Format(name=shows, shows=shows), output)
        for name, folder in ISSUES.items()
        for shows in ("headlines", "full")
    }


def written(folder: Path, format: Format, output: Path) -> Path:
    """Write an issue in one format, and return its HTML file."""
    manuscript = read_manuscript(folder)
    issue = manuscript.issue
    pictures = prepare(manuscript)
    theme = theme_of(issue, manuscript.folder.project.templates)
    target = output / f"{folder.name}-{format.name}"
    write_build(target, email_files(own_email(render(issue, theme, format, pictures))))
    return target / "email.html"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Serve a preview of several issues, which no test changes: 1 is short, 2 is broken, 1268a has everything, 1269 has
    long lines. 652 is built, 596 was built from other files.
    """
    folder = tmp_path_factory.mktemp("shelf")
    issues = folder / "issues"
    shutil.copytree(TESTS.parent / "templates", folder / "templates")
    shutil.copytree(ISSUES["everything"].parent, issues)
    for name in ("652", "596"):
        shutil.copytree(ISSUES[name], issues / name)
    long, longer = "A very long line indeed, " * 12, "with more words than an inbox shows, " * 12
    for number, subject, preheader in (("1", "Short", "Brief"), ("1269", long, longer)):
        (issues / number).mkdir()
        (issues / number / "issue.yaml").write_text(
            f"number: {number}\ndate: 2024-11-04\nsubject: '{subject.strip()}'\npreheader: '{preheader.strip()}'\n"
            "sections: [{kind: news, items: [{title: The only story, teaser: In few words.}]}]\n"
        )
    (issues / "2").mkdir()
    (issues / "2" / "issue.yaml").write_text("number: 2\ndate: tomorrow\n")
    build_one(issues / "652", None)
    shutil.copytree(folder / "build" / "652", folder / "build" / "596")
    with served(folder) as preview:
        yield preview


@pytest.fixture(scope="module")
def _window(browser: Browser, shelf: Preview) -> Iterator[Visit]:
    with visiting(browser, shelf) as visit:
        yield visit


@pytest.fixture
def visit(_window: Visit) -> Iterator[Visit]:
    """Return a window on the shelf: opening one takes time, so it is always the same one, reset."""
    _window.begin()
    yield _window
    _window.expect_nothing_odd()
