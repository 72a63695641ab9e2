"""What is in the clipboard, as HTML if the program that it is from has given any."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from shutil import which
from typing import NamedTuple

from newsletter.errors import UnreadableError
from newsletter.importers.original import Original, unreadable

NAME = "clipboard"
_HTML, _TEXT = "text/html", "text/plain"
_SECONDS = 10
_FRAGMENT = re.compile(rb"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_SOURCE = re.compile(rb"SourceURL:(https?://[^\r\n]+)")
_HEX = re.compile(rb"data HTML([0-9A-F]+)")
_HEADER = re.compile(rb"Version:.*?(?=<)", re.DOTALL)
"""What Windows writes above the HTML ("HTML Clipboard Format" in its documentation)."""
_IN_UTF_8 = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "


class _Way(NamedTuple):
    """A command that writes what is in the clipboard, and what becomes of that."""

    media_type: str
    command: tuple[str, ...]
    read: Callable[[bytes], bytes] = bytes


def clipboard() -> Original:
    """Return what is in the clipboard. Raise UnreadableError if nothing can be read from it."""
    for way in _ways():
        content = _answer(way)
        if content.strip():
            source = _SOURCE.search(content[:1000])
            address = source[1].decode("ascii", "replace") if source else None
            return Original(NAME, _part(content), address=address, media_type=way.media_type)
    raise _unreadable("There is no text in the clipboard.", "Copy the text again.")


def _ways() -> Iterator[_Way]:
    """Yield the ways into the clipboard of this system, that of HTML first."""
    if sys.platform == "darwin":
        script = "the clipboard as «class HTML»"
        yield _Way(_HTML, ("osascript", "-e", script), _from_hex)
        yield _Way(_TEXT, ("pbpaste", "-Prefer", "txt"))
    elif sys.platform == "win32":
        for media_type, option in ((_HTML, " -TextFormatType Html"), (_TEXT, "")):
            script = f"{_IN_UTF_8}Get-Clipboard -Raw{option}"
            yield _Way(media_type, ("powershell.exe", "-NoProfile", "-Command", script))
    elif os.environ.get("WAYLAND_DISPLAY") and _is_installed("wl-paste", "wl-clipboard"):
        yield _Way(_HTML, ("wl-paste", "--no-newline", "--type", _HTML))
        yield _Way(_TEXT, ("wl-paste", "--no-newline", "--type", "text"))
    elif os.environ.get("DISPLAY") and _is_installed("xclip", "xclip"):
        for media_type, target in ((_HTML, _HTML), (_TEXT, "UTF8_STRING")):
            yield _Way(media_type, ("xclip", "-selection", "clipboard", "-o", "-t", target))
    else:
        message = "There is no clipboard: this command does not run in a window."
        raise _unreadable(message, "Save the text as a file, and add that.")


def _is_installed(program: str, package: str) -> bool:
    """Return True if a program is installed. Raise UnreadableError if it is not."""
    if which(program) is None:
        message = f"The clipboard is read by the program {program}, which is not installed."
        raise _unreadable(message, f"Install it: sudo apt install {package}")
    return True


def _answer(way: _Way) -> bytes:
    """Return what a command writes; nothing if it fails, as it does for a kind that is not there.

    Raise UnreadableError if it does not answer.
    """
    try:
        done = subprocess.run(  # noqa: S603  the commands are those above
            way.command, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        message = "The program that the text was copied in does not answer."
        raise _unreadable(message, "Copy the text again.") from None
    except OSError:
        return b""
    return way.read(done.stdout) if done.returncode == 0 else b""


def _from_hex(answer: bytes) -> bytes:
    """Return the bytes that macOS writes as «data HTML3C703E…»."""
    digits = _HEX.search(answer)
    return bytes.fromhex(digits[1].decode()) if digits else b""


def _part(content: bytes) -> bytes:
    """Return the part of a page that was copied."""
    fragment = _FRAGMENT.search(content)
    if fragment:
        return fragment[1]
    return _HEADER.sub(b"", content, count=1) if content.startswith(b"Version:") else content


def _unreadable(message: str, hint: str) -> UnreadableError:
    return unreadable(Original(NAME, b""), message, hint)
