"""From the files in an issue's folder to pictures that every mail client shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.model import File, Image, Issue, Noun
from newsletter.model.addresses import is_elsewhere, picture_address
from newsletter.pictures.shapes import LOGO, Shape, shape_of

OF_PUBLICATION = ""
"""What the logo is known by, as an item's picture is by the item's key."""


class Shown(Noun):
    """A picture as an email shows it."""

    image: Image
    address: str
    width: int
    """Pixels."""
    height: int | None
    """Pixels; None if it is not known, of a picture from elsewhere."""
    shape: str
    """The name of its shape: lead, across, thumbnail, cover or logo."""
    needs_light: bool = False
    """Whether it is a dark drawing on a transparent ground, which needs a light one."""


@dataclass(frozen=True)
class Pictures:
    """The pictures of an issue, ready for readers."""

    shown: Mapping[str, Shown] = field(default_factory=dict)
    """By the key of their item."""
    files: tuple[File, ...] = ()


NO_PICTURES = Pictures()
"""Of an issue without any."""


def prepare(issue: Issue, folder: Path) -> Pictures:
    """Return the pictures of the issue in ``folder``, as readers get them.

    Raise ManifestError for each file that is no picture.
    """
    shown: dict[str, Shown] = {}
    files: dict[str, File] = {}
    for item in issue.items:
        if item.picture is None:
            continue
        shape = shape_of(issue, item)
        shown[item.key], file = _prepare(issue, item.picture, shape, folder)
        if file:
            files[file.name] = file

    logo = issue.publication.logo
    if logo:
        shown[OF_PUBLICATION], file = _prepare(issue, logo, LOGO, folder.parent)
        if file:
            files[file.name] = file
    return Pictures(shown, tuple(files.values()))


def _prepare(issue: Issue, image: Image, shape: Shape, folder: Path) -> tuple[Shown, File | None]:
    # A stand-in until the pictures are made: as the file is.
    address = picture_address(issue, image)
    width = min(image.width or shape.width, shape.width)
    height = None
    if image.width and image.height:
        height = round(image.height * width / image.width)
    shown = Shown(image=image, address=address, width=width, height=height, shape=shape.name)
    if is_elsewhere(image):
        return shown, None
    content = (folder / image.src).read_bytes()
    return shown, File(
        name=Path(image.src).name,
        address=address,
        media_type="image/jpeg",
        content=content,
        source=image.src,
    )
