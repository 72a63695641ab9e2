"""Authors' Markdown: read once into tokens, which become HTML, plain text and teasers.

dialect.py says what is markup and what is text, reading.py makes the tokens, html.py, page.py and
text.py write them out; lines.py reads titles and other texts of one line, links.py finds faulty
links. Most paragraphs need no parser: paragraphs.py, plain_marks.py and plain_links.py know what it
would read.
"""

from newsletter.text.markdown.html import TAGS, line_to_html, to_html
from newsletter.text.markdown.lines import Title, as_written, markup_in, read_title
from newsletter.text.markdown.links import Fault, faulty_links, links, pictures
from newsletter.text.markdown.page import Notes, to_page, without_pictures
from newsletter.text.markdown.paragraphs import beginning
from newsletter.text.markdown.pictures import Picture
from newsletter.text.markdown.reading import (
    Blocks,
    is_break,
    run_on,
    running_text,
    to_line,
    tokens,
    unread,
    visible,
)
from newsletter.text.markdown.text import to_text

__all__ = [
    "TAGS",
    "Blocks",
    "Fault",
    "Notes",
    "Picture",
    "Title",
    "as_written",
    "beginning",
    "faulty_links",
    "is_break",
    "line_to_html",
    "links",
    "markup_in",
    "pictures",
    "read_title",
    "run_on",
    "running_text",
    "to_html",
    "to_line",
    "to_page",
    "to_text",
    "tokens",
    "unread",
    "visible",
    "without_pictures",
]
