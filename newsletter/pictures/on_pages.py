"""An issue's pictures on web pages: what is known of their files before any picture is made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from newsletter.errors import ManifestError
from newsletter.files import read_regular
from newsletter.manifest import Manuscript
from newsletter.model.addresses import is_elsewhere
from newsletter.pictures.kept import MOST_READ, made_of
from newsletter.pictures.making import size_of
from newsletter.pictures.preparing import Wanted, problem_of, wanted_by_items
from newsletter.pictures.shapes import ON_PAGE, TWICE, Shape
from newsletter.pictures.unusable import Unusable
from newsletter.problem import Problem
from newsletter.text.slug import slug

_WIDEST = TWICE * max(shape.width for shape in ON_PAGE)
"""Pixels: as wide as a drawing without a size of its own is drawn."""


class OnPage(NamedTuple):
    """A file of a picture, as pages show it."""

    name: str
    """``lab-3f9a61c2-640.jpg``: the same file of the editor's, the same name."""
    width: int
    """Pixels."""
    height: int
    shape: Shape


class Stored(NamedTuple):
    """A picture in an issue's folder: plain data, to be kept with what is known of the issue."""

    written: str
    """What the issue has for its file: ``images/lab.jpg``."""
    digest: str
    """SHA-256 of the editor's file."""
    ending: str
    """Of the files that pages show: jpg of a photograph, webp of anything else."""
    width: int
    """Pixels, upright."""
    height: int

    @property
    def files(self) -> tuple[OnPage, ...]:
        """Its files, the smallest first; one is enough of a picture that is small itself."""
        by_name = {file.name: file for file in map(self._file, ON_PAGE)}
        return tuple(by_name.values())

    def _file(self, shape: Shape) -> OnPage:
        scale = min(1, TWICE * shape.width / self.width)
        width = round(self.width * scale)
        height = max(1, round(self.height * scale))
        stem = slug(PurePath(self.written).stem) or "picture"
        name = f"{stem}-{self.digest[:8]}-{width}.{self.ending}"
        return OnPage(name, width, height, shape)


def stored_pictures(manuscript: Manuscript) -> tuple[Stored, ...]:
    """Return the pictures in an issue's folder that its items show, each once.

    Raise ManifestError with every file that cannot be shown, where the issue names it.
    """
    found: dict[str, Stored] = {}
    problems: list[Problem] = []
    for wanted in _in_folder(manuscript):
        if wanted.source in found:
            continue
        try:
            found[wanted.source] = _stored(manuscript.folder.path, wanted.source)
        except Unusable as reason:
            problems.append(problem_of(wanted, reason))

    if problems:
        raise ManifestError(problems)
    return tuple(found.values())


def _in_folder(manuscript: Manuscript) -> Iterator[Wanted]:
    for wanted in wanted_by_items(manuscript):
        if not is_elsewhere(wanted.image):
            yield wanted


def _stored(folder: Path, written: str) -> Stored:
    try:
        content = read_regular(folder / written, MOST_READ)
    except OSError as error:
        message = f"cannot be read ({error.strerror})."
        raise Unusable(message, "Check the file and its permissions.") from error

    digest = hashlib.sha256(content).hexdigest()
    size, is_photograph = size_of(content, _WIDEST)
    return Stored(written, digest, "jpg" if is_photograph else "webp", *size)


def content_of(folder: Path, picture: Stored, file: OnPage) -> bytes:
    """Return the content of a picture's file. Raise Unusable."""
    return made_of(folder / picture.written, file.shape, None).made.content
