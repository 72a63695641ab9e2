"""The clipboard of each system, as its own program writes it out."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from newsletter.errors import UnreadableError
from newsletter.importers.clipboard import clipboard

CAT = shutil.which("cat")
HTML = "<p>Café</p>"
WINDOWS = (
    "Version:0.9\r\nStartHTML:0000000105\r\nSourceURL:https://www.example.org/a\r\n"
    f"<html><body>\r\n<!--StartFragment-->{HTML}<!--EndFragment-->\r\n</body></html>"
)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder in which programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    return tmp_path


def program(folder: Path, name: str, **answers: str) -> None:
    """Write a program that answers if its arguments have a word in them, and fails otherwise."""
    lines = ["#!/bin/sh", 'case "$*" in']
    for word, answer in answers.items():
        file = folder / f"{name}.{word}"
        file.write_text(answer, "utf-8")
        lines.append(f"*{word}*) exec {CAT} '{file}';;")
    lines += ["*) exit 1;;", "esac"]
    path = folder / name
    path.write_text("\n".join(lines))
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("platform", "display", "name", "word", "answer"),
    [
        ("linux", "DISPLAY", "xclip", "html", HTML),
        ("linux", "WAYLAND_DISPLAY", "wl-paste", "html", HTML),
        ("darwin", "", "osascript", "HTML", f"«data HTML{HTML.encode().hex().upper()}»\n"),
        ("win32", "", "powershell.exe", "Html", WINDOWS),
    ],
)
def test_html_is_read_where_there_is_any(
    programs: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    display: str,
    name: str,
    word: str,
    answer: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(display or "OTHER", ":0")
    program(programs, name, **{word: answer})
    original = clipboard()
    assert original.content.decode() == HTML
    assert (original.name, original.media_type) == ("clipboard", "text/html")
    assert original.address == ("https://www.example.org/a" if platform == "win32" else None)


def test_text_is_read_where_there_is_no_html(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    program(programs, "xclip", UTF8="Only text")
    original = clipboard()
    assert (original.content, original.media_type) == (b"Only text", "text/plain")


@pytest.mark.parametrize(
    ("display", "has_program", "message"),
    [
        ("DISPLAY", True, "clipboard: There is no text in the clipboard. Copy the text again."),
        ("DISPLAY", False, "clipboard: The clipboard is read by the program xclip, which is not "
         "installed. Install it: sudo apt install xclip"),
        ("OTHER", False, "clipboard: There is no clipboard: this command does not run in a window. "
         "Save the text as a file, and add that."),
    ],
    ids=["empty", "without its program", "without a window"],
)  # fmt: skip
def test_what_cannot_be_read_is_said(
    programs: Path, monkeypatch: pytest.MonkeyPatch, display: str, has_program: bool, message: str
) -> None:
    monkeypatch.setenv(display, ":0")
    if has_program:
        program(programs, "xclip")
    with pytest.raises(UnreadableError) as caught:
        clipboard()
    assert str(caught.value) == message
