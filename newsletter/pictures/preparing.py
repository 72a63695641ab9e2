"""From the files in an issue's folder to pictures that every mail client shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

from newsletter.errors import ManifestError
from newsletter.manifest import Manuscript
from newsletter.model import File, Image, Issue, Noun, Place
from newsletter.model.addresses import is_elsewhere, served_address
from newsletter.pictures.kept import made_of
from newsletter.pictures.making import Made
from newsletter.pictures.shapes import LOGO, Shape, Size, shape_of
from newsletter.pictures.unusable import Unusable
from newsletter.problem import Problem
from newsletter.text.printable import printable
from newsletter.text.slug import slug

OF_PUBLICATION = ""
"""What the logo is known by, as an item's picture is by the item's key."""
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}


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


@dataclass(frozen=True)
class Pictures:
    """The pictures of an issue, ready for readers."""

    shown: Mapping[str, Shown] = field(default_factory=dict)
    """By the key of their item."""
    files: tuple[File, ...] = ()


NO_PICTURES = Pictures()
"""Of an issue without any."""


def prepare(manuscript: Manuscript) -> Pictures:
    """Return the pictures of an issue, as readers get them.

    Raise ManifestError with every file that cannot be shown, where the issue names it.
    """
    shown: dict[str, Shown] = {}
    files: dict[str, File] = {}
    problems: list[Problem] = []
    for wanted in _wanted(manuscript):
        image, shape = wanted.image, wanted.shape.limited(wanted.image)
        if is_elsewhere(image):
            shown[wanted.key] = _from_elsewhere(image, shape)
            continue
        try:
            made = made_of(wanted.folder / image.src, shape, image.focus)
        except Unusable as reason:
            problems.append(_problem(wanted, reason))
            continue

        file = _file(manuscript.issue, image, made)
        files[file.name] = file
        shown[wanted.key] = _shown(image, file.address, made.shown, shape)

    if problems:
        raise ManifestError(problems)
    return Pictures(shown, tuple(files.values()))


class _Wanted(NamedTuple):
    """A picture that the issue names, and where."""

    key: str
    image: Image
    shape: Shape
    folder: Path
    place: Place


def _wanted(manuscript: Manuscript) -> Iterator[_Wanted]:
    issue = manuscript.issue
    folder = manuscript.folder.path
    for item in issue.items:
        if item.picture:
            place = manuscript.place(item, "picture", "src")
            yield _Wanted(item.key, item.picture, shape_of(issue, item), folder, place)

    publication = issue.publication
    if publication.logo:
        place = manuscript.place(publication, "logo", "src")
        issues = manuscript.folder.project.issues
        yield _Wanted(OF_PUBLICATION, publication.logo, LOGO, issues, place)


def _from_elsewhere(image: Image, shape: Shape) -> Shown:
    """Return a picture that is on the web already: it is fitted into the shape, and not cut."""
    if image.width and image.height:
        size = shape.uncut.shown(image.width, image.height)
        return _shown(image, image.src, size, shape)
    return Shown(image=image, address=image.src, width=shape.width, height=None, shape=shape.name)


def _shown(image: Image, address: str, size: Size, shape: Shape) -> Shown:
    width, height = size
    return Shown(image=image, address=address, width=width, height=height, shape=shape.name)


def _file(issue: Issue, image: Image, made: Made) -> File:
    stem = slug(PurePath(image.src).stem) or "picture"
    digest = hashlib.sha256(made.content).hexdigest()[:8]
    name = f"{stem}-{digest}.{_ENDINGS[made.media_type]}"
    return File(
        name=name,
        address=served_address(issue, name),
        media_type=made.media_type,
        content=made.content,
        source=image.src,
    )


def _problem(wanted: _Wanted, reason: Unusable) -> Problem:
    message = f"The picture '{printable(wanted.image.src)}' {reason.message}"
    return Problem(wanted.place.path, wanted.place.line, message, reason.hint)
