"""The one door for all that the command prints and asks.

Values come from files, services and people. Here they are made harmless (printable.py), and printed
even where the terminal's encoding cannot show them.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from newsletter.errors import NewsletterError
from newsletter.text.printable import harmless

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

Item = TypeVar("Item")
PIPE_CLOSED = 141
"""Exit status if nobody reads on, as in ``newsletter explain | head``.

It is a shell's, for a program that SIGPIPE ends.
"""
_IN_ASCII = {
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "•": "*",
    "→": "->",
    "⁄": "/",
}
_LETTER = re.compile(r"(?:LATIN|GREEK) (SMALL|CAPITAL) LETTER (\w+)(?: WITH .*)?")


class Styled(str):
    """A piece of a line that was made harmless and then styled."""

    __slots__ = ()


def styled(text: str, **style: Any) -> Styled:
    """Return a piece of a line in a colour or weight (the keywords of ``click.style``)."""
    piece = click.style(harmless(text), **style)
    return Styled(piece)


def say(*pieces: str, err: bool = False) -> None:
    """Print one line, made of ``pieces``: on standard output or, with ``err``, on standard error.

    Pieces that are not styled are made harmless here.
    """
    line = ""
    for piece in pieces:
        line += piece if isinstance(piece, Styled) else harmless(piece)
    _print(line, err=err)


def say_all(text: str, *, err: bool = False) -> None:
    """Print lines of our own, such as a report, in which every value is already harmless."""
    _print(text, err=err)


def write_out(document: str) -> None:
    """Print what a program will read: in UTF-8, whatever the locale is.

    Half a character is written as in JSON.
    """
    is_on_screen = sys.stdout is not None and sys.stdout.isatty()
    if is_on_screen:
        _print(document)
    else:
        _print(document.encode("utf-8", "backslashreplace"))


def ask(question: str) -> str | None:
    """Return what is typed on one line.

    Return None if there is nobody to type it, or if they press Ctrl-C.
    """
    if sys.stdin is None:  # closed by whoever started the command
        return None

    try:
        typed: str = click.prompt(harmless(question), default="", show_default=False)
    except click.Abort:
        say(err=True)
        return None
    return typed


def can_ask() -> bool:
    """Return whether somebody is at a terminal, who can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def read_in(most: int) -> bytes:
    """Return what is piped in, or typed up to Ctrl-D.

    Raise OSError if it is more than ``most`` bytes.
    """
    if sys.stdin is None:
        return b""
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes")
    return content


def progress(
    items: Iterable[Item], label: str, length: int | None, name: Callable[[Item], str] | None = None
) -> ProgressBar[Item]:
    """Return ``items`` with a progress bar on standard error; ``length`` None is not known.

    The bar shows ``name(item)`` for the item that it is at.
    """

    def name_shown(item: Item | None) -> str:
        if item is None or name is None:
            return ""
        return harmless(name(item))

    return click.progressbar(
        items, length=length, label=harmless(label), item_show_func=name_shown, file=sys.stderr
    )


@contextlib.contextmanager
def counting(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to call with how many are done, and of how many.

    It shows them in a progress bar on standard error. Without a call there is no bar.
    """
    with contextlib.ExitStack() as stack:
        bar: ProgressBar[int] | None = None

        def show(done: int, total: int) -> None:
            nonlocal bar
            if bar is None:
                new = click.progressbar(length=total, label=harmless(label), file=sys.stderr)
                bar = stack.enter_context(new)
            bar.update(done - bar.pos)

        yield show


def prepare() -> None:
    """Keep characters that an encoding does not have from stopping the command."""
    codecs.register_error("legible", _legible)
    handlers = ((sys.stdout, "legible"), (sys.stderr, "legible"), (sys.stdin, "replace"))
    for stream, handler in handlers:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=handler)


def finish() -> None:
    """Write what is still to be written.

    Drop what cannot be written, or Python would try again as it ends.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _let_go(stream)


def _print(text: str | bytes, *, err: bool = False) -> None:
    try:
        click.echo(text, err=err)
    except OSError as error:
        _let_go(sys.stderr if err else sys.stdout)
        if err:  # there is nowhere left to say it
            return
        if isinstance(error, BrokenPipeError):
            sys.exit(PIPE_CLOSED)
        message = f"The output cannot be written ({error.strerror})."
        hint = "Free some space on the disk, or send it elsewhere."
        raise NewsletterError.at(Path("standard output"), None, message, hint) from None


def _let_go(stream: TextIO) -> None:
    """Throw away what a stream still holds (Python's documentation, "Note on SIGPIPE")."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())


def _legible(error: UnicodeError) -> tuple[str, int]:
    """Return characters that an encoding does not have in ASCII.

    So 'Łódź' becomes 'Lodz', and 'TNF-α' becomes 'TNF-alpha'.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error

    lost = error.object[error.start : error.end]
    text = ""
    for character in unicodedata.normalize("NFKD", lost):
        is_accent = unicodedata.combining(character)
        if not is_accent:
            text += _in_ascii(character)
    return text, error.end


def _in_ascii(character: str) -> str:
    if character.isascii():
        return character

    letter = _LETTER.fullmatch(unicodedata.name(character, ""))
    if letter is None:
        return _IN_ASCII.get(character, "?")

    size, name = letter.groups()
    return name.lower() if size == "SMALL" else name.capitalize()
