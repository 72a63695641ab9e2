"""Colours as every screen shows them: sRGB, with eight bits for each."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from PIL import Image

_MOST_IN_DRAWING = 65_536
"""Colours; soft edges mix many of the few that a drawing is made of."""
_FLAT = 8
"""Colours that a drawing's areas are filled with."""
_HALF = 0.5
"""The share of a drawing that these cover, at least; of a photograph they cover a tenth."""
_SAMPLE = (200, 200)
"""Width and height in pixels, at most, at which the colours of a drawing are judged."""
SEEN = 128
"""The alpha value from which a pixel counts as visible, of 255."""
_DARK = 104
"""The luma, of 255, of a grey with a contrast of 3:1 (WCAG 1.4.11) on #1e1e1e.

That is a common background in dark mode.
"""
_LIGHT = 148
"""The luma, of 255, of a grey with a contrast of 3:1 on white."""
_MUCH = 0.25
_LITTLE = 0.1
"""The shares of what is visible of a drawing that are dark, at least, and light, at most, if it
needs a light ground."""
_ENOUGH = 0.1
"""The share of a drawing that is transparent, at least."""


def scalable(image: Image.Image) -> Image.Image:
    """Return a picture whose pixels can be mixed with each other: no palette, eight bits a colour.

    It is transparent only if some of it is.
    """
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    if not image.has_transparency_data:
        return image if image.mode in ("RGB", "CMYK", "LAB") else image.convert("RGB")

    coloured = image.convert("RGBA")
    opacity = coloured.getchannel("A")
    faintest, _ = cast("tuple[float, float]", opacity.getextrema())
    return coloured if faintest < 255 else coloured.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey picture with more bits for each pixel as one with eight.

    Microscopes write 12 bits where there is room for 16, so the lightest pixel says how many.
    """
    grey = image.convert("F")
    _, lightest = cast("tuple[float, float]", grey.getextrema())
    bits = max(8, int(lightest).bit_length())
    whole = 1.0 if image.mode == "F" and lightest <= 1 else float(2**bits - 1)
    scale = 255 / whole
    return grey.point(lambda value: value * scale + 0).convert("L")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a scalable picture in sRGB, from the colours of its ICC ``profile``.

    A profile that is damaged, or for other colours than the picture's, counts for nothing.
    """
    transparency = image.getchannel("A") if image.mode == "RGBA" else None
    opaque = image.convert("RGB") if transparency else image
    coloured = _by_profile(opaque, profile) or opaque.convert("RGB")
    if transparency:
        coloured.putalpha(transparency)
    return coloured


def _by_profile(image: Image.Image, profile: bytes | None) -> Image.Image | None:
    from PIL import ImageCms

    try:
        own: Any = ImageCms.createProfile("LAB") if image.mode == "LAB" else None
        if own is None and profile:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if own is None or "srgb" in _name(own):
            return None
        return ImageCms.profileToProfile(image, own, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _name(profile: Any) -> str:
    from PIL import ImageCms

    return str(ImageCms.getProfileDescription(profile)).lower()


@cache
def _srgb() -> Any:
    from PIL import ImageCms

    return ImageCms.createProfile("sRGB")


def is_drawing(image: Image.Image) -> bool:
    """Return whether a picture is a chart, a logo or the like, and no photograph.

    It is if it is transparent, or if a few colours cover half of it.
    """
    if image.mode == "RGBA":
        return True
    counted = image.getcolors(_MOST_IN_DRAWING)
    if counted is None:
        return False

    most = sorted((count for count, _ in counted), reverse=True)[:_FLAT]
    return sum(most) >= _HALF * image.width * image.height


def on_white(image: Image.Image) -> Image.Image:
    """Return a picture on a white ground; one that is not transparent as it is."""
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


def needs_light_ground(image: Image.Image) -> bool:
    """Return whether much of a drawing on a transparent ground is dark, and little of it light.

    In dark mode, or on a dark masthead, nobody would see what is dark. What is light may be an
    outline around it.
    """
    if image.mode != "RGBA":
        return False

    sample = image.copy()
    sample.thumbnail(_SAMPLE)
    opacity = sample.getchannel("A").tobytes()
    lightness = sample.convert("RGB").convert("L").tobytes()
    pixels = zip(lightness, opacity, strict=True)
    visible = [luma for luma, alpha in pixels if alpha >= SEEN]
    dark = sum(luma < _DARK for luma in visible)
    light = sum(luma > _LIGHT for luma in visible)

    is_drawing = 0 < len(visible) < (1 - _ENOUGH) * len(opacity)
    is_dark = dark >= _MUCH * len(visible) and light <= _LITTLE * len(visible)
    return is_drawing and is_dark
