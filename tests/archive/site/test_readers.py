"""Readers on the site while it is written: no link is dead, no file is half written."""

from __future__ import annotations

import threading
from pathlib import Path

from newsletter.archive.site.place import alone
from newsletter.archive.site.writing import write_site
from tests.archive.site.killing import many_pages
from tests.archive.site.sites import files, walk


class Reader(threading.Thread):
    """Walks a site from its front page again and again."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.ends = threading.Event()
        self.faults: list[str] = []
        self.walks = 0

    def run(self) -> None:
        """Walk until ``ends`` is set."""
        while not self.ends.is_set():
            for path, content in walk(self.fetch):
                if not content.endswith(b"<!--end-->"):
                    self.faults.append(f"{path} is half a page")
            self.walks += 1

    def fetch(self, path: str) -> bytes:
        """Return a page. If it is gone, ask for the front page anew, as a reader does."""
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            front = (self.folder / "index.html").read_bytes()
            if path.encode() in front:
                self.faults.append(f"{path} is a dead link")
            return b"<!--end-->"


def test_readers_meet_no_dead_link_and_no_half_page(tmp_path: Path) -> None:
    write_site(many_pages("old"), tmp_path)
    readers = [Reader(tmp_path), Reader(tmp_path)]
    for reader in readers:
        reader.start()
    for state in ("new", "old", "new"):
        write_site(many_pages(state), tmp_path)
    for reader in readers:
        reader.ends.set()
        reader.join()
    assert all(reader.walks for reader in readers)
    assert [reader.faults for reader in readers] == [[], []]


def test_two_runs_at_once(tmp_path: Path) -> None:
    waited: list[str] = []
    begun = threading.Event()

    def hold(*_: int) -> None:
        if not begun.is_set():
            begun.set()
            other.join(0.5)

    def write_new() -> None:
        begun.wait()
        with alone(tmp_path / "site", lambda: waited.append("waits")):
            write_site(many_pages("new"), tmp_path / "site")

    other = threading.Thread(target=write_new)
    other.start()
    write_site(many_pages("old"), tmp_path / "site", progress=hold)
    other.join()
    assert waited == ["waits"]
    write_site(many_pages("new"), tmp_path / "clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean")
