"""Where the text of a page is.

Tried on 990 pages of many sites whose texts are known (trafilatura's own, in tests/evaldata.json),
these places lost fewer sentences than any extractor, with captions and sources kept; but three in
ten pages have none of them. Those are read by trafilatura, if it is installed.
"""

from __future__ import annotations

from importlib.util import find_spec
from xml.etree.ElementTree import Element

from newsletter.importers.original import Original, unreadable
from newsletter.importers.pages.furniture import without_furniture
from newsletter.markup.document import Document
from newsletter.markup.selecting import Selection

_PLACES = (
    "[itemprop~=articleBody]",
    ".entry-content",
    ".post-content",
    ".article-body, .article__body, .articleBody, .story-body, .post-body",
    ".article-content, .article__content, .content-body, .post__content, .td-post-content",
    "article",
    "main, [role=main], #main-content",
)
"""Where pages have their text, the most certain first."""
_LATER = ("data-src", "data-lazy-src", "data-original")
"""Where pages have the address of a picture that is loaded later."""
_MUCH = 0.2
"""The share of the longest such text that a text has at least: a quotation may have its class."""
_MOST_PLACES = 100
"""So many are looked at: a page with more is a list."""
_ENOUGH = 120
"""Characters of a text that may be a piece."""


def text_of(document: Document, original: Original) -> tuple[Element | str, tuple[str, ...]]:
    """Return the HTML of the piece on a page, and a sentence about what was left out.

    Raise UnreadableError if it cannot be found.
    """
    place = place_of(document)
    if place is None:
        return _by_trafilatura(document.source, original), ()
    return place, left_out_of(place)


def left_out_of(place: Element) -> tuple[str, ...]:
    """Take out of an element what is not the piece, and return a sentence about it."""
    _show_pictures(place)
    taken = without_furniture(place)
    if not taken:
        return ()
    return (f"Of the page: {', '.join(taken)}.",)


def _show_pictures(place: Element) -> None:
    """Give pictures their addresses that a script would load when a reader comes to them."""
    for image in place.iter("img"):
        shown = image.get("src", "")
        later = next(filter(None, map(image.get, _LATER)), "")
        if later and (not shown or shown.startswith("data:")):
            image.set("src", later)


def place_of(document: Document) -> Element | None:
    """Return the element that has the piece's text; None if that is in doubt."""
    selection = Selection(document)
    places = [_only(document, selection.all(place)) for place in _PLACES]
    lengths = [(place, _length(place)) for place in places if place is not None]
    longest = max((length for _, length in lengths), default=0)

    for place, length in lengths:
        if length >= _MUCH * longest:
            return place
    return None


def _only(document: Document, elements: list[Element]) -> Element | None:
    """Return the element with a text, if there is only one that is not within another."""
    found = {one for one in elements[:_MOST_PLACES] if _length(one) >= _ENOUGH}
    outer = [one for one in found if found.isdisjoint(document.ancestors(one))]
    if len(outer) != 1:
        return None
    return outer[0]


def _length(element: Element) -> int:
    """Return how long an element's paragraphs are."""
    paragraphs = element.iter("p")
    return sum(len(" ".join("".join(one.itertext()).split())) for one in paragraphs)


def _by_trafilatura(html: str, original: Original) -> str:
    """Return the text that trafilatura finds; never what it says of dates and authors."""
    if find_spec("trafilatura") is None:
        message = "It is not certain where the text of this page is."
        hint = "Copy it, and give --clipboard; or pip install 'newsletter-issue-builder[web]'."
        raise unreadable(original, message, hint)

    from trafilatura import extract

    found = extract(
        html,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        include_tables=True,
        with_metadata=False,
    )
    if not found:
        message = "There is no text of a piece on this page."
        raise unreadable(original, message, "Copy it, and give --clipboard.")
    return found
