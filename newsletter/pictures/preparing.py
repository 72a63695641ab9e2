"""From the files in an issue's folder to pictures that every mail client shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from newsletter.errors import ManifestError
from newsletter.manifest import Manuscript
from newsletter.model import File, Image, Issue, Item, Noun, Place
from newsletter.model.addresses import is_elsewhere, pictures_in_body, served_address
from newsletter.pictures.kept import made_of
from newsletter.pictures.shapes import LOGO, Shape, Size, shape_in_body, shape_of
from newsletter.pictures.unusable import Unusable
from newsletter.problem import Problem
from newsletter.text.printable import printable
from newsletter.text.slug import slug

if TYPE_CHECKING:
    from newsletter.pictures.making import Made

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
    """The name of its shape: lead, across, boxed, thumbnail, cover, logo, or in text."""


@dataclass(frozen=True)
class Own:
    """A picture that was made of an editor's file."""

    key: str
    """Its item's, or OF_PUBLICATION."""
    image: Image
    place: Place
    """Where the file is named."""
    shape: Shape
    made: Made
    digest: str
    """SHA-256 of the editor's file."""
    file: File
    """What readers get."""


@dataclass(frozen=True)
class Pictures:
    """The pictures of an issue, ready for readers."""

    shown: Mapping[str, Shown] = field(default_factory=dict)
    """Those of items, by their keys, and the logo."""
    in_bodies: Mapping[str, Mapping[str, Shown]] = field(default_factory=dict)
    """Those within a body, by the key of the item, then by what is written for their files."""
    own: Sequence[Own] = ()
    """Those that are not elsewhere on the web."""

    @property
    def files(self) -> tuple[File, ...]:
        """The files of all, each once."""
        files = {own.file.name: own.file for own in self.own}
        return tuple(files.values())


NO_PICTURES = Pictures()
"""Of an issue without any."""


def prepare(manuscript: Manuscript) -> Pictures:
    """Return the pictures of an issue, as readers get them.

    Raise ManifestError with every file that cannot be shown, where the issue names it.
    """
    shown: dict[str, Shown] = {}
    in_bodies: dict[str, dict[str, Shown]] = {}
    owned: list[Own] = []
    problems: list[Problem] = []
    for wanted in _wanted(manuscript):
        if is_elsewhere(wanted.image):
            picture = _from_elsewhere(wanted)
        else:
            try:
                own = _own(manuscript, wanted)
            except Unusable as reason:
                problems.append(problem_of(wanted, reason))
                continue
            owned.append(own)
            picture = _shown(wanted, own.file.address, own.made.shown)

        if wanted.written is None:
            shown[wanted.key] = picture
        else:
            in_bodies.setdefault(wanted.key, {})[wanted.written] = picture

    if problems:
        raise ManifestError(problems)
    return Pictures(shown, in_bodies, owned)


class Wanted(NamedTuple):
    """A picture that the issue names."""

    key: str
    image: Image
    shape: Shape
    source: str
    """Its file, as a path from the issue's folder."""
    place: Place
    written: str | None = None
    """What is written for it in a body; None of an item's own picture."""


def wanted_by_items(manuscript: Manuscript) -> Iterator[Wanted]:
    """Yield the pictures that the items of an issue name, in order."""
    issue = manuscript.issue
    for item in issue.items:
        if image := item.picture:
            place = manuscript.place(item, "picture", "src")
            yield Wanted(item.key, image, shape_of(issue, item), image.src, place)
        for written, image in pictures_in_body(item).items():
            place = _place_in_body(manuscript, item, written)
            yield Wanted(item.key, image, shape_in_body(item), image.src, place, written)


def _wanted(manuscript: Manuscript) -> Iterator[Wanted]:
    yield from wanted_by_items(manuscript)

    publication = manuscript.issue.publication
    if logo := publication.logo:
        place = manuscript.place(publication, "logo", "src")
        yield Wanted(OF_PUBLICATION, logo, LOGO, f"../{logo.src}", place)


def _place_in_body(manuscript: Manuscript, item: Item, written: str) -> Place:
    """Return where a body has a picture; where it begins, if it is written in another way there."""
    found = manuscript.find(f"]({written}", item) or manuscript.find(written, item)
    return found or manuscript.place(item, "body")


def _own(manuscript: Manuscript, wanted: Wanted) -> Own:
    """Return a picture that was made of a file. Raise Unusable."""
    image = wanted.image
    path = manuscript.folder.path / wanted.source
    shape = wanted.shape.limited(image)
    made, digest = made_of(path, shape, image.focus)
    file = _file(manuscript.issue, wanted.source, made)
    return Own(wanted.key, image, wanted.place, shape, made, digest, file)


def _file(issue: Issue, source: str, made: Made) -> File:
    stem = slug(PurePath(source).stem) or "picture"
    digest = hashlib.sha256(made.content).hexdigest()[:8]
    name = f"{stem}-{digest}.{_ENDINGS[made.media_type]}"
    return File(
        name=name,
        address=served_address(issue, name),
        media_type=made.media_type,
        content=made.content,
        source=source,
    )


def _from_elsewhere(wanted: Wanted) -> Shown:
    """Return a picture that is on the web already: it is fitted into its shape, and not cut."""
    image, shape = wanted.image, wanted.shape
    if image.width and image.height:
        size = shape.uncut.shown(Size(image.width, image.height))
        return _shown(wanted, image.src, size)
    width = min(image.width or shape.width, shape.width)
    return Shown(image=image, address=image.src, width=width, height=None, shape=shape.name)


def _shown(wanted: Wanted, address: str, size: Size) -> Shown:
    width, height = size
    name = wanted.shape.name
    return Shown(image=wanted.image, address=address, width=width, height=height, shape=name)


def problem_of(wanted: Wanted, reason: Unusable) -> Problem:
    """Return why a picture cannot be shown, at its place in the issue."""
    place = wanted.place
    source = printable(wanted.image.src)
    message = f"The picture '{source}' {reason.message}"
    return Problem(place.path, place.line, message, reason.hint)
