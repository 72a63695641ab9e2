"""What is saved is noticed: real files, in the system's own time."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from newsletter.preview.watching import changes

QUIET = 0.2
"""Seconds without a change after which no more is expected."""


class Watch:
    """The changes that are noticed in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.news: Queue[set[Path]] = Queue()

    async def follow(self) -> None:
        async for paths in changes(self.root / "issues", self.root / "templates"):
            self.news.put(paths)

    def until(self, *expected: Path) -> list[set[Path]]:
        """Return the sets that come until all these files were in one. Raises Empty if they are not in ten seconds."""
        sets = [self.news.get(timeout=10)]
        while not set(expected) <= set[Path]().union(*sets):
            sets.append(self.news.get(timeout=10))
        return sets

    def rest(self) -> list[set[Path]]:
        """Return the sets that come until it is quiet."""
        sets = []
        try:
            while True:
                sets.append(self.news.get(timeout=QUIET))
        except Empty:
            return sets

    def settle(self, probe: Path) -> None:
        """Write a file until that is noticed, and wait until it is quiet."""
        for count in range(200):
            probe.write_text(str(count), "utf-8")
            try:
                self.news.get(timeout=0.05)
            except Empty:
                continue
            self.rest()
            return
        raise AssertionError("no save is noticed any more")


@contextmanager
def watched(root: Path) -> Iterator[Watch]:
    """Watch ``root`` in a thread until the block ends."""
    watch = Watch(root)
    loop = asyncio.new_event_loop()
    task = loop.create_task(watch.follow())

    def run() -> None:
        loop.run_until_complete(asyncio.wait([task]))
        loop.run_until_complete(loop.shutdown_asyncgens())
        for other in asyncio.all_tasks(loop):
            other.cancel()
            loop.run_until_complete(asyncio.wait([other]))
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield watch
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
    assert task.cancelled(), "watching has ended by itself"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "issues" / "652").mkdir(parents=True)
    (tmp_path / "issues" / "652" / "issue.yaml").write_text("number: 652", "utf-8")
    (tmp_path / "templates" / "bionews").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def watch(root: Path) -> Iterator[Watch]:
    with watched(root) as watch:
        watch.settle(root / "issues" / "probe")
        yield watch


def write_over(path: Path, text: str) -> None:
    """As most programs save: under another name, which then takes the place."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("issues/652/issue.yaml", lambda path: path.write_text("number: 653", "utf-8")),
        ("issues/652/issue.yaml", lambda path: write_over(path, "number: 653")),
        ("issues/652/issue.yaml", lambda path: path.unlink()),
        ("issues/652/issue.yaml", lambda path: path.rename(path.with_name("other.yaml"))),
        ("issues/652/cover.png", lambda path: path.write_bytes(b"\x89PNG")),
        ("issues/653", lambda path: path.mkdir()),
        ("issues/publication.yaml", lambda path: path.write_text("name: BioNews", "utf-8")),
        ("templates/bionews/style.css", lambda path: path.write_text("p {}", "utf-8")),
    ],
    ids=[
        "saved",
        "written-over",
        "deleted",
        "renamed",
        "picture",
        "new-folder",
        "publication",
        "theme",
    ],
)
def test_it_is_noticed(watch: Watch, name: str, do: Callable[[Path], object]) -> None:
    do(watch.root / name)
    watch.until(watch.root / name)


def test_a_file_in_a_new_folder_is_noticed(watch: Watch) -> None:
    folder = watch.root / "issues" / "653"
    folder.mkdir()
    watch.until(folder)
    watch.rest()
    (folder / "issue.yaml").write_text("number: 653", "utf-8")
    watch.until(folder / "issue.yaml")


def test_a_burst_of_saves_comes_as_few_sets(watch: Watch) -> None:
    paths = [watch.root / "issues" / "652" / f"{count}.md" for count in range(20)]
    for path in paths:
        path.write_text("saved", "utf-8")
    sets = watch.until(*paths) + watch.rest()
    assert len(sets) <= 4


def test_what_is_next_to_the_folders_is_not_reported(watch: Watch) -> None:
    (watch.root / "build").mkdir()
    (watch.root / "build" / "email.html").write_text("built", "utf-8")
    last = watch.root / "issues" / "last"
    last.write_text("last", "utf-8")
    seen = set[Path]().union(*watch.until(last))
    assert not {path for path in seen if path.is_relative_to(watch.root / "build")}


def test_a_templates_folder_that_is_made_later_is_followed(root: Path) -> None:
    shutil.rmtree(root / "templates")
    with watched(root) as watch:
        watch.settle(root / "issues" / "probe")
        (root / "templates" / "mine").mkdir(parents=True)
        watch.until(root / "templates")
        watch.rest()
        (root / "templates" / "mine" / "style.css").write_text("p {}", "utf-8")
        watch.until(root / "templates" / "mine" / "style.css")


def test_a_folder_without_either_waits_for_them(root: Path) -> None:
    shutil.rmtree(root / "templates")
    shutil.rmtree(root / "issues")
    with watched(root) as watch:
        (root / "issues" / "652").mkdir(parents=True)
        watch.settle(root / "issues" / "probe")
        (root / "issues" / "652" / "issue.yaml").write_text("number: 652", "utf-8")
        watch.until(root / "issues" / "652" / "issue.yaml")


def test_an_issues_folder_that_another_takes_the_place_of_is_followed(watch: Watch) -> None:
    issues, other = watch.root / "issues", watch.root / "other"
    (other / "700").mkdir(parents=True)
    issues.rename(watch.root / "before")
    other.rename(issues)
    watch.until(issues)
    watch.rest()
    (issues / "700" / "issue.yaml").write_text("number: 700", "utf-8")
    watch.until(issues / "700" / "issue.yaml")


def test_an_issues_folder_that_comes_back_immediately_is_followed_however_often(
    watch: Watch,
) -> None:
    issues = watch.root / "issues"
    for count in range(6):
        shutil.rmtree(issues)
        watch.until(issues, watch.root / "templates")
        (issues / "652").mkdir(parents=True)
        watch.settle(issues / "probe")
        (issues / "652" / f"{count}.md").write_text("saved", "utf-8")
        watch.until(issues / "652" / f"{count}.md")
