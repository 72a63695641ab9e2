"""A finished HTML email, parsed once for everything that is asked about it."""

from xml.etree.ElementTree import Element

from newsletter.markup.cascade import Shade, shades
from newsletter.markup.css import Declaration, Rule
from newsletter.markup.document import Document, Heading, Hyperlink, Image, ParseError, parse

__all__ = [
    "Declaration",
    "Document",
    "Element",
    "Heading",
    "Hyperlink",
    "Image",
    "ParseError",
    "Rule",
    "Shade",
    "parse",
    "shades",
]
