"""Reports in several formats, one file each; its name is the name that people type.

A report holds a whole issue. So that it can be thrown away early, a format is made in two steps:
a small piece of each result, then the text of all pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from newsletter.checks.formats.results import Result

NAMES = ("terminal", "json", "github", "sarif")


class Format(Protocol):
    """What a format's module has."""

    @staticmethod
    def piece(result: Result) -> Any:
        """Return what the text needs of one result: little, and something that can be pickled."""

    @staticmethod
    def whole(pieces: Iterable[Any]) -> Iterator[str]:
        """Yield the text of all pieces, in parts that are printed each below the other."""


def format_of(name: str) -> Format:
    """Return the format of this name, which is one of ``NAMES``."""
    module = import_module(f"{__name__}.{name}")
    return cast("Format", module)


def text_of(name: str, results: Iterable[Result]) -> str:
    """Return the text of these results in a format."""
    form = format_of(name)
    pieces = map(form.piece, results)
    return "\n".join(form.whole(pieces))
