"""A run that is killed at any moment leaves a site without dead links, and the next completes it."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from newsletter.archive.site.writing import compare_site, write_site
from tests.archive.site.killing import many_pages
from tests.archive.site.sites import BASE, NEW, OLD, files, never_made, page, pages, walk


def reader(folder: Path) -> Callable[[str], bytes]:
    """Return what gets the pages of a site, which are all whole."""

    def read(path: str) -> bytes:
        content = (folder / path).read_bytes()
        assert content.endswith(b"<!--end-->"), path
        return content

    return read


def test_a_kill_at_any_step(tmp_path: Path, repository: Path) -> None:
    write_site(pages(OLD), tmp_path / "0", base=BASE)
    before = files(tmp_path / "0")
    write_site(pages(NEW), tmp_path / "clean", base=BASE)
    clean = files(tmp_path / "clean")
    shutil.rmtree(tmp_path / "clean")

    command = [sys.executable, "-m", "tests.archive.site.killing", "steps", str(tmp_path)]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)

    folders = sorted(tmp_path.iterdir(), key=lambda path: int(path.name))
    assert len(folders) > 25
    assert files(folders[-1]) == clean
    for folder in folders:
        assert len(list(walk(reader(folder)))) >= len(OLD), folder.name
        other = shutil.copytree(folder, tmp_path / "other")

        write_site(pages(NEW), folder, base=BASE)
        assert files(folder) == clean, folder.name
        assert list_of(folder, "changes.txt") >= set(NEW) - set(OLD)
        assert list_of(folder, "removed.txt") == {"1/gone/index.html"}

        write_site(pages(OLD), other, base=BASE)
        assert files(other) == before, folder.name
        shutil.rmtree(other)


def list_of(folder: Path, name: str) -> set[str]:
    """Return the paths in a list of changes."""
    return set((folder / ".archive" / name).read_text().split())


def test_kills_at_random_moments(tmp_path: Path, repository: Path) -> None:
    write_site(many_pages("new"), tmp_path / "clean", base=BASE)
    clean = files(tmp_path / "clean")
    folder = tmp_path / "site"
    write_site(many_pages("old"), folder, base=BASE)

    command = [sys.executable, "-m", "tests.archive.site.killing", "whole", str(folder)]
    moments = random.Random(596)  # noqa: S311
    for _ in range(6):
        with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
        assert len(list(walk(reader(folder)))) == 201

    write_site(many_pages("new"), folder, base=BASE)
    assert files(folder) == clean


def test_what_a_killed_run_has_made_is_not_made_again(tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done > 100:
            raise KeyboardInterrupt

    some = many_pages("new")
    with contextlib.suppress(KeyboardInterrupt):
        write_site(some, tmp_path, progress=stop)

    made = [page._replace(make=never_made) for page in some[:100]]
    write_site([*made, *some[100:]], tmp_path)
    write_site(some, tmp_path / "clean")
    assert files(tmp_path / "clean") == {
        name: content for name, content in files(tmp_path).items() if not name.startswith("clean")
    }


def test_what_a_killed_run_has_made_is_no_file_of_somebody_else(tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        raise KeyboardInterrupt

    front = page("index.html", "1/index.html")
    with contextlib.suppress(KeyboardInterrupt):
        write_site([page("1/index.html"), front], tmp_path, base=BASE, progress=stop)
    assert (tmp_path / "1/index.html").exists()
    expected = compare_site([front], tmp_path, base=BASE).dead_links
    assert write_site([front], tmp_path, base=BASE).dead_links == expected != ()
