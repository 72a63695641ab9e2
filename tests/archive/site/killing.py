"""Processes that bring a site up to date and are killed.

``python -m tests.archive.site.killing steps FOLDER`` works in copies of FOLDER/0: 1 is killed at its
first step, whatever it does to the disk, and the last one is not killed. ``… whole FOLDER`` writes
200 pages into FOLDER; somebody else kills it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from newsletter.archive.archive import Page
from newsletter.archive.site.writing import write_site
from tests.archive.site.sites import BASE, NEW, page, pages

_STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")


def many_pages(state: str) -> list[Page]:
    """Return the pages of a site of which half are only in this state of it."""
    numbers = range(200)
    paths = [f"{number}/{state if number % 2 else 'both'}/index.html" for number in numbers]
    some = [page(path, "index.html", also=f"{state}" * 2000) for path in paths]
    return [*some, page("index.html", " ".join(paths))]


def write_killed(folder: Path, last_step: int) -> None:
    """Bring a site up to date; kill this process at a step, counted from 1."""
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        is_here = event in _STEPS and str(folder) in str(arguments[0])
        if is_here and (event != "open" or _writes(arguments[2])):
            steps += 1
            if steps == last_step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    write_site(pages(NEW), folder, base=BASE)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def is_killed(home: Path, step: int) -> bool:
    """Return whether a process that works on a copy got as far as a step."""
    folder = home / str(step)
    shutil.copytree(home / "0", folder)
    child = os.fork()
    if child == 0:
        write_killed(folder, step)
        os._exit(0)

    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    how, home = sys.argv[1], Path(sys.argv[2]).resolve()
    if how == "whole":
        print("begins", flush=True)  # noqa: T201
        write_site(many_pages("new"), home, base=BASE)
        sys.exit()

    step = 1
    while is_killed(home, step):
        step += 1
