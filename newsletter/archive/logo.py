"""The publication's logo, as the head of every page shows it in place of the name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from newsletter.errors import ManifestError
from newsletter.model import Publication
from newsletter.model.addresses import is_elsewhere
from newsletter.pictures.kept import made_of
from newsletter.pictures.shapes import LOGO
from newsletter.pictures.unusable import Unusable

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}


class Logo(NamedTuple):
    """A logo, ready for pages."""

    path: str
    """From the site's root, with a part of its content: ``pictures/logo-3f9a61c2.png``."""
    alt: str
    width: int
    """Pixels, as it is shown."""
    height: int
    content: bytes


def logo_of(publication: Publication, folder: Path) -> Logo | None:
    """Return the logo of a publication, whose file is in this folder; None if it has none of its
    own: one from elsewhere would tell others who reads a page. Raise ManifestError.
    """
    image = publication.logo
    if image is None or is_elsewhere(image):
        return None

    file = folder / image.src
    try:
        made, digest = made_of(file, LOGO.limited(image), image.focus)
    except Unusable as reason:
        raise ManifestError.at(file, None, f"The logo {reason.message}", reason.hint) from reason

    return Logo(
        path=f"pictures/logo-{digest[:8]}.{_ENDINGS[made.media_type]}",
        alt=image.alt or publication.name,
        width=made.shown.width,
        height=made.shown.height,
        content=made.content,
    )
