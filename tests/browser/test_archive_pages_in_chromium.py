"""Pages of pieces and issues in a browser: nothing of an author's runs, and everybody can read
them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page

from newsletter.archive.pages import issue, pictures, piece, sent, style
from tests.archive.pages.test_hostile_pages import hostile_newsletter
from tests.archive.pages.test_sent import hand_over
from tests.archive.pages_made import Elements, all_kinds
from tests.archive.parts.test_republishing import copies
from tests.browser.preview_server import axe_violations
from tests.browser.test_w3c import VNU

pytestmark = pytest.mark.browser
RUNS = """
<script>document.title = "ran"</script><img src="x" onerror="document.title='ran'">
<svg onload="document.title='ran'"></svg><iframe srcdoc="<script>parent.document.title='ran'</script>"></iframe>
<a id="link" href="javascript:document.title='ran'">link</a><style onload="document.title='ran'"></style>
<form id="form" action="https://example.org/"><input name="x"></form>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


class Site:
    """A site in a folder, and where it is served."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}/"
        self.paths = [
            path.parent.relative_to(folder).as_posix() + "/"
            for path in sorted(folder.glob("65[12]/**/index.html"))
        ]


@pytest.fixture(scope="module", params=["sound", "hostile"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    home = tmp_path_factory.mktemp(request.param)
    small = all_kinds(home) if request.param == "sound" else hostile_newsletter(home)
    hand_over(small)
    folder = home / "public"
    archive = small.read()
    for kind in (style, pictures, piece, issue, sent):
        for page in kind.pages(archive):
            target = folder / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.make())

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Site(folder, server.server_port)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_core_finds_no_violation_and_nothing_scrolls_sideways_on_a_phone(
    browser: Browser, site: Site, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for path in site.paths:
        page.goto(f"{site.address}{path}")
        page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
        assert axe_violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_nothing_of_an_authors_runs(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    alerts: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    for path in site.paths:
        page.goto(f"{site.address}{path}")
    page.close()
    assert len(site.paths) >= 8
    assert alerts == []


def test_an_email_as_it_was_sent_runs_no_script(browser: Browser, site: Site) -> None:
    file = site.folder / "652" / "email" / "index.html"
    sent = file.read_text("utf-8")
    assert "</main></body>" in sent
    file.write_text(sent.replace("</main></body>", f"{RUNS}</main></body>"), encoding="utf-8")
    page = browser.new_page()
    try:
        page.goto(f"{site.address}652/email/")
        title = page.title()
        page.evaluate("document.getElementById('link').click()")
        page.wait_for_timeout(100)
        assert page.title() == title != "ran"
        assert page.url == f"{site.address}652/email/"
        assert is_blocked(page, "document.getElementById('form').submit()")
    finally:
        page.close()
        file.write_text(sent, encoding="utf-8")


def is_blocked(page: Page, action: str) -> bool:
    """Return whether a page stays where it is after an action of its own."""
    before = page.url
    page.evaluate(action)
    page.wait_for_timeout(100)
    return page.url == before


def test_the_w3c_checker_finds_no_error_in_pages_and_copies(site: Site, tmp_path: Path) -> None:
    if not (VNU.is_file() and shutil.which("java")):
        message = "the W3C checker is not installed: it needs Java, and 'npm ci' in tests/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)

    files = [site.folder / path / "index.html" for path in site.paths if "/email/" not in path]
    for number, file in enumerate(list(files)):
        page = file.read_text("utf-8")
        if "<textarea" in page:
            pasted = tmp_path / f"{number}.html"
            html, _ = copies(page)
            assert Elements(html).named("p")
            title = '<!DOCTYPE html><html lang="en"><head><title>Pasted</title></head><body>'
            pasted.write_text(f"{title}{html}</body></html>", encoding="utf-8")
            files.append(pasted)

    assert len(files) > 10
    checker = ["java", "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always"]
    answer = subprocess.run([*checker, *map(str, files)], capture_output=True, check=True)
    messages = json.loads(answer.stdout)["messages"]
    assert [message["message"] for message in messages if message["type"] == "error"] == []
