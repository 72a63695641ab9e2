"""How fast a save shows, and whether memory grows: ``make benchmark``.

It writes a file, and measures the time until the new words are in the email in Chromium, in a
visible frame; 100 times, in a newsletter of two issues, in the same one in four formats, and in one
of 1,300 issues. In the small one it then saves 1,000 times more, and compares the server's memory
before and after.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.many import write_issue

REPOSITORY = Path(__file__).resolve().parents[2]
SAVES = 100
REBUILDS = 1_000
MANY = 1_298
FIRST_OF_MANY = 1_000
FORMATS = """
formats:
  - {name: teasers, shows: teasers}
  - {name: headlines, shows: headlines}
  - {name: full, shows: full}
  - {name: plain, shows: full, parts: text}
"""
QUIET = 0.3
"""Seconds between two saves: nobody saves while the last save is still being checked."""
SEEN = """words => new Promise(resolve => {
  const look = () => {
    const frames = [...document.querySelectorAll('iframe')];
    const all = frames.length && frames.every(frame => frame.contentDocument?.body?.textContent.includes(words));
    if (all) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    else requestAnimationFrame(look);
  };
  look();
})"""


def seconds_until_seen(page: Page, manifest: Path, words: str) -> float:
    """Save the issue with other words, and return the seconds until every frame shows them."""
    text = manifest.read_text("utf-8").split("# saved", 1)[0]
    text = text.replace(text.split("teaser: ", 1)[1].split("\n", 1)[0], words, 1)
    written: list[float] = []

    def save() -> None:
        time.sleep(0.05)  # the browser is looking by now
        manifest.write_text(text, "utf-8")
        written.append(time.time())

    thread = threading.Thread(target=save)
    thread.start()
    seen = page.evaluate(SEEN, words)
    thread.join()
    return float(seen) / 1000 - written[0]


def seconds_of_a_reload(page: Page, words: str) -> float:
    """Load the whole page again, and return the seconds until every frame shows these words."""
    start = time.time()
    page.reload()
    return float(page.evaluate(SEEN, words)) / 1000 - start


def resident_megabytes(process: subprocess.Popen[str]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def measure_saves(page: Page, manifest: Path) -> None:
    """Print how long saves take until they are on the screen."""
    times: list[float] = []
    for number in range(SAVES):
        times.append(1000 * seconds_until_seen(page, manifest, f"Save number {number} of many"))
        time.sleep(QUIET)
    median = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[18]
    print(f"  {SAVES} saves: fastest {min(times):.0f} ms, median {median:.0f}, p95 {p95:.0f}")

    last = f"Save number {SAVES - 1} of many"
    by_hand = statistics.median(1000 * seconds_of_a_reload(page, last) for _ in range(10))
    print(f"  the page loaded again, without the save: {by_hand:.0f} ms")


def measure_memory(page: Page, manifest: Path, process: subprocess.Popen[str]) -> None:
    """Print how much memory the server has before and after many saves."""
    before = resident_megabytes(process)
    for number in range(REBUILDS):
        seconds_until_seen(page, manifest, f"Rebuild number {number} of many")
    after = resident_megabytes(process)
    print(f"  memory of the server: {before:.1f} MB, after {REBUILDS:,} more saves {after:.1f} MB")


def measure(folder: Path, *, query: str = "", memory: bool = False) -> None:
    """Serve the newsletter in ``folder``, look at issue 652 in Chromium, and save it often."""
    manifest = folder / "issues" / "652" / "issue.yaml"
    command = [sys.executable, "-m", "newsletter", "preview", "652", "--no-open"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}{query}")
            page.wait_for_selector("iframe")
            measure_saves(page, manifest)
            if memory:
                measure_memory(page, manifest, process)
            browser.close()
        process.terminate()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("issues", "templates"):
            shutil.copytree(REPOSITORY / part, folder / part)
        print("From save to screen, in a newsletter of 2 issues:")
        measure(folder, memory=True)

        publication = folder / "issues" / "publication.yaml"
        text = publication.read_text("utf-8")
        publication.write_text(text + FORMATS, "utf-8")
        print("The same in four formats, of which the full text is shown:")
        measure(folder, query="?format=full")
        publication.write_text(text, "utf-8")

        for number in range(FIRST_OF_MANY, FIRST_OF_MANY + MANY):
            write_issue(folder / "issues", number)
        print(f"From save to screen, in a newsletter of {MANY + 2:,} issues:")
        measure(folder)


if __name__ == "__main__":
    main()
