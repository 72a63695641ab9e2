"""The text of a file, or the reason why there is none."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter.manifest import foreign_files
from newsletter.model.fields import HIDDEN, HIDDEN_HINT, hidden_character, hidden_in
from newsletter.problem import Problem
from newsletter.text.printable import printable

MAX_BYTES = 250_000
"""Some 40,000 words; Markdown at its worst, nothing but brackets, takes three seconds for as much."""
MAX_REPORTED = 100
"""Lines of one file that are reported for the same fault; a file with more is broken as a whole."""
_MARK_OF_CONFLICT = re.compile(r"<{7} |={7}$|>{7}(?: |$)")


def read_text(path: Path, problems: list[Problem], most: int = MAX_BYTES) -> str | None:
    """Return the text of a UTF-8 file of at most ``most`` bytes, its lines ended by \\n; or None, with the reason in
    ``problems``.

    Hidden characters are reported here, where their line is known, and become spaces.
    """
    try:
        raw = _read_bytes(path, most)
        text = _decoded(raw)
    except OSError as error:
        problems.append(
            Problem(
                path,
                None,
                f"This file cannot be read ({error.strerror}).",
                "Check its permissions.",
            )
        )
        return None
    except _UnreadableError as refusal:
        problems.append(Problem(path, refusal.line, refusal.message, refusal.hint))
        return None
    return _without_hidden_characters(text, path, problems)


class _UnreadableError(Exception):
    def __init__(self, message: str, hint: str, line: int | None = None) -> None:
        self.message, self.hint, self.line = message, hint, line


def _read_bytes(path: Path, most: int) -> bytes:
    if path.is_dir():
        raise _UnreadableError(
            "This is a folder, not a file.", "Give the folder another name, and put the file here."
        )
    if other := called_otherwise(path):
        message = f"This file is called '{printable(other)}' here."
        raise _UnreadableError(
            message, f"Rename it to {path.name}: in lower case, and with this ending."
        )
    if not path.is_file():  # nor is a pipe or a device: reading one might never end
        raise _UnreadableError("This file does not exist.", "Check its name and place.")
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if document := foreign_files.document(raw):
        raise _UnreadableError(*document)
    if len(raw) > MAX_BYTES:
        hint = "Look for something pasted by mistake, or move texts to Markdown files."
        raise _UnreadableError(f"This file is larger than {MAX_BYTES:,} bytes.", hint)
    if len(raw) > most:
        hint = "Look for something pasted by mistake, or split it into two issues."
        raise _UnreadableError(
            f"With this file the issue is larger than {MAX_BYTES:,} bytes.", hint
        )
    return raw


def called_otherwise(path: Path) -> str | None:
    """Return the name of an ``issue.yml``, ``Issue.yaml`` or ``issue.yaml.txt`` (of which Windows hides the end) that
    is there instead of ``issue.yaml``, or None. It is found on a disk that ignores capitals, too.
    """
    if path.suffix != ".yaml" or not path.parent.is_dir():
        return None
    names = sorted(entry.name for entry in path.parent.iterdir())
    meant = (path.name, f"{path.stem}.yml", f"{path.name}.txt", f"{path.stem}.txt")
    return (
        None
        if path.name in names
        else next((name for name in names if name.lower() in meant), None)
    )


def _decoded(raw: bytes) -> str:
    if wide := foreign_files.wide_encoding(raw):
        raise _UnreadableError(*wide, line=1)
    try:
        text = _with_plain_line_ends(raw.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = _with_plain_line_ends(raw[: error.start].decode()).count("\n") + 1
        raise _UnreadableError(*foreign_files.single_bytes(raw, error.start), line=line) from None
    if conflict := _conflict(text.split("\n")):
        first, last = conflict
        message = f"Git has left two versions here, down to line {last}."
        hint = (
            "Keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        )
        raise _UnreadableError(message, hint, first)
    return text


def _conflict(lines: list[str]) -> tuple[int, int] | None:
    """Return the first and last line, from 1, of the first conflict that a merge has left."""
    marks = [number for number, line in enumerate(lines, start=1) if _MARK_OF_CONFLICT.match(line)]
    found = "".join(lines[number - 1][0] for number in marks).find("<=>")
    return (marks[found], marks[found + 2]) if found >= 0 else None


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_hidden_characters(text: str, path: Path, problems: list[Problem]) -> str:
    if not hidden_in(text):
        return text
    hidden = [
        (line, found[0])
        for line, row in enumerate(text.split("\n"), 1)
        if (found := HIDDEN.search(row))
    ]
    for line, character in hidden[:MAX_REPORTED]:
        problems.append(Problem(path, line, hidden_character(character), HIDDEN_HINT))
    return HIDDEN.sub(" ", text)
