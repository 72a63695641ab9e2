"""The text of a file, or the reason why there is none."""

from __future__ import annotations

from pathlib import Path

from newsletter.errors import Problem
from newsletter.fields import HIDDEN, HIDDEN_HINT, hidden_character

MAX_BYTES = 250_000
"""Some 40,000 words; Markdown at its worst, nothing but brackets, takes three seconds for as much."""
MAX_REPORTED = 100
"""Lines of one file that are reported for the same fault; a file that has more is broken as a whole."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a UTF-8 file, its lines ended by \\n, or None, with the reason in ``problems``.

    Hidden characters are reported here, where their line is known, and become blanks.
    """
    try:
        raw = _read_bytes(path)
    except OSError as error:
        problems.append(Problem(path, None, f"This file cannot be read ({error.strerror}).", "Check its permissions."))
        return None
    except _UnreadableError as refusal:
        problems.append(Problem(path, None, refusal.what, refusal.hint))
        return None
    text = _decoded(raw, path, problems)
    return None if text is None else _without_hidden_characters(text, path, problems)


class _UnreadableError(Exception):
    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise _UnreadableError("This is a folder, not a file.", "Give the folder another name, and put the file here.")
    if not path.is_file():  # a pipe or a device too: reading it might never end
        raise _UnreadableError("This file does not exist.", "Check its name and place.")
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        hint = "Look for something pasted by mistake, or move texts to Markdown files."
        raise _UnreadableError(f"This file is larger than {MAX_BYTES:,} bytes.", hint)
    return raw


def _decoded(raw: bytes, path: Path, problems: list[Problem]) -> str | None:
    if raw.startswith(_UTF16) or b"\0" in raw:
        what = "This file is not text in the encoding UTF-8; it may be UTF-16."
        problems.append(Problem(path, 1, what, "Save it again with the encoding UTF-8."))
        return None
    try:
        return _with_plain_line_ends(raw.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = _with_plain_line_ends(raw[: error.start].decode()).count("\n") + 1
        what = f"Byte {error.start + 1} of the file (0x{raw[error.start]:02X}) is not UTF-8."
        problems.append(Problem(path, line, what, "Save the file with the encoding UTF-8."))
        return None


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_hidden_characters(text: str, path: Path, problems: list[Problem]) -> str:
    if not HIDDEN.search(text):
        return text
    hidden = [(line, found[0]) for line, row in enumerate(text.split("\n"), 1) if (found := HIDDEN.search(row))]
    for line, character in hidden[:MAX_REPORTED]:
        problems.append(Problem(path, line, hidden_character(character), HIDDEN_HINT))
    return HIDDEN.sub(" ", text)
