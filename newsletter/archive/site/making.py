"""Make pages on all cores, in their order: each is laid down, ready to be moved to its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from newsletter.archive.looking.stamps import content_digest
from newsletter.archive.page import Page
from newsletter.archive.site.links import mortal_links
from newsletter.archive.site.state import Written
from newsletter.errors import NewsletterError
from newsletter.parallel import in_copies
from newsletter.problem import Problem

_AT_A_TIME = 16
"""Pages that a process makes at once, and more while they are in one folder, as those of an issue,
which is opened once for all of them."""
_MOST = 64
"""Pages that it makes at once, however many a folder has."""

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

    ``contents`` are the digests of the files that the site has at the paths of all its pages. What
    differs is laid down in ``folder``, if one is given. Raise NewsletterError if a page cannot be
    made.
    """

    def make_some(numbers: range) -> list[Made] | tuple[Problem, ...]:
        try:
            return [made_from(number) for number in numbers]
        except NewsletterError as error:  # an error of more than words does not cross processes
            return error.problems

    def made_from(number: int) -> Made:
        page = pages[number]
        content = page.make()
        links = mortal_links(page.path, content, base, contents) if base else ()
        digest = content_digest(content)
        file = Written(page.digest.hex(), digest, len(content), page.subject, links)
        if folder is None or digest == contents.get(page.path):
            return Made(page.path, file, None)

        place = folder / str(number)
        place.write_bytes(content)
        return Made(page.path, file, place)

    shares = list(_shares(pages))
    for numbers, result in zip(shares, in_copies(make_some, shares), strict=True):
        if isinstance(result, tuple):
            raise NewsletterError(result)
        yield from result
        if progress:
            progress(numbers.stop, len(pages))


def _shares(pages: Sequence[Page]) -> Iterator[range]:
    """Yield the numbers of the pages that a process makes at once."""
    start = 0
    for number, (page, following) in enumerate(pairwise(pages), 1):
        size = number - start
        is_end_of_folder = _folder(page) != _folder(following)
        if size == _MOST or (size >= _AT_A_TIME and is_end_of_folder):
            yield range(start, number)
            start = number
    if pages:
        yield range(start, len(pages))


def _folder(page: Page) -> str:
    return page.path.partition("/")[0]
