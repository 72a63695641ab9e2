"""Pictures as pages show them: in two sizes, of which a browser takes the one that it needs."""

from __future__ import annotations

from typing import NamedTuple

from newsletter.archive.archive import Archive
from newsletter.archive.nouns import PublishedIssue
from newsletter.model import Image, Item
from newsletter.model.addresses import is_elsewhere, pictures_in_body
from newsletter.model.focus import MIDDLE, point_of
from newsletter.pictures.on_pages import OnPage, Stored


class Illustration(NamedTuple):
    """A picture of an item."""

    src: str
    """The link to its smaller file, or its address if it is from elsewhere."""
    srcset: str
    """Its files, each with its width (HTML, 4.8.4.2.1); empty if it is from elsewhere."""
    width: int | None
    """Pixels, as in its larger file; None if they are not known, of a picture from elsewhere."""
    height: int | None
    path: str
    """Of its larger file from the site's root; empty if it is from elsewhere."""
    focus: str
    """The part that stays if it is cut, as CSS has it: ``30% 20%``."""

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide."""
        return bool(self.width and self.height and self.height > self.width)


def picture_of(archive: Archive, issue: PublishedIssue, item: Item) -> Illustration | None:
    """Return the picture of an item; None if it has none of its own."""
    if item.picture is None:
        return None
    return illustration_of(archive, issue, item.picture)


def illustration_of(archive: Archive, issue: PublishedIssue, image: Image) -> Illustration:
    """Return a picture that an item of an issue shows."""
    focus = _focus(image)
    if is_elsewhere(image):  # it is not fetched: it may change, or be somebody else's
        return Illustration(image.src, "", image.width, image.height, "", focus)

    files = _stored(issue, image.src).files
    links = [archive.link(path_of(issue, file)) for file in files]
    srcset = [f"{link} {file.width}w" for link, file in zip(links, files, strict=True)]
    largest = files[-1]
    return Illustration(
        src=links[0],
        srcset=", ".join(srcset),
        width=largest.width,
        height=largest.height,
        path=path_of(issue, largest),
        focus=focus,
    )


def illustrations_in_body(
    archive: Archive, issue: PublishedIssue, item: Item
) -> dict[str, Illustration]:
    """Return the pictures within an item's body by what is written for their files."""
    return {
        written: illustration_of(archive, issue, image)
        for written, image in pictures_in_body(item).items()
    }


def path_of(issue: PublishedIssue, file: OnPage) -> str:
    """Return the path of a picture's file from the site's root."""
    return f"pictures/{issue.number}/{file.name}"


def _focus(image: Image) -> str:
    point = point_of(image.focus or "") or MIDDLE
    return f"{point.x:.0%} {point.y:.0%}"


def _stored(issue: PublishedIssue, written: str) -> Stored:
    return next(picture for picture in issue.pictures if picture.written == written)
