"""What WordPress keeps of a post, as the HTML that readers get.

The classic editor keeps no paragraphs: WordPress makes them of empty lines whenever a post is shown
(developer.wordpress.org/reference/functions/wpautop). The newer editor keeps HTML, with comments
around each block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK_MARK = "<!-- wp:"
_BLOCK_TAGS = (
    "address|article|aside|blockquote|details|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|iframe|li|main|nav|noscript|ol|p|pre|script|section|style|table|tbody|td|tfoot|th"
    "|thead|tr|ul|video|audio"
)
_OPENING = re.compile(rf"(<(?:{_BLOCK_TAGS})\b[^<>]*>)", re.IGNORECASE)
_CLOSING = re.compile(rf"(</(?:{_BLOCK_TAGS})\s*>|<hr\b[^<>]*>)", re.IGNORECASE)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCK_TAGS})\b|<!--", re.IGNORECASE)
_OPENS_WHOLE = re.compile(r"<(pre|script|style|table|ul|ol|blockquote)\b", re.IGNORECASE)
"""What is left as it is: lines in it are no paragraphs, or its own ones."""
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b[^\[\]]*\]((?:(?!\[/?(?:wp_)?caption\b).)*)\[/(?:wp_)?caption\]",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE_AND_WORDS = re.compile(
    r"((?:(?!<img\b).)*<img\b[^<>]*>(?:\s*</a>)?)(.*)", re.IGNORECASE | re.DOTALL
)
_EMBED = re.compile(r"\[embed\b[^\[\]]*\]\s*(https?://[^\s\[\]<>\"]+)\s*\[/embed\]", re.IGNORECASE)
_SHORTCODE = re.compile(r"\[(gallery|audio|video|playlist)\b[^\[\]]*\]")
_MORE = re.compile(r"<!--\s*(?:more|nextpage)\b[^<>]*-->", re.IGNORECASE)

# No pattern here looks further than to the next mark of its own kind: a text of marks alone takes
# no longer than any other.


def shortcodes_in(text: str) -> list[str]:
    """Return the names of WordPress's own shortcodes in a text: ``[gallery ids="1"]``."""
    return sorted(set(_SHORTCODE.findall(text)))


def as_html(content: str) -> str:
    """Return the content of a post as HTML, with its captions, and its paragraphs."""
    html = _MORE.sub("", content)
    html = _CAPTION.sub(_figure, html)
    html = _EMBED.sub(r'<a href="\1">\1</a>', html)
    if _BLOCK_MARK in html:
        return html
    return _with_paragraphs(html)


def _figure(caption: re.Match[str]) -> str:
    """Return a picture with its caption; what has no picture stays as it is."""
    parts = _PICTURE_AND_WORDS.fullmatch(caption[1])
    if parts is None:
        return caption[0]
    picture, words = parts.groups()
    return f"<figure>{picture}<figcaption>{words.strip()}</figcaption></figure>"


def _with_paragraphs(html: str) -> str:
    """Return HTML in which lines that belong to no block are paragraphs."""
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    end = 0
    for whole in _wholes(text):
        parts += [*_paragraphs(text[end : whole.start]), text[whole]]
        end = whole.stop
    return "\n".join([*parts, *_paragraphs(text[end:])])


def _wholes(text: str) -> Iterator[slice]:
    """Yield where the elements are that are left as they are."""
    end = 0
    unclosed: set[str] = set()
    for opening in _OPENS_WHOLE.finditer(text):
        tag = opening[1].lower()
        if opening.start() < end or tag in unclosed:
            continue

        closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, opening.end())
        if closing is None:
            unclosed.add(tag)
            continue
        end = closing.end()
        yield slice(opening.start(), end)


def _paragraphs(text: str) -> list[str]:
    apart = _OPENING.sub(r"\n\n\1", text)
    apart = _CLOSING.sub(r"\1\n\n", apart)
    chunks = (chunk.strip() for chunk in re.split(r"\n\s*\n", apart))
    return [_paragraph(chunk) for chunk in chunks if chunk]


def _paragraph(chunk: str) -> str:
    if _IS_BLOCK.match(chunk):
        return chunk
    lines = chunk.replace("\n", "<br>\n")
    return f"<p>{lines}</p>"
