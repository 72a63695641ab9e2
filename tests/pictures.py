"""The screenshots in the README: ``make pictures`` takes them again. Look at each before you commit it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURES = REPOSITORY / ".github"
VIEWS: dict[str, tuple[str, int, Literal["light", "dark"], str]] = {
    # name: address, width of the window, the computer's colours, keys that are pressed
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
SPOILT = {
    "preview-checks": (
        ("date: 2012-04-16\n\n", "date: 2012-04-17\n\n"),
        ("after 94 embryos", "after TODO the the embryos"),
    ),
    "preview-broken": (("title: Rome", "tilte: Rome"),),
}
"""What is changed in issue 652 for a screenshot."""


def take(browser: Browser, base: str, name: str) -> None:
    address, width, scheme, keys = VIEWS[name]
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(base + address)
    page.wait_for_selector(".live[data-state='live']")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(1200)
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def take_all(base: str, manifest: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        sound = manifest.read_text("utf-8")
        for view in VIEWS:
            text = sound
            for old, new in SPOILT.get(view, ()):
                text = text.replace(old, new, 1)
            manifest.write_text(text, "utf-8")
            take(browser, base, view)
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("issues", "templates"):
            shutil.copytree(REPOSITORY / part, folder / part)
        subprocess.run([sys.executable, "-m", "newsletter", "build", "596"], cwd=folder, check=True)
        command = [sys.executable, "-m", "newsletter", "preview", "652", "--no-open"]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        assert server.stdout
        base = server.stdout.readline().split()[0].removesuffix("/652")
        try:
            take_all(base, folder / "issues" / "652" / "issue.yaml")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
