"""Search in the browser, beside Pagefind's: what the index costs, and what readers wait for.

``python -m tests.benchmarks.archive.search build/peers --issues 300``. Both index the same pages,
and both are asked in Chromium, with nothing in its cache, from a server that compresses text as
hosts do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from newsletter.archive.archive import Archive
from newsletter.archive.issues.opened import opened
from newsletter.archive.page import Page
from newsletter.archive.pages import piece, search, style
from newsletter.archive.reading import read_archive
from newsletter.archive.search.index import Index
from newsletter.archive.words.counting import words_of
from newsletter.manifest import Project
from tests.benchmarks.archive.generate import write_newsletter

TEXT = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
BASE = "http://127.0.0.1/"
TRIES = 3
OURS = """async (text) => {
  const form = document.getElementById("search");
  form.elements.q.value = text;
  const start = performance.now();
  form.requestSubmit();
  const status = document.getElementById("status");
  const isBusy = () => status.textContent === "Searching…" || document.querySelector("#results [aria-busy]");
  while (isBusy()) await new Promise((done) => setTimeout(done, 2));
  const [found] = status.textContent.match(/[0-9,]+/) ?? ["0"];
  return [performance.now() - start, Number(found.replace(",", ""))];
}"""
PAGEFIND = """async (text) => {
  const start = performance.now();
  const pagefind = await import("/pagefind/pagefind.js");
  const {results} = await pagefind.search(text);
  await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return [performance.now() - start, results.length];
}"""


class Cost(NamedTuple):
    """What a step took."""

    cpu: float
    wall: float


def cpu() -> float:
    """Return the CPU seconds of this process and those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def costing(step: Callable[[], object]) -> Cost:
    """Return what a step takes."""
    before, start = cpu(), time.perf_counter()
    step()
    return Cost(cpu() - before, time.perf_counter() - start)


def write(pages: Iterable[Page], site: Path, digests: dict[str, bytes]) -> list[Page]:
    """Write and return the pages that have another digest than before; ``digests`` become theirs."""
    changed = [page for page in pages if digests.get(page.path) != page.digest]
    for page in changed:
        path = site / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.make())
        digests[page.path] = page.digest
    return changed


def count(archive: Archive) -> None:
    """Count the words of all issues, as it is done when they are read."""
    for issue in archive.issues:
        words_of(opened(issue), [piece.key for piece in issue.pieces])


def report(name: str, cost: Cost, folder: Path, more: str = "") -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"{name:24} {cost.cpu:6.1f} CPU s {cost.wall:6.1f} s wall "
        f"{size:6.1f} MB in {len(files):6,} files {more}"
    )


def index_ours(newsletter: Path, site: Path) -> str:
    """Index with ours, then again with a piece changed; return a word that one piece has."""
    project = Project(newsletter / "issues")
    archive = read_archive(project, base=BASE)
    digests: dict[str, bytes] = {}
    words = costing(lambda: count(archive))
    files = costing(lambda: write(search.pages(archive), site, digests))
    report("ours", Cost(words.cpu + files.cpu, words.wall + files.wall), site / "search")
    write(chain(style.pages(archive), piece.pages(archive)), site, {})

    for name, issue in ("last", archive.issues[-1]), ("first", archive.issues[0]):
        path = next(path for path in sorted(issue.folder.path.glob("*.md")))
        path.write_text(path.read_text("utf-8") + "\nHoneysuckle, too.\n", "utf-8")
        archive = read_archive(Project(newsletter / "issues"), base=BASE)
        changed: list[Page] = []
        cost = costing(lambda: changed.extend(write(search.pages(archive), site, digests)))  # noqa: B023
        sizes = sum((site / page.path).stat().st_size for page in changed) / 1e3
        more = f"{len(changed)} files of {sizes:.0f} KB changed"
        report(f"ours, {name} issue edited", cost, site / "search", more)
    report("ours, nothing changed", costing(lambda: list(search.pages(archive))), site / "search")

    earlier = Index(archive.issues).tiers[0]
    stems = chain.from_iterable(earlier.content(file).items() for file in range(earlier.files))
    return next(stem for stem, (_, pieces, _) in stems if len(pieces) == 1 and len(stem) > 7)


def index_pagefind(site: Path, peers: Path) -> None:
    """Index the pages of the pieces with Pagefind."""
    start = time.perf_counter()
    python = peers / "python" / "bin" / "python"
    options = ["--root-selector", "article", "--glob", "*/*/index.html", "--quiet"]
    process = subprocess.Popen([python, "-m", "pagefind", "--site", site, *options])
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    cost = Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start)
    report("Pagefind", cost, site / "pagefind", f"{usage.ru_maxrss / 1e3:,.0f} MB of memory")


class Served(NamedTuple):
    """A site that is served."""

    address: str
    sent: list[int]
    """The bytes of each answer's body."""


@contextmanager
def served(site: Path) -> Iterator[Served]:
    """Serve a site."""
    sent: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = site / urlsplit(self.path).path.strip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                self.send_error(404)
                return
            body = path.read_bytes()
            kind = TEXT.get(path.suffix)
            self.send_response(200)
            self.send_header("Content-Type", kind or "application/octet-stream")
            if kind:
                body = gzip.compress(body, 6)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            sent.append(len(body))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}/", sent)
    finally:
        server.shutdown()


def ask(browser: Browser, site: Served, page: str, script: str, text: str) -> str:
    """Return what the first answer to a search takes: the best of some tries."""
    tries: list[tuple[float, int, int, float]] = []
    for _ in range(TRIES):
        with browser.new_context() as context:
            tab = context.new_page()
            tab.goto(site.address + page)
            site.sent.clear()
            took, found = tab.evaluate(script, text)
            tries.append((took, found, len(site.sent), sum(site.sent) / 1e3))
    took, found, requests, size = min(tries)
    return f"{took:7,.0f} ms {requests:3} requests {size:6.0f} KB {found:7,} found"


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peers", type=Path)
    parser.add_argument("--issues", type=int, default=300)
    arguments = parser.parse_args()
    has_pagefind = (arguments.peers / "python" / "bin" / "python").is_file()

    with tempfile.TemporaryDirectory() as home:
        os.environ["NEWSLETTER_CACHE"] = f"{home}/cache"
        site = Path(home, "site")
        newsletter = write_newsletter(Path(home, "newsletter"), arguments.issues)
        rare = index_ours(newsletter, site)
        if has_pagefind:
            index_pagefind(site, arguments.peers)
        (site / "empty.html").write_text("<!DOCTYPE html><title>Empty</title>", "utf-8")

        asked = [
            "donation",
            "embryo",
            "gene embryo donation",
            "in the embryo",
            rare,
            "donat",
            '"egg research"',
        ]
        path = shutil.which("chromium")
        with served(site) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for text in asked:
                print(
                    f"{json.dumps(text):24} ours     {ask(browser, address, 'search/', OURS, text)}"
                )
                if has_pagefind:
                    found = ask(browser, address, "empty.html", PAGEFIND, text)
                    print(f"{'':24} Pagefind {found}")
            browser.close()


if __name__ == "__main__":
    main()
