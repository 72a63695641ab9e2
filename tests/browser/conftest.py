"""Chromium as installed from Debian, and the emails to look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from newsletter.cli.build import build_one

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
    """Headless Chromium. A machine without it skips these tests; in CI its absence is a failure."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "Chromium is not installed: 'apt-get install chromium' brings it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def emails(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The HTML file of each issue."""
    output = tmp_path_factory.mktemp("emails")
    return {name: build_one(folder, output / name)[1] / "email.html" for name, folder in ISSUES.items()}
