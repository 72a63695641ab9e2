"""The text part has lines that are too long, or HTML that was left in it.

What it does: looks in the text part for lines of more than 78 columns that could be broken (an
address cannot), for HTML tags such as `<br>`, and for HTML's names of characters such as `&nbsp;`,
that come from the theme's text template. What an author has written is a matter for
`leftover-markup`. A wide character, as in Japanese, takes two columns.

Why it matters: lines should have at most 78 characters (RFC 5322, 2.1.1), since many programs show
plain text as it is, and break longer lines anywhere or not at all. Tags and names of characters are
shown as they are, too.

Wrong:

```text
All issues:<br>
https://www.bionews.org.uk/issues/
```

Right:

```text
All issues:
https://www.bionews.org.uk/issues/
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.cells import cells
from newsletter.text.printable import printable
from newsletter.text.wrapping import LINE_START

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "email"
_LONGEST = 78
"""Columns of a line (RFC 5322, 2.1.1)."""
_NAMES = (
    "a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|s"
    "|small|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_TAG = re.compile(
    rf"(?P<begin><(?:{_NAMES}))(?:\s+[\w:-]+=[^<>]{{0,500}})?\s?/?>|(?P<end></(?:{_NAMES}))\s?>",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"</?\w+")
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,8}|#\d{2,7}|#[xX][0-9A-Fa-f]{2,6});")
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the lines that are too long, as one finding, and each piece of HTML that was left."""
    place = galley.text_template
    lines = [line for line in galley.sent.text.split("\n") if _is_too_long(line)]
    if lines:
        which = "A line" if len(lines) == 1 else f"Each of {len(lines)} lines"
        fault = f"could be broken, but goes beyond {_LONGEST} columns"
        first = printable(lines[0].strip())
        message = f"{which} of the text part {fault}: '{first}'."
        yield place.warning(message, "Let the theme's text template break it: {{ … | wrap }}.")

    for remains in _html_left(galley):
        left = "is HTML left in the text part, where readers see it as it is"
        message = f"'{printable(remains)}' {left}."
        hint = "Delete it from the theme's text template: plain text has no tags."
        yield place.error(message, hint)


def _is_too_long(line: str) -> bool:
    """Return whether a line is wider than it may be, and has a space within that width.

    A space in how the line begins does not count.
    """
    line = line.rstrip()
    cannot_be_too_wide = len(line) <= _LONGEST // 2
    if cannot_be_too_wide or cells(line) <= _LONGEST:
        return False

    match = LINE_START.match(line)
    start = match[0] if match else ""
    rest = line.removeprefix(start).replace("\t", " ")
    first_word, space, _ = rest.partition(" ")
    return space != "" and cells(start + first_word) < _LONGEST


def _html_left(galley: Galley) -> list[str]:
    """Return tags and character references in the text part that no author has written.

    An author's tag may be broken over lines, or an address in it made a link, so it is known by how
    it begins.
    """
    text = _WEB_ADDRESS.sub("", galley.sent.text)
    tags = _tags(text)
    references = _references(text)
    if not tags and not references:
        return []

    source = galley.manuscript.source
    written = source + unescape(source)  # Markdown reads &lt; as <
    by_authors = {beginning.lower() for beginning in _BEGINNING.findall(written)}
    left = [tag for tag, beginning in tags.items() if beginning not in by_authors]
    left += [reference for reference in references if reference not in written]
    return left


def _tags(text: str) -> dict[str, str]:
    """Return the tags in a text, and how each begins, in lower case."""
    tags: dict[str, str] = {}
    for match in _TAG.finditer(text):
        beginning = match["begin"] or match["end"]
        tags[match[0]] = beginning.lower()
    return tags


def _references(text: str) -> list[str]:
    """Return the character references in a text, each once."""
    found = _REFERENCE.findall(text)
    references = dict.fromkeys(found)
    return [reference for reference in references if _is_known(reference)]


def _is_known(reference: str) -> bool:
    name = reference.removeprefix("&")
    return name.startswith("#") or name in html5
