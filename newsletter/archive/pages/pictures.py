"""The files of all pictures: ``pictures/652/lab-3f9a61c2-640.jpg``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import PublishedIssue
from newsletter.archive.page import Page
from newsletter.archive.parts.illustrations import path_of
from newsletter.cache import program
from newsletter.errors import ManifestError
from newsletter.pictures.on_pages import OnPage, Stored, content_of
from newsletter.pictures.unusable import Unusable


def pages(archive: Archive) -> Iterator[Page]:
    """Yield the pictures of all issues."""
    for issue in archive.issues:
        for picture in issue.pictures:
            for file in picture.files:
                yield _page(issue, picture, file)


def _page(issue: PublishedIssue, picture: Stored, file: OnPage) -> Page:
    def make() -> bytes:
        folder = issue.folder.path
        try:
            return content_of(folder, picture, file)
        except Unusable as reason:
            message = f"This picture {reason.message}"
            raise ManifestError.at(folder / picture.written, None, message, reason.hint) from reason

    return page_of_picture(path_of(issue, file), f"{picture.digest} {file.name}", make)


def page_of_picture(path: str, made_from: str, make: Callable[[], bytes]) -> Page:
    """Return the page that is a picture at a path, with the content that ``make`` returns.

    ``made_from`` is all that it is made from. Neither the look of the other pages nor their address
    changes a picture, so these are no part of its digest.
    """
    digest = hashlib.blake2b(program("pictures"), digest_size=16)
    digest.update(made_from.encode())
    return Page(path, digest.digest(), make)
