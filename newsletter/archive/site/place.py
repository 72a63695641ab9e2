"""The folder that a site is written into: which ones may be, and one run at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsletter.archive.site.state import OWN_FOLDER
from newsletter.errors import NewsletterError


def require_place(out: Path, root: Path) -> None:
    """Raise NewsletterError if a site must not be written into this folder.

    That is one which is, or holds, the newsletter at ``root`` or a person's home, or which is among
    the issues or the templates: a page could take the place of something else there.
    """
    folder = out.resolve()
    issues, templates = (root / "issues").resolve(), (root / "templates").resolve()
    held = (root.resolve(), issues, templates, Path.home().resolve())
    is_above = any(path.is_relative_to(folder) for path in held)
    is_among = any(folder.is_relative_to(path) for path in (issues, templates))

    hint = "Name a folder of its own, such as public."
    if is_above or is_among:
        raise NewsletterError.at(out, None, "A site cannot be written into this folder.", hint)
    if folder.exists() and not folder.is_dir():
        raise NewsletterError.at(out, None, "This is a file, not a folder.", hint)


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
