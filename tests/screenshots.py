"""The pictures in the README: ``make pictures`` takes them again. Look at each before you commit it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from newsletter.email.building import draft
from newsletter.email.merge_tags import own_email
from newsletter.preview.proof import Scheme, in_scheme
from tests.thunderbird import with_pictures_inside

REPOSITORY = Path(__file__).resolve().parent.parent
SHOWCASE = REPOSITORY / "tests" / "showcase" / "issues"
PICTURES = REPOSITORY / ".github"
EMAILS = {
    "bionews-652": (REPOSITORY / "issues" / "652", 0),
    "with-pictures": (SHOWCASE / "700", 1490),
}
"""The folder of an issue, and how far it is scrolled on the phone, in pixels."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIDE_BY_SIDE = """
<body style="margin:0;padding:30px 40px;display:flex;gap:40px;background:#8a979b">
<iframe style="width:700px;height:1260px;border:0;color-scheme:light"></iframe>
<iframe style="width:360px;height:1260px;border:0;color-scheme:dark"></iframe>
"""
"""An email on a desktop in light mode, and on a phone in dark mode."""
View = tuple[str, int, Literal["light", "dark"], str]
"""An address, the width of the window, the computer's colours, keys that are pressed."""
VIEWS: dict[str, View] = {
    "preview-email": ("/652", 1440, "light", ""),
    "preview-dark": ("/652", 1440, "dark", "d"),
    "preview-inverted": ("/652", 1440, "light", "dd"),
    "preview-links": ("/652", 1440, "light", "32lo"),
    "preview-large": ("/652", 1440, "light", "t"),
    "preview-text": ("/652/text", 1100, "light", ""),
    "preview-source": ("/652/source", 1100, "light", ""),
    "preview-size": ("/652/size", 1100, "light", ""),
    "preview-list": ("/", 1100, "light", ""),
    "preview-phone": ("/652", 360, "dark", "d"),
    "preview-checks": ("/652", 1440, "light", ""),
    "preview-broken": ("/652", 1100, "light", ""),
}
VIEWS_OF_SHOWCASE: dict[str, View] = {"preview-pictures": ("/700/size", 1100, "light", "")}
SPOILT = {
    "preview-checks": (
        ("date: 2012-04-16\n\n", "date: 2012-04-17\n\n"),
        ("after 94 embryos", "after TODO the the embryos"),
    ),
    "preview-broken": (("title: Rome", "tilte: Rome"),),
}
"""What is changed in issue 652 for a screenshot."""


def keep(page: Page, name: str) -> None:
    """Keep what a page shows, in so few colours that nobody sees the difference."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def take_emails(browser: Browser) -> None:
    for name, (folder, scrolled) in EMAILS.items():
        email = own_email(draft(folder))
        contents = {file.name: file.content for file in email.files}
        html = with_pictures_inside(email, contents).html
        page = browser.new_page(viewport={"width": 1180, "height": 1320})
        page.set_content(SIDE_BY_SIDE)
        for frame, scheme in zip(page.query_selector_all("iframe"), SCHEMES, strict=True):
            frame.evaluate("(frame, html) => { frame.srcdoc = html }", in_scheme(html, scheme))
        page.wait_for_timeout(2000)
        page.frames[2].evaluate(f"scrollTo(0, {scrolled})")
        keep(page, name)
        page.close()


def take(browser: Browser, base: str, name: str, view: View) -> None:
    address, width, scheme, keys = view
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(base + address)
    page.wait_for_selector(".live[data-state='live']")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_selector(".verdict .open", state="detached")
    if table := page.query_selector("table.pictures"):
        table.evaluate("table => scrollTo(0, table.getBoundingClientRect().top - 60)")
    page.wait_for_timeout(1200)
    keep(page, name)
    context.close()


@contextmanager
def preview(issues: Path, number: str) -> Iterator[tuple[str, Path]]:
    """Serve a copy of these issues. Yield its address and the manifest of an issue."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(issues, folder / "issues")
        shutil.copytree(REPOSITORY / "templates", folder / "templates")
        command = [sys.executable, "-m", "newsletter", "preview", number, "--no-open"]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        assert server.stdout
        address = server.stdout.readline().split()[0].removesuffix(f"/{number}")
        try:
            yield address, folder / "issues" / number / "issue.yaml"
        finally:
            server.terminate()
            server.wait()


def take_views(browser: Browser) -> None:
    with preview(REPOSITORY / "issues", "652") as (address, manifest):
        subprocess.run(
            [sys.executable, "-m", "newsletter", "build", "596"],
            cwd=manifest.parents[2],
            check=True,
        )
        sound = manifest.read_text("utf-8")
        for name, view in VIEWS.items():
            text = sound
            for old, new in SPOILT.get(name, ()):
                text = text.replace(old, new, 1)
            manifest.write_text(text, "utf-8")
            take(browser, address, name, view)
    with preview(SHOWCASE, "700") as (address, _):
        for name, view in VIEWS_OF_SHOWCASE.items():
            take(browser, address, name, view)


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        take_emails(browser)
        take_views(browser)
        browser.close()


if __name__ == "__main__":
    main()
