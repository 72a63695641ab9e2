"""What lies in the inbox, and what of it is left alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsletter.adding.inbox import Waiting, waiting_in
from newsletter.adding.originals import keep, original_in


def look(folder: Path) -> Waiting:
    return waiting_in(folder, pause=lambda _: None)


def names(waiting: Waiting) -> list[str]:
    return [path.name for path in waiting.files]


def test_files_are_taken_by_name_and_copies_after_their_originals(tmp_path: Path) -> None:
    for name in ("b.docx", "a (10).docx", "a.docx", "a (2).docx", "(1).md"):
        (tmp_path / name).write_text("words", "utf-8")
    assert names(look(tmp_path)) == ["(1).md", "a.docx", "a (2).docx", "a (10).docx", "b.docx"]


@pytest.mark.parametrize(
    "name",
    [
        "~$piece.docx",
        ".DS_Store",
        ".~lock.piece.docx#",
        "desktop.ini",
        "Thumbs.db",
        "a.receipt.json",
    ],
)
def test_what_programs_keep_for_themselves_is_not_mentioned(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("words", "utf-8")
    assert look(tmp_path) == Waiting([], [])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("piece.docx.crdownload", "words", "still being downloaded"),
        ("piece.part", "words", "still being downloaded"),
        ("~WRL0001.tmp", "words", "still being downloaded"),
        ("piece.docx", "", "is empty"),
        (".piece.docx.icloud", "words", "in the cloud only"),
    ],
)
def test_what_is_not_whole_is_left_with_the_reason(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    waiting = look(tmp_path)
    assert waiting.files == []
    assert [left.path.name for left in waiting.left_alone] == [name]
    assert reason in waiting.left_alone[0].reason


def test_links_folders_and_pipes_are_not_followed(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (tmp_path / "secret.docx").write_text("words", "utf-8")
    (inbox / "link.docx").symlink_to(tmp_path / "secret.docx")
    (inbox / "folder").mkdir()
    os.mkfifo(inbox / "pipe")
    waiting = look(inbox)
    assert waiting.files == []
    assert [left.reason.split(".")[0] for left in waiting.left_alone] == [
        "This is a folder",
        "This is a link",
        "This is not a file",
    ]


def test_a_file_that_grows_while_it_waits_is_left(tmp_path: Path) -> None:
    half, whole = tmp_path / "half.docx", tmp_path / "whole.docx"
    for path in (half, whole):
        path.write_text("words", "utf-8")
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        half.write_text("words and more words", "utf-8")

    waiting = waiting_in(tmp_path, pause)
    assert (names(waiting), waits) == (["whole.docx"], [2.0])
    assert "still being written" in waiting.left_alone[0].reason


def test_a_file_that_goes_while_it_waits_is_left(tmp_path: Path) -> None:
    path = tmp_path / "piece.docx"
    path.write_text("words", "utf-8")
    assert waiting_in(tmp_path, lambda _: path.unlink()).files == []


def test_a_file_that_is_only_in_onedrive_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "piece.docx").write_text("words", "utf-8")
    of_windows = SimpleNamespace(st_mode=stat.S_IFREG, st_size=5, st_file_attributes=0x400020)
    monkeypatch.setattr(Path, "lstat", lambda _: of_windows)
    assert "in the cloud only" in look(tmp_path).left_alone[0].reason


def test_what_was_added_moves_and_nothing_is_written_over(tmp_path: Path) -> None:
    sources = tmp_path / "sources"

    def kept(content: str) -> str:
        path = tmp_path / "piece.docx"
        path.write_text(content, "utf-8")
        name = keep(path, sources).name
        assert not path.exists()
        return name

    written = ["one", "two", "one", "three"]
    assert [kept(content) for content in written] == [
        "piece.docx",
        "piece-2.docx",
        "piece.docx",
        "piece-3.docx",
    ]
    assert original_in(sources / "piece-3.docx").content == b"three"


def test_a_file_is_read_within_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "large.docx").write_bytes(b"12345678901")
    monkeypatch.setattr("newsletter.adding.originals.MOST_READ", 10)
    with pytest.raises(OSError, match="larger than 10 bytes"):
        original_in(tmp_path / "large.docx")
