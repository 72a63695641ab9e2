"""Files are written whole, or the folder is left as it was."""

from __future__ import annotations

import os
import resource
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsletter.files import read_regular, write_atomically

NEW = {"email.html": b"new html", "email.txt": b"new text", "email.eml": b"new message"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    write_atomically(tmp_path / "build" / "652", NEW)
    assert contents(tmp_path / "build" / "652") == NEW


def test_earlier_files_are_replaced_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "email.html").write_bytes(b"old")
    (tmp_path / "notes").write_bytes(b"mine")
    write_atomically(tmp_path, NEW)
    assert contents(tmp_path) == {**NEW, "notes": b"mine"}


def test_everybody_can_read_the_files(tmp_path: Path) -> None:
    write_atomically(tmp_path, NEW)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o644}


@pytest.mark.parametrize("blocked", NEW)
def test_a_folder_in_the_place_of_a_file_changes_nothing(tmp_path: Path, blocked: str) -> None:
    for name in NEW:
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / blocked).unlink()
    (tmp_path / blocked).mkdir()
    before = contents(tmp_path)
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path, NEW)
    assert contents(tmp_path) == before
    assert len(list(tmp_path.iterdir())) == 3


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file become larger than 100 bytes. Not a fixture: the test's own report may go to a larger file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "email.html").write_bytes(b"old")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_atomically(tmp_path, {"email.html": b"new", "email.eml": b"x" * 101})
    assert contents(tmp_path) == {"email.html": b"old"}


def test_a_full_disk_leaves_no_new_folder_behind(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_atomically(tmp_path / "build" / "652", {"email.eml": b"x" * 101})
    assert list(tmp_path.iterdir()) == []


def test_folders_within_are_made_and_are_gone_again_if_the_disk_is_full(tmp_path: Path) -> None:
    write_atomically(tmp_path / "652", {"pictures/lab.jpg": b"new", "email.html": b"new"})
    assert (tmp_path / "652" / "pictures" / "lab.jpg").read_bytes() == b"new"
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_atomically(tmp_path / "653", {"pictures/a.jpg": b"new", "email.eml": b"x" * 101})
    assert [path.name for path in tmp_path.iterdir()] == ["652"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"a file")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        write_atomically(tmp_path / "build" / "652", NEW)
    assert contents(tmp_path) == {"build": b"a file"}


def test_a_rename_that_fails_half_way_brings_the_earlier_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "email.html").write_bytes(b"old")
    rename = Path.replace

    def in_use(
        self: Path, target: str | os.PathLike[str]
    ) -> Path:  # as Windows does with a file that is open
        if Path(target).name == "email.eml":
            raise PermissionError(13, "The file is in use", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(PermissionError):
        write_atomically(tmp_path, NEW)
    assert contents(tmp_path) == {"email.html": b"old"}


WRITE = """
import os, signal, sys
from pathlib import Path
from newsletter.files import read_regular, write_atomically

folder, last_event = Path(sys.argv[1]), int(sys.argv[2])
events = 0

def kill(event, arguments):
    global events
    if event.startswith(("os.", "open", "tempfile.")) and str(folder) in repr(arguments):
        events += 1
        if events == last_event:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill)
write_atomically(folder, {name: b"new " * 1000 for name in sys.argv[4:]}, as_one=sys.argv[3] == "as one")
"""


def killed_at(event: int, folder: Path, *, as_one: bool) -> bool:
    """Return whether a process that writes new files over old ones was killed at this step; if not, it has finished."""
    command = [
        sys.executable,
        "-c",
        WRITE,
        str(folder),
        str(event),
        "as one" if as_one else "one by one",
        *NEW,
    ]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0


def generations(folder: Path) -> dict[str, bytes]:
    """Return the first word of each file that a reader sees."""
    return {
        name: content.split(b" ")[0]
        for name, content in contents(folder).items()
        if not name.startswith(".")
    }


@pytest.mark.parametrize("as_one", [True, False], ids=["as one", "one by one"])
def test_wherever_a_process_is_killed_files_are_whole_and_nothing_stays_behind(
    tmp_path: Path, as_one: bool
) -> None:
    event, seen = 1, set[tuple[int, int]]()
    while True:
        folder = tmp_path / str(event)
        write_atomically(folder, dict.fromkeys(NEW, b"old " * 1000))
        if not killed_at(event, folder, as_one=as_one):
            break
        found = generations(folder)
        new, old = (list(found.values()).count(word) for word in (b"new", b"old"))
        assert new + old == len(found)
        assert {len(content) for name, content in contents(folder).items() if name in NEW} <= {4000}
        if as_one:
            assert not (new and old), f"of two writings after event {event}: {found}"
            assert "email.eml" not in found or len(found) == len(NEW)
        else:
            assert len(found) == len(NEW)
        seen.add((old, new))
        for left_behind in folder.glob(".*"):
            os.utime(left_behind, (0, 0))
        write_atomically(folder, NEW)
        assert sorted(path.name for path in folder.iterdir()) == sorted(NEW)
        event += 1
    assert event > 12
    assert {(3, 0), (0, 2)} <= seen if as_one else {(3, 0), (1, 2)} <= seen


def test_only_what_was_left_behind_goes(tmp_path: Path) -> None:
    old, new = tmp_path / ".email.html.abcdef12", tmp_path / ".email.html.12fedcba"
    others = [
        tmp_path / name
        for name in (
            ".email.html.swp",
            ".email.html.abcdef123",
            ".notes.abcdef12",
            "email.html.abcdef12",
        )
    ]
    for path in (old, new, *others):
        path.write_bytes(b"mine")
        os.utime(path, (0, 0))
    os.utime(new)
    write_atomically(tmp_path, {"email.html": b"x"})
    assert not old.exists()
    assert all(path.read_bytes() == b"mine" for path in (new, *others))


@pytest.mark.parametrize("as_one", [True, False])
def test_a_file_that_may_not_be_replaced_brings_all_earlier_ones_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_one: bool
) -> None:
    for name in NEW:
        (tmp_path / name).write_bytes(b"old")
    rename = Path.replace

    def in_use(self: Path, target: str | os.PathLike[str]) -> Path:
        if Path(target).name == "email.txt":
            raise PermissionError(13, "The file is in use", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(PermissionError):
        write_atomically(tmp_path, NEW, as_one=as_one)
    assert contents(tmp_path) == dict.fromkeys(NEW, b"old")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


@pytest.mark.parametrize("make", [a_pipe, a_socket, Path.mkdir])
def test_what_is_not_a_file_is_neither_read_nor_replaced(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "email.txt")
    before = (tmp_path / "email.txt").lstat().st_ino
    with pytest.raises(OSError, match=r"email\.txt'"):
        read_regular(tmp_path / "email.txt", 100)
    with pytest.raises(OSError, match=r"'email\.txt' is a (pipe or a device|folder), not a file"):
        write_atomically(tmp_path, NEW)
    assert [path.lstat().st_ino for path in tmp_path.iterdir()] == [before]


def test_a_link_to_a_device_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "email.html").symlink_to("/dev/zero")
    with pytest.raises(OSError, match="a pipe or a device"):
        read_regular(tmp_path / "email.html", 100)
    write_atomically(tmp_path, NEW)
    assert contents(tmp_path) == NEW


def test_a_file_is_read_up_to_a_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert read_regular(tmp_path / "a", 100) == b"x" * 100
    with pytest.raises(OSError, match="larger than 99 bytes"):
        read_regular(tmp_path / "a", 99)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "b", 99)
