"""Make pages on all cores, in their order: each is laid down, ready to be moved to its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from newsletter.archive.archive import Page
from newsletter.archive.site.links import links_and_ids
from newsletter.archive.site.state import Written, content_digest
from newsletter.errors import NewsletterError
from newsletter.parallel import in_copies
from newsletter.problem import Problem

_AT_A_TIME = 16
"""Pages that a process makes at once; those of one issue come after one another."""


Progress = Callable[[int, int], None]
"""Is called with how many pages are made, and of how many."""


class Made(NamedTuple):
    """A page that was made."""

    path: str
    file: Written
    laid_down: Path | None
    """Where its content is; None if the site has it already."""


def make(
    pages: Sequence[Page],
    base: str,
    contents: Mapping[str, str],
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Iterator[Made]:
    """Yield what is made of the pages, in their order.

    ``contents`` are the digests of the files that the site has at their paths. What differs is laid
    down in ``folder``, if one is given. Raise NewsletterError if a page cannot be made.
    """

    def make_some(numbers: range) -> list[Made] | tuple[Problem, ...]:
        try:
            return [made_from(number) for number in numbers]
        except NewsletterError as error:  # an error of more than words does not cross processes
            return error.problems

    def made_from(number: int) -> Made:
        page = pages[number]
        content = page.make()
        links, ids = links_and_ids(page.path, content, base)
        digest = content_digest(content)
        file = Written(
            page.digest.hex(), digest, len(content), page.subject, tuple(ids), tuple(links)
        )
        if folder is None or digest == contents.get(page.path):
            return Made(page.path, file, None)

        place = folder / str(number)
        place.write_bytes(content)
        return Made(page.path, file, place)

    starts = range(0, len(pages), _AT_A_TIME)
    some = [range(start, min(start + _AT_A_TIME, len(pages))) for start in starts]
    for numbers, result in zip(some, in_copies(make_some, some), strict=True):
        if isinstance(result, tuple):
            raise NewsletterError(result)
        yield from result
        if progress:
            progress(numbers.stop, len(pages))
