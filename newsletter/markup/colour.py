"""Colours of CSS as numbers, and how well one is read on another.

coloraide would save 20 of these lines, but takes 0.2 s to import: a quarter of a command.
"""

from __future__ import annotations

from tinycss2.color4 import parse_color

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""
_FLARE = 0.05
"""The light that a screen reflects (WCAG 2.2, "contrast ratio")."""


def laid_over(value: str, background: Colour) -> Colour | None:
    """Return the colour that a value of CSS names, over a background if it is translucent.

    Return None if the value names no colour.
    """
    colour = parse_color(value)
    if colour is None or isinstance(colour, str):
        return None

    try:
        parts = colour.to("srgb").coordinates
    except NotImplementedError:  # such as oklch, which no mail client needs to know today
        return None

    alpha = float(colour.alpha)
    red, green, blue = (
        alpha * float(part or 0) + (1 - alpha) * below
        for part, below in zip(parts, background, strict=True)
    )
    return red, green, blue


def contrast_ratio(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    luminances = (_luminance(one), _luminance(other))
    darker, lighter = sorted(luminances)
    return (lighter + _FLARE) / (darker + _FLARE)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """Return a part of an sRGB colour as an amount of light."""
    if part <= 0.04045:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
