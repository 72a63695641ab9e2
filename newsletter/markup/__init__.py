"""Questions to a finished HTML email, which is parsed once for all of them."""

from xml.etree.ElementTree import Element

from newsletter.markup.cascade import Shade, shades
from newsletter.markup.css import Declaration, Rule
from newsletter.markup.document import Document, Heading, Hyperlink, ParseError, parse

__all__ = [
    "Declaration",
    "Document",
    "Element",
    "Heading",
    "Hyperlink",
    "ParseError",
    "Rule",
    "Shade",
    "parse",
    "shades",
]
