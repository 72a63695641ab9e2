"""Where the processor time of our archive goes: ``python -m tests.benchmarks.archive.stages FOLDER``.

On one core, without the writing of files, for a newsletter that ``generate`` has written: reading
from nothing, reading what is kept, and then the pages of each kind.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from newsletter.archive.archive import Archive
from newsletter.archive.pages import _KINDS
from newsletter.archive.reading import read_archive
from newsletter.archive.site.links import links_and_ids
from newsletter.manifest import Project

Result = TypeVar("Result")


def main(folder: Path) -> None:
    """Print the seconds that each stage takes."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as cache:
        os.environ["NEWSLETTER_CACHE"] = cache
        timed("reading, from nothing", lambda: read_archive(Project(folder / "issues")))
        archive = timed("reading, kept", lambda: read_archive(Project(folder / "issues")))
        for kind in _KINDS:
            name = kind.__name__.rpartition(".")[2]
            timed(f"pages: {name}", lambda kind=kind: _made(archive, kind.pages))  # type: ignore[misc]


def _made(archive: Archive, pages_of: Callable[[Archive], Iterator[object]]) -> None:
    links = 0.0
    for page in pages_of(archive):
        content = page.make()  # type: ignore[attr-defined]
        start = time.process_time()
        links_and_ids(page.path, content, archive.base)  # type: ignore[attr-defined]
        links += time.process_time() - start
    print(f"{'of which links':<34}{links:>9.2f} s")


def timed(name: str, action: Callable[[], Result]) -> Result:
    """Print how long an action took; return its result."""
    start = time.process_time()
    result = action()
    print(f"{name:<34}{time.process_time() - start:>9.2f} s", flush=True)
    return result


if __name__ == "__main__":
    main(Path(sys.argv[1]))
