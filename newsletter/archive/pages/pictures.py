"""The files of all pictures: ``pictures/652/lab-3f9a61c2-640.jpg``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from newsletter.archive.archive import Archive, Page
from newsletter.archive.illustrations import path_of
from newsletter.archive.nouns import PublishedIssue
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

    # Neither the look of the pages nor their address changes a picture.
    digest = hashlib.blake2b(program("pictures"), digest_size=16)
    digest.update(f"{picture.digest} {file.name}".encode())
    return Page(path_of(issue, file), digest.digest(), make)
