"""What is needed to reach an account, from the environment or from a ``.env`` that git ignores.

pydantic-settings is not used: it replaces ``${HOME}`` within a secret, skips a line that it cannot
read, raises errors that have the whole file in them, and takes 150 ms to import.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from newsletter.errors import NewsletterError

FILE = ".env"


@dataclass(frozen=True)
class Setting:
    """An environment variable that a service needs."""

    name: str
    meaning: str
    default: str | None = None
    """The value if it is not set; None if it must be set."""


class Settings(Mapping[str, str]):
    """Environment variables by name, without empty ones. Their values are never printed."""

    def __init__(self, values: Mapping[str, str | None], folder: Path) -> None:
        self._values: dict[str, str] = {}
        for name, value in values.items():
            stripped = (value or "").strip()
            if stripped:
                self._values[name] = stripped

        self.folder = folder
        """The newsletter's folder, which has ``issues`` in it."""

    @classmethod
    def from_environment(cls, folder: Path) -> Settings:
        """Return the environment; what is missing there comes from ``.env`` in ``folder``.

        Raise NewsletterError if that file cannot be read.
        """
        written = _read_env_file(folder / FILE)
        return cls({**written, **os.environ}, folder)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        names = ", ".join(sorted(self._values))
        return f"Settings({names})"


def is_ignored_by_git(folder: Path) -> bool | None:
    """Return whether git ignores the file ``.env`` in ``folder``: no secret may get into a commit.

    Return None where there is no git.
    """
    import subprocess

    # fsmonitor is a command that git would run, and the folder may come from somebody else
    command = ["git", "-c", "core.fsmonitor=false", "check-ignore", "--quiet", FILE]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
    except OSError:
        return None

    is_ignored = {0: True, 1: False}
    return is_ignored.get(done.returncode)


def _read_env_file(path: Path) -> dict[str, str | None]:
    """Return the variables in a file ``.env``; none if there is no file. Raise NewsletterError."""
    from dotenv.parser import parse_stream

    if not path.is_file():
        return {}

    text = _text_of(path)
    if text is None:
        hint = "It must be text in UTF-8: NAME=value, one on each line."
        raise NewsletterError.at(path, None, "This file cannot be read.", hint)

    values: dict[str, str | None] = {}
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            hint = "Write it like that,"
            hint += " with quotes around a value that has spaces or punctuation in it."
            raise NewsletterError.at(path, binding.original.line, "This is not NAME=value.", hint)
        if binding.key:
            values[binding.key] = binding.value
    return values


def _text_of(path: Path) -> str | None:
    """Return the text of a file; None if it cannot be read.

    No error leaves this function: a UnicodeError has all of the file in it.
    """
    try:
        return path.read_text("utf-8-sig")  # Windows starts files with a mark
    except (OSError, UnicodeError):
        return None
