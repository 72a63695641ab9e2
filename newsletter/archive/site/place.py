"""The folder that a site is written into: which ones may be, and one run at a time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsletter.archive.site.state import OWN_FOLDER
from newsletter.errors import NewsletterError

_ADDRESS = re.compile("[a-z][a-z0-9]+:/")
"""How the address of a store begins: "s3://bucket", which a path has with one slash."""
_HINT = "Name a folder of its own, such as public."


def require_place(out: Path, root: Path) -> None:
    """Raise NewsletterError if a site must not be written into this folder.

    That is what cannot be one, what is or holds the newsletter at ``root`` or a person's home, and
    what is among the issues or the templates: a page could take the place of something else there.
    """
    if _ADDRESS.match(out.as_posix()):
        hint = "Name a folder of its own, such as public; --to uploads it to an address."
        raise NewsletterError.at(out, None, "This is an address, not a folder.", hint)

    there = next(filter(os.path.lexists, (out, *out.parents)), Path())
    if not there.is_dir():
        message = "This is a file, not a folder."
        if there.is_symlink() and not there.exists():
            message = "This is a link to something that is not there."
        raise NewsletterError.at(there, None, message, _HINT)

    folder = out.resolve()
    issues, templates = (root / "issues").resolve(), (root / "templates").resolve()
    held = (root.resolve(), issues, templates, Path.home().resolve())
    is_above = any(path.is_relative_to(folder) for path in held)
    is_among = any(folder.is_relative_to(path) for path in (issues, templates))
    if is_above or is_among:
        raise NewsletterError.at(out, None, "A site cannot be written into this folder.", _HINT)


@contextmanager
def alone(out: Path, waits: Callable[[], None] | None = None) -> Iterator[None]:
    """Keep all other runs away from the site in a folder while this lasts.

    Wait for one that is at it, after a call of ``waits``. Raise OSError.
    """
    from filelock import FileLock, Timeout

    own = out / OWN_FOLDER
    own.mkdir(parents=True, exist_ok=True)
    held = FileLock(own / "lock", is_singleton=True)
    try:
        held.acquire(timeout=0)
    except Timeout:
        if waits:
            waits()
        held.acquire()

    try:
        yield
    finally:
        held.release()
