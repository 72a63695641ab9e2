"""The text of a file, or the reason why there is none."""

from __future__ import annotations

import os
import re
from pathlib import Path

from newsletter.errors import ManifestError
from newsletter.manifest import foreign_files
from newsletter.model.fields import HIDDEN, HIDDEN_HINT, hidden_character, hidden_in
from newsletter.problem import Problem
from newsletter.text.printable import printable

MAX_BYTES = 250_000
"""Some 40,000 words. Markdown at its worst, only brackets, takes three seconds for as much."""
MAX_REPORTED = 100
"""Lines of one file that are reported for the same fault; a file with more is broken as a whole."""
_MARK_OF_CONFLICT = re.compile(r"<{7} |={7}$|>{7}(?: |$)")
_FIRST_MARK = "<<<<<<< "
_PASTED = "Look for something pasted by mistake, or"


def read_text(path: Path, problems: list[Problem], most: int = MAX_BYTES) -> str | None:
    """Return the text of a UTF-8 file of at most ``most`` bytes, its lines ended by a line feed.

    Return None, with the reason added to ``problems``, if it cannot be read. Hidden characters are
    reported here, where their line is known, and become spaces.
    """
    try:
        raw = _read_bytes(path, most)
        text = _decoded(raw)
    except OSError as error:
        message = f"This file cannot be read ({error.strerror})."
        problems.append(Problem(path, None, message, "Check its permissions."))
        return None
    except _UnreadableError as refusal:
        problems.append(Problem(path, refusal.line, refusal.message, refusal.hint))
        return None
    return _without_hidden_characters(text, path, problems)


def exact_text(path: Path) -> str:
    """Return the same text as it is written: its line ends, byte order mark and hidden characters.

    It is for changing the file. Raise ManifestError if it cannot be read.
    """
    problems: list[Problem] = []
    if read_text(path, problems) is None:
        raise ManifestError(problems)
    return path.read_bytes().decode()


class _UnreadableError(Exception):
    """Why a file has no text; ``line`` counts from 1, and None means the whole file."""

    def __init__(self, message: str, hint: str, line: int | None = None) -> None:
        self.message = message
        self.hint = hint
        self.line = line


def _read_bytes(path: Path, most: int) -> bytes:
    _require_file(path)
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)

    if document := foreign_files.document(raw):
        raise _UnreadableError(*document)
    if len(raw) > MAX_BYTES:
        message = f"This file is larger than {MAX_BYTES:,} bytes."
        raise _UnreadableError(message, f"{_PASTED} move texts to Markdown files.")
    if len(raw) > most:
        message = f"With this file the issue is larger than {MAX_BYTES:,} bytes."
        raise _UnreadableError(message, f"{_PASTED} split it into two issues.")
    return raw


def _require_file(path: Path) -> None:
    """Raise _UnreadableError unless this is a regular file.

    Reading a pipe or a device might never end.
    """
    if path.is_dir():
        message = "This is a folder, not a file."
        hint = "Give the folder another name, and put the file here."
        raise _UnreadableError(message, hint)
    if other := called_otherwise(path):
        message = f"This file is called '{printable(other)}' here."
        hint = f"Rename it to {path.name}: in lower case, and with this ending."
        raise _UnreadableError(message, hint)
    if not path.is_file():
        raise _UnreadableError("This file does not exist.", "Check its name and place.")


def called_otherwise(path: Path) -> str | None:
    """Return the name of a file that was probably meant to be this YAML file.

    Return None if there is no such file, or if this one is there. Instead of ``issue.yaml`` it may
    be called ``issue.yml``, ``Issue.yaml``, or ``issue.yaml.txt``, of which Windows hides the end.
    The name is found on a disk that ignores capitals, too.
    """
    if path.suffix != ".yaml" or not path.parent.is_dir():
        return None
    names = os.listdir(path.parent)  # noqa: PTH208 - names are enough
    if path.name in names:
        return None

    similar = (path.name, f"{path.stem}.yml", f"{path.name}.txt", f"{path.stem}.txt")
    for name in sorted(names):
        if name.lower() in similar:
            return name
    return None


def _decoded(raw: bytes) -> str:
    if wide := foreign_files.wide_encoding(raw):
        raise _UnreadableError(*wide, line=1)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = _with_plain_line_ends(raw[: error.start].decode())
        line = before.count("\n") + 1
        raise _UnreadableError(*foreign_files.single_bytes(raw, error.start), line=line) from None

    text = _with_plain_line_ends(text.removeprefix("\ufeff"))
    _require_no_conflict(text)
    return text


def _require_no_conflict(text: str) -> None:
    """Raise _UnreadableError at the first conflict that a merge has left.

    Its marks: git-merge(1), "How conflicts are presented".
    """
    if _FIRST_MARK not in text:
        return
    lines = text.split("\n")
    marks = [number for number, line in enumerate(lines, start=1) if _MARK_OF_CONFLICT.match(line)]
    found = "".join(lines[number - 1][0] for number in marks).find("<=>")
    if found < 0:
        return
    first, last = marks[found], marks[found + 2]
    message = f"Git has left two versions here, down to line {last}."
    hint = "Keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
    raise _UnreadableError(message, hint, first)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_hidden_characters(text: str, path: Path, problems: list[Problem]) -> str:
    if not hidden_in(text):
        return text

    reported = 0
    for line, row in enumerate(text.split("\n"), start=1):
        hidden = HIDDEN.search(row)
        if hidden and reported < MAX_REPORTED:
            problems.append(Problem(path, line, hidden_character(hidden[0]), HIDDEN_HINT))
            reported += 1
    return HIDDEN.sub(" ", text)
