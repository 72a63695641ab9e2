"""One process at a time hands an issue over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from newsletter.cache import cache_folder
from newsletter.errors import HandoverError, NewsletterError
from newsletter.manifest import IssueFolder


@contextmanager
def exclusive_lock(issue: IssueFolder) -> Iterator[None]:
    """Keep all other processes of this person from handing the issue over while this lasts.

    Raise HandoverError if one is at it, and NewsletterError where that cannot be made sure.
    """
    from filelock import FileLock, Timeout

    folder = cache_folder()
    key = hashlib.sha256(str(issue.path.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(folder / f"{key}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(blocking=False)
    except Timeout:
        message = "Another terminal is working on this issue, or is waiting for an answer."
        hint = "Finish or close it, and run the command again."
        raise HandoverError.at(issue.manifest, None, message, hint) from None
    except OSError as error:
        message = (
            "The command cannot make sure that nothing else is handing this issue over"
            f" ({error.strerror})."
        )
        hint = "Check the disk and its permissions, or name another place in NEWSLETTER_CACHE."
        raise NewsletterError.at(folder, None, message, hint) from error

    try:
        yield
    finally:
        lock.release()
