"""Processes that bring a site up to date and are killed.

``python -m tests.archive.site.killing steps FOLDER`` works in copies of FOLDER/0, each time killed
at another step (tests/killing.py). ``… whole FOLDER`` writes 200 pages into FOLDER; somebody else
kills it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from newsletter.archive.page import Page
from newsletter.archive.site.writing import write_site
from tests.archive.site.sites import BASE, NEW, page, pages
from tests.killing import kill_each_step


def many_pages(state: str) -> list[Page]:
    """Return the pages of a site of which half are only in this state of it."""
    numbers = range(200)
    paths = [f"{number}/{state if number % 2 else 'both'}/index.html" for number in numbers]
    some = [page(path, "index.html", also=f"{state}" * 2000) for path in paths]
    return [*some, page("index.html", " ".join(paths))]


def bring_up_to_date(folder: Path) -> None:
    """Write a site that is there in its new state."""
    write_site(pages(NEW), folder, base=BASE)


if __name__ == "__main__":
    how, home = sys.argv[1], Path(sys.argv[2]).resolve()
    if how == "steps":
        kill_each_step(home, bring_up_to_date)
    else:
        print("begins", flush=True)  # noqa: T201
        write_site(many_pages("new"), home, base=BASE)
