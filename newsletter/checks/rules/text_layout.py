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

from wcwidth import width as cells

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_LONGEST = 78
_LINE_START = re.compile(r"(?:> |- |\d+\. |\[\d+\] |[ \t])*")
_NAMES = (
    "a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|s|small|span|strong|"
    "style|sub|sup|table|tbody|td|th|thead|tr|u|ul"
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
        message = f"{_number(lines)} of the text part could be broken, but goes beyond {_LONGEST} columns: "
        hint = "Let the theme's text template break it: {{ … | wrap }}."
        yield place.warning(f"{message}'{printable(lines[0].strip())}'.", hint)
    for remains in _remains(galley):
        message = (
            f"'{printable(remains)}' is HTML left in the text part, where readers see it as it is."
        )
        yield place.error(
            message, "Delete it from the theme's text template: plain text has no tags."
        )


def _number(lines: list[str]) -> str:
    return "A line" if len(lines) == 1 else f"Each of {len(lines)} lines"


def _is_too_long(line: str) -> bool:
    """Whether it is wider than a line may be, and there is a space within that width, not counting how lines begin."""
    line = line.rstrip()
    if len(line) <= _LONGEST // 2 or cells(line) <= _LONGEST:
        return False
    start = _LINE_START.match(line)[0]  # type: ignore[index]
    word, space, _ = line[len(start) :].replace("\t", " ").partition(" ")
    return bool(space) and cells(start + word) < _LONGEST


def _remains(galley: Galley) -> list[str]:
    """Return tags and character references in the text part that no author has written. An author's tag may be broken
    over lines, or an address in it made a link, so it is known by how it begins.
    """
    text = _WEB_ADDRESS.sub("", galley.sent.text)
    tags = {match[0]: (match["begin"] or match["end"]).lower() for match in _TAG.finditer(text)}
    references = dict.fromkeys(
        found for found in _REFERENCE.findall(text) if found[1] == "#" or found[1:] in html5
    )
    if not tags and not references:
        return []
    source = "\n".join(line for lines in galley.manuscript.lines.values() for line in lines)
    written = source + unescape(source)  # Markdown reads &lt; as <
    authors = {beginning.lower() for beginning in _BEGINNING.findall(written)}
    tags_of_theme = [tag for tag, beginning in tags.items() if beginning not in authors]
    return tags_of_theme + [reference for reference in references if reference not in written]
