"""What is known of a picture's file: its format, its size, what else it holds."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter.pictures.colours import scalable
from newsletter.pictures.opening import frames_of, opened, upright_size
from newsletter.pictures.vector import is_vector

if TYPE_CHECKING:
    from PIL import Image

_NAMES = {"HEIF": "HEIC", "JPEG2000": "JPEG 2000", "MPO": "JPEG", "WEBP": "WebP"}
"""What people call a format that Pillow calls something else."""
_CAMERA, _POSITION, _ORIENTATION = 0x8769, 0x8825, 0x0112
"""Notes on how a picture was taken, on where, and on how it is turned (Exif 2.32, 4.6)."""


class Facts(NamedTuple):
    """What is known of a picture's file."""

    format: str
    """As people call it: JPEG, HEIC, SVG."""
    bytes: int
    width: int = 0
    """Pixels, once it is upright; 0 of a drawing in SVG, which has none. So with the height."""
    height: int = 0
    frames: int = 1
    """How many pictures it shows one after the other."""
    is_turned: bool = False
    """Whether it is stored turned or mirrored, with a note on how to show it upright."""
    is_transparent: bool = False
    """Whether some of it is; False of a drawing in SVG, of which that is not known."""
    has_notes: bool = False
    """Whether a camera has noted how it was taken."""
    has_position: bool = False
    """Whether it says where it was taken."""
    colours: str = ""
    """The name of its colours, if it has one: Display P3."""


def facts_of(content: bytes) -> Facts:
    """Return what is known of a picture's file. Raise Unusable if it cannot be opened."""
    if is_vector(content):
        return Facts("SVG", len(content))
    with opened(content) as image:
        return _facts(image, len(content))


def _facts(image: Image.Image, size: int) -> Facts:
    upright = upright_size(image)
    notes = _notes(image)
    return Facts(
        format=_NAMES.get(image.format or "", image.format or ""),
        bytes=size,
        width=upright.width,
        height=upright.height,
        frames=frames_of(image),
        is_turned=notes.get(_ORIENTATION, 1) in range(2, 9),
        is_transparent=image.has_transparency_data and scalable(image).mode == "RGBA",
        has_notes=_CAMERA in notes,
        has_position=_POSITION in notes,
        colours=_colours(image),
    )


def _notes(image: Image.Image) -> Mapping[int, Any]:
    """Return the notes in a file, by their tags; none if they are damaged."""
    try:
        return dict(image.getexif())
    except Exception:  # noqa: BLE001 - Pillow raises whatever comes to it
        return {}


def _colours(image: Image.Image) -> str:
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        return ImageCms.getProfileDescription(profile).strip()
    except (ImageCms.PyCMSError, LookupError, OSError, TypeError):
        return ""
