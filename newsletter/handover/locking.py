"""One process at a time hands an issue over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from newsletter.cache import cache_folder
from newsletter.errors import HandoverError, NewsletterError
from newsletter.manifest import IssueFolder
from newsletter.manifest.locking import TakenError, lock


@contextmanager
def exclusive_lock(issue: IssueFolder) -> Iterator[None]:
    """Keep all other processes of this person from handing the issue over while this lasts.

    Raise HandoverError if one is at it, and NewsletterError where that cannot be made sure.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(lock(issue.path))
        except TakenError:
            message = "Another terminal is working on this issue, or is waiting for an answer."
            hint = "Finish or close it, and run the command again."
            raise HandoverError.at(issue.manifest, None, message, hint) from None
        except OSError as error:
            message = (
                "The command cannot make sure that nothing else is handing this issue over"
                f" ({error.strerror})."
            )
            hint = "Check the disk and its permissions, or name another place in NEWSLETTER_CACHE."
            raise NewsletterError.at(cache_folder(), None, message, hint) from error

        yield
