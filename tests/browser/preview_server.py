"""A preview that really runs, and visits to it in Chromium that note everything that happens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, Literal
from urllib.parse import urlsplit

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
    WebError,
)

from newsletter.preview.application import application
from newsletter.preview.live_issues import LiveIssues
from newsletter.preview.server import listen

USUAL: ViewportSize = {"width": 1440, "height": 900}
HERE = "127.0.0.1"
_EVERYTHING = Path(__file__).resolve().parents[1] / "golden" / "everything" / "issues" / "1268a"
_HALL = "https://sample.test/hall.jpg"
SystemScheme = Literal["light", "dark", "null"]
_ELSEWHERE = re.compile(r"(?!https?://127\.0\.0\.1[:/])(https?|wss?)://")
_SETTLED = """() => {
  const screens = [...document.querySelectorAll("[data-screen]:not([hidden])")];
  return screens.length && screens.every(screen => {
    const frame = screen.querySelector("iframe"), doc = frame?.contentDocument;
    if (!doc?.body?.children.length || doc.URL === "about:blank") return false;
    return Math.abs(frame.clientHeight - doc.documentElement.getBoundingClientRect().height) < 1.5;
  });
}"""


@dataclass(frozen=True)
class Preview:
    """A preview of the newsletter in ``folder``."""

    folder: Path
    port: int

    @property
    def issues(self) -> Path:
        """The folder of the issues."""
        return self.folder / "issues"

    def at(self, path: str) -> str:
        """Return the whole address of a page."""
        return f"http://{HERE}:{self.port}{path}"


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[Preview]:
    """Serve the newsletter in ``folder``, on a free port or on one that is named."""
    with listen(HERE, port) as listener:
        app = application(LiveIssues(folder / "issues"), "vscode", frozenset({HERE}))
        # When the server ends, streams to pages that are still open are cut, without a message.
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=0)
        )
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until(lambda: server.started)
            yield Preview(folder, listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def until(condition: Callable[[], object]) -> None:
    """Wait for something outside a browser."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


@dataclass
class Visit:
    """A browser window on a preview, and what happened in it: addresses asked for, and what the console says."""

    preview: Preview
    context: BrowserContext
    page: Page
    hosts: frozenset[str]
    asked: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Reset the window as if it had just been opened: its usual size, nothing remembered, nothing noted."""
        if self.page.url.startswith(self.preview.at("/")):
            self.page.evaluate("localStorage.clear()")
        self.page.set_viewport_size(USUAL)
        self.page.emulate_media(color_scheme="light")
        for notes in (self.asked, self.console, self.dialogs, self.errors):
            notes.clear()

    def expect_nothing_odd(self) -> None:
        """Require that only our scripts have run, and that only the preview and the pictures' hosts were asked."""
        assert self.dialogs == []
        assert self.errors == []
        assert self.refused == []
        assert {
            host for address in self.asked if (host := urlsplit(address).hostname)
        } <= self.hosts

    def open(self, path: str) -> None:
        """Go to a page of the preview, and wait until the email is checked and, if the page has frames, is in them."""
        self.page.goto(self.preview.at(path))
        self.page.wait_for_function("() => !document.querySelector('.verdict .open')")
        if self.page.locator("[data-screen]").count():
            self.settled()

    def settled(self) -> None:
        """Wait until the email is in every frame, and each frame is as high as the email."""
        self.page.wait_for_function(_SETTLED)

    def switch(self, name: str, value: str | None = None) -> None:
        """Click a switch, by its name, and by its value if it is one of several."""
        chosen = f"[name='{name}']" + (f"[value='{value}']" if value else "")
        self.page.locator(f"label:has(input{chosen})").click()

    def frame(self, script: str, screen: str = "360") -> Any:
        """Return what a script finds in the frame of a screen. It is given the document, the style of its elements and
        the frame.
        """
        return self.page.evaluate(_in_frame(script), screen)

    def until(self, script: str, screen: str = "360") -> None:
        """Wait for what a script finds in the frame of a screen once its document is whole; it is given the same as in
        ``frame``.
        """
        once_whole = f"(doc, ...rest) => doc.readyState !== 'loading' && ({script})(doc, ...rest)"
        self.page.wait_for_function(_in_frame(once_whole), arg=screen)

    def pixels(self, place: Locator) -> bytes:
        """Return a picture of a place, without its edges, which may be between two pixels."""
        box = place.bounding_box()
        assert box
        left, top = round(box["x"]) + 2, round(box["y"]) + 2
        right, bottom = round(box["x"] + box["width"]) - 2, round(box["y"] + box["height"]) - 2
        return self.page.screenshot(
            clip={"x": left, "y": top, "width": right - left, "height": bottom - top}
        )

    @property
    def refused(self) -> list[str]:
        """What a Content-Security-Policy has stopped."""
        return [text for text in self.console if "Content Security Policy" in text]

    @property
    def blocked(self) -> list[str]:
        """Scripts that a frame's sandbox has stopped. (Taking ``pixels`` also leads to some.)"""
        return [text for text in self.console if "Blocked script execution" in text]


def _in_frame(script: str) -> str:
    return f"""screen => {{
      const frame = document.querySelector(`[data-screen="${{screen}}"] iframe`), doc = frame?.contentDocument;
      if (!doc?.body) return null;
      const style = (element, pseudo) => doc.defaultView.getComputedStyle(element, pseudo);
      return ({script})(doc, style, frame);
    }}"""


@contextmanager
def visiting(
    browser: Browser,
    preview: Preview,
    path: str | None = None,
    *,
    scheme: SystemScheme = "light",
    pictures: Mapping[str, bytes] | None = None,
    **options: Any,
) -> Iterator[Visit]:
    """Open a window on the preview. The web outside has ``pictures``, by address, and nothing else: by default, the one
    that the golden issue takes from there.
    """
    web: Mapping[str, bytes]
    web = (
        {_HALL: (_EVERYTHING / "images" / "wide.png").read_bytes()}
        if pictures is None
        else pictures
    )
    context = browser.new_context(viewport=USUAL, color_scheme=scheme, **options)
    context.set_default_timeout(10_000)
    hosts = frozenset({HERE, *(str(urlsplit(address).hostname) for address in web)})
    visit = Visit(preview, context, context.new_page(), hosts)
    note(visit)

    def elsewhere(route: Route, request: Request) -> None:
        if request.url in web:
            route.fulfill(body=web[request.url], content_type="image/png")
        else:
            route.abort()

    context.route(_ELSEWHERE, elsewhere)
    try:
        if path is not None:
            visit.open(path)
        yield visit
        visit.expect_nothing_odd()
    finally:
        context.close()


def note(visit: Visit) -> None:
    """Note in ``visit`` what happens in it, on every page."""

    def asked(request: Request) -> None:
        visit.asked.append(request.url)

    def failed(request: Request) -> None:
        if request.failure == "csp" and request.url in visit.asked:  # it never left the browser
            visit.asked.remove(request.url)

    def said(message: ConsoleMessage) -> None:
        visit.console.append(message.text)

    def dialog(opened: Dialog) -> None:
        visit.dialogs.append(opened.message)
        opened.dismiss()

    def error(raised: WebError) -> None:
        visit.errors.append(str(raised.error))

    visit.context.on("request", asked)
    visit.context.on("requestfailed", failed)
    visit.context.on("console", said)
    visit.context.on("dialog", dialog)
    visit.context.on("weberror", error)


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core finds on a page; emails in frames have their own tests."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations'], iframes: false})")
    return [
        f"{violation['id']}: {node['target']} {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
