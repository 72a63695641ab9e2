"""A few words in HTML, such as a title or a name, as a field has them."""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from xml.etree.ElementTree import Element

from newsletter.importers.markdown_writer import markdown_of
from newsletter.markup.document import Document

_PLAINER = {"a": "span", "img": "span", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "p")}
"""What the elements become that a title cannot have."""
_OF_BLOCKS = re.compile(r"^(\d*)\\(?=[.)#>+-])")
"""The backslash before what would begin a list or a heading, as a title cannot."""


def line_of(html: str) -> str:
    """Return the words of HTML on one line, without markup."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    return Document(html).text.replace("\n", " ")


def title_of(html: str | Element) -> str:
    """Return words in HTML on one line, with emphasis, sub- and superscript in Markdown.

    Of links and headings only the words are kept, as a title can be neither.
    """
    if isinstance(html, str):
        html = Document(html).root

    words = deepcopy(html)
    words.tail = None
    for element in words.iter():
        element.tag = _PLAINER.get(element.tag, element.tag)

    line = " ".join(markdown_of(words).markdown.split())
    return _OF_BLOCKS.sub(r"\1", line)


def bare(text: str) -> str:
    """Return the letters and digits of a text alone, by which two texts are compared."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum())
