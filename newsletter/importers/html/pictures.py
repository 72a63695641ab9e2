"""Where a page shows pictures."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from newsletter.importers.html.notices import text_of


def is_one_picture(figure: Element) -> bool:
    """Return whether a figure has one picture, and nothing else but its caption."""
    images = sum(1 for _ in figure.iter("img"))
    captions = [text_of(caption) for caption in figure.iter("figcaption")]
    return images == 1 and len(captions) <= 1 and text_of(figure) == "".join(captions)


def source_of(image: Element) -> str:
    """Return the address of a picture, which may be loaded only when it is scrolled to."""
    source = (image.get("src") or "").strip()
    if source.startswith("data:") or not source:
        source = image.get("data-src") or image.get("data-lazy-src") or source
    return source
