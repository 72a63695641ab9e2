"""Questions to a finished HTML email, which is parsed once for all of them."""

from newsletter.markup.cascade import Shade, shades
from newsletter.markup.css import Declaration, Rule
from newsletter.markup.document import Document, Element, Heading, Hyperlink, ParseError

__all__ = ["Declaration", "Document", "Element", "Heading", "Hyperlink", "ParseError", "Rule", "Shade", "shades"]
