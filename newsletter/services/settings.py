"""What is needed to reach an account: from the environment, or from a file ``.env`` that git ignores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
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
        self._values = {
            name: value.strip() for name, value in values.items() if value and value.strip()
        }
        self.folder = folder
        """The newsletter's folder, which has ``issues`` in it."""

    @classmethod
    def from_environment(cls, folder: Path) -> Settings:
        """Return the environment and, for what it does not have, the file ``.env`` in the newsletter's folder. Raise
        NewsletterError if that file cannot be read.
        """
        return cls({**_written(folder / FILE), **os.environ}, folder)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Settings({', '.join(sorted(self._values))})"


def is_ignored_by_git(folder: Path) -> bool | None:
    """Return whether git ignores the file ``.env`` in ``folder``, so that no secret gets into a commit; None where
    there is no git.
    """
    import subprocess

    # fsmonitor is a command that git would run, and the folder may come from somebody else
    question = ["git", "-c", "core.fsmonitor=false", "check-ignore", "--quiet", FILE]
    try:
        answer = subprocess.run(question, cwd=folder, capture_output=True, check=False).returncode  # noqa: S603
    except OSError:
        return None
    return {0: True, 1: False}.get(answer)


def _written(file: Path) -> dict[str, str | None]:
    """Return what is written in a file ``.env``; nothing if there is none."""
    from dotenv.parser import parse_stream

    if not file.is_file():
        return {}
    text = None
    with suppress(
        OSError, UnicodeError
    ):  # a UnicodeError has all of the file in it, and would be carried along
        text = file.read_text("utf-8-sig")  # Windows starts files with a mark
    if text is None:
        hint = "It must be text in UTF-8: NAME=value, one on each line."
        raise NewsletterError.at(file, None, "This file cannot be read.", hint)
    bindings = list(parse_stream(StringIO(text)))
    for binding in bindings:
        if binding.error:
            hint = "Write it like that, with quotes around a value that has spaces or punctuation in it."
            raise NewsletterError.at(file, binding.original.line, "This is not NAME=value.", hint)
    return {binding.key: binding.value for binding in bindings if binding.key}
