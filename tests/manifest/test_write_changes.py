"""Several files of an issue change at once, or none does, whatever happens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from newsletter.errors import ManifestError
from newsletter.manifest import writing
from newsletter.manifest.writing import changing, write_changes
from tests.manifest.killing import FILES

BEFORE = {
    "issue.yaml": b"number: 652\r\nitems: [one]\r\n",
    "one.md": b"---\ntitle: One\n---\n",
}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))


def issue(folder: Path) -> Path:
    folder.mkdir()
    for name, content in BEFORE.items():
        (folder / name).write_bytes(content)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, and its folders as empty ones."""
    return {
        path.relative_to(folder).as_posix(): b"" if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


AFTER = FILES | {"images": b"", "sources": b""}


def test_all_files_are_written(tmp_path: Path) -> None:
    folder = issue(tmp_path / "652")
    with changing(folder):
        write_changes(folder, FILES)
    assert files(folder) == AFTER


def test_a_new_issue_gets_its_folder(tmp_path: Path) -> None:
    with changing(tmp_path / "653"):
        write_changes(tmp_path / "653", FILES)
    assert files(tmp_path / "653") == AFTER


def test_what_is_the_same_already_is_not_touched(tmp_path: Path) -> None:
    folder = issue(tmp_path / "652")
    stamps = [path.stat().st_ino for path in sorted(folder.iterdir())]
    with changing(folder):
        write_changes(folder, BEFORE)
    assert [path.stat().st_ino for path in sorted(folder.iterdir())] == stamps


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_that_cannot_be_written_leaves_all_as_it_was(tmp_path: Path, name: str) -> None:
    folder = issue(tmp_path / "652")
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir(parents=True)  # a folder is in its way
    before = files(folder)
    with changing(folder), pytest.raises(OSError, match="folder"):
        write_changes(folder, FILES)
    assert files(folder) == before


@pytest.mark.parametrize("renamed", range(6))
def test_ctrl_c_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    folder = issue(tmp_path / "652")
    rename, count = Path.replace, iter(range(100))

    def interrupted(path: Path, target: Path) -> Path:
        if next(count) == renamed:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with changing(folder), pytest.raises(KeyboardInterrupt):
        write_changes(folder, FILES)
    assert files(folder) == BEFORE


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Copies of the issue, each as a process has left it that was killed one step later."""
    home = tmp_path_factory.mktemp("killed")
    issue(home / "0")
    command = [sys.executable, "-m", "tests.manifest.killing", str(home)]
    cache = {"NEWSLETTER_CACHE": str(home / "cache")}
    subprocess.run(command, env=os.environ | cache, check=True)
    steps = len(list(home.glob("[0-9]*")))
    return [home / str(step) for step in range(1, steps)]


def test_killed_at_any_step_it_reads_as_before_or_as_after(killed: list[Path]) -> None:
    for folder in killed:
        seen = files(folder)
        assert seen["one.md"] in (BEFORE["one.md"], FILES["one.md"])
        if seen["issue.yaml"] == FILES["issue.yaml"]:
            assert AFTER.items() <= seen.items()
        else:
            assert seen["issue.yaml"] == BEFORE["issue.yaml"]


def test_killed_at_any_step_it_is_as_before_once_the_next_command_comes(
    killed: list[Path], tmp_path: Path
) -> None:
    undone = 0
    for path in killed:
        folder = tmp_path / path.name
        shutil.copytree(path, folder)
        is_new = (folder / "issue.yaml").read_bytes() == FILES["issue.yaml"]
        with changing(folder):
            pass
        assert files(folder) == (AFTER if is_new else BEFORE)
        undone += not is_new

    assert undone > 20
    assert undone < len(killed) - 1


def test_what_somebody_has_changed_since_stays(killed: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "652"
    half = next(path for path in killed if (path / "two.md").exists())
    shutil.copytree(half, folder)
    (folder / "one.md").write_bytes(b"an editor's words")
    (folder / "issue.yaml").write_bytes(b"number: 653\n")
    with changing(folder):
        pass
    assert files(folder) == {"one.md": b"an editor's words", "issue.yaml": b"number: 653\n"}


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"[]",
        b'{"files": [{"name": "../out.txt", "earlier": null, "digest": "%s"}], "folders": []}',
        b'{"files": [], "folders": ["../empty"]}',
    ],
    ids=["empty", "list", "outside", "folder-outside"],
)
def test_a_note_of_somebody_else_reaches_nothing_outside(tmp_path: Path, note: bytes) -> None:
    folder = issue(tmp_path / "652")
    (tmp_path / "out.txt").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    nothing = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / ".unfinished.json").write_bytes(note.replace(b"%s", nothing))
    with changing(folder):
        pass
    assert files(folder) == BEFORE
    assert {path.name for path in tmp_path.iterdir()} >= {"out.txt", "empty"}


def test_a_second_command_waits_for_the_first(tmp_path: Path) -> None:
    folder = issue(tmp_path / "652")
    order: list[str] = []

    def second() -> None:
        with changing(folder):
            order.append("second")

    with changing(folder):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_second_command_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_PATIENCE", 0.1)
    at_once = pytest.raises(ManifestError, match=r"Another command is changing")
    with changing(tmp_path), at_once, changing(tmp_path):
        pass
