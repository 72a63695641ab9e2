"""Files are written whole, or the folder is left as it was."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsletter.files import write_whole

NEW = {"email.html": b"new html", "email.txt": b"new text", "email.eml": b"new message"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "build" / "652", NEW)
    assert contents(tmp_path / "build" / "652") == NEW


def test_earlier_files_are_replaced_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "email.html").write_bytes(b"old")
    (tmp_path / "notes").write_bytes(b"mine")
    write_whole(tmp_path, NEW)
    assert contents(tmp_path) == {**NEW, "notes": b"mine"}


def test_everybody_can_read_the_files(tmp_path: Path) -> None:
    write_whole(tmp_path, NEW)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o644}


@pytest.mark.parametrize("blocked", NEW)
def test_a_folder_in_the_place_of_a_file_changes_nothing(tmp_path: Path, blocked: str) -> None:
    for name in NEW:
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / blocked).unlink()
    (tmp_path / blocked).mkdir()
    before = contents(tmp_path)
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, NEW)
    assert contents(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == 3


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may become larger than 100 bytes. Not a fixture: the test's own report may go to a larger file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "email.html").write_bytes(b"old")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_whole(tmp_path, {"email.html": b"new", "email.eml": b"x" * 101})
    assert contents(tmp_path) == {"email.html": b"old"}


def test_a_full_disk_leaves_no_new_folder_behind(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_whole(tmp_path / "build" / "652", {"email.eml": b"x" * 101})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"a file")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        write_whole(tmp_path / "build" / "652", NEW)
    assert contents(tmp_path) == {"build": b"a file"}


def test_a_rename_that_fails_half_way_brings_the_earlier_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "email.html").write_bytes(b"old")
    rename = Path.replace

    def in_use(self: Path, target: str | os.PathLike[str]) -> Path:  # as Windows does with a file that is open
        if Path(target).name == "email.eml":
            raise PermissionError(13, "The file is in use", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(PermissionError):
        write_whole(tmp_path, NEW)
    assert contents(tmp_path) == {"email.html": b"old"}
