"""Formats are done one after the other; if one breaks off, the editor reads how far it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from newsletter.errors import NewsletterError
from newsletter.handover.handover import Handover
from newsletter.model import Draft
from newsletter.problem import Problem


class OnItsWay(Protocol):
    """A format about which the editor has agreed."""

    @property
    def handover(self) -> Handover:
        """What is handed over."""

    @property
    def is_done(self) -> bool:
        """Whether it was done before just like this, so that it is left as it is."""


F = TypeVar("F", bound=OnItsWay)


def one_by_one(formats: Sequence[F], finish: Callable[[F], Draft]) -> tuple[Draft, ...]:
    """Finish the formats in their order. Return their drafts.

    Raise what ``finish`` raises; of several formats, it also says how many of them are done.
    """
    drafts: list[Draft] = []
    for format in formats:
        try:
            drafts.append(finish(format))
        except NewsletterError as error:
            if len(formats) == 1:
                raise
            later = formats[len(drafts) :]
            done = len(drafts) + sum(each.is_done for each in later)
            raise error.followed_by(_unfinished(format, done, len(formats))) from None
    return tuple(drafts)


def _unfinished(format: OnItsWay, done: int, count: int) -> Problem:
    folder = format.handover.galley.folder.handed_over
    message = f"{done} of {count} formats are done."
    hint = "Run the command again: it does the rest."
    return Problem(folder, None, message, hint)
