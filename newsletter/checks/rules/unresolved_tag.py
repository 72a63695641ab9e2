"""A tag of a mailing service or of a template was left in the email.

What it does: looks for `{{ name }}`, `{% if %}`, `*|NAME|*`, `%%name%%`, `${name}` and `<%= name
%>` in the subject, in the preheader, in both parts and in the addresses of links. In an item, which
may be about templates, a tag is an info, and is left alone in code or in quotes. Money (US$5, ${5})
and a single brace are left alone.

Why it matters: such a tag comes along when text is pasted from another newsletter or system. Here
it is plain text: either all readers see it, or the mailing service takes it for one of its own and
puts in something that nobody has checked. Mailchimp's merge tags are one example
(https://mailchimp.com/developer/marketing/docs/merge-fields/).

Wrong:

```yaml issue
welcome: |
  Dear {{ contact.FIRSTNAME }}, welcome to this week's issue.
```

Right:

```yaml issue
welcome: |
  Dear [[first-name]], welcome to this week's issue.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.checks.links import Link

SEVERITIES: tuple[Severity, ...] = ("error", "info")
ABOUT = "email"
_NAMED = r"\|[A-Za-z][\w:.,= -]{0,60}\|"
_BETWEEN_BARS = re.compile(_NAMED)
_STARRED = re.compile(rf"\*{_NAMED}\*")
_TAG = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}"
    r"|\{%[^{}\n]{1,80}%\}"
    rf"|{_STARRED.pattern}"
    r"|%%[A-Za-z_][\w.-]{0,40}%%"
    r"|\$\{[A-Za-z_][\w.()\[\]-]{0,60}\}"
    r"|<%[=-]?[^<>%\n]{1,80}%>"
    "|\ufdd0[^\ufdd0\ufdd1\n]{0,40}\ufdd1?|\ufdd1"
)
_TAGS_IN_QUOTES = rf"[^\n\"“”‘’'„«»]{{0,60}}(?:{_TAG.pattern}|{_NAMED})[^\n\"“”‘’'„«»]{{0,60}}"
_QUOTED = re.compile(rf"""(?<!\w)["'“‘„«]{_TAGS_IN_QUOTES}["'“”’»]""")
_HINT = "Delete it. In a welcome, write [[first-name]] for the reader's name."
_HINT_FOR_ITEM = "Delete it, or put it in quotes if the item is about such tags."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each text of the editor's with such tags, then each address, then the theme's tags."""
    lines = _lines(galley)
    shown = _tags_shown(lines)
    by_authors: set[str] = set()
    for field in galley.manuscript.fields:
        starred = _starred(field[0])
        for passage in field:
            by_authors.update(_tags(passage.text, starred))
            for tag in _tags(_bare(galley, passage), starred):
                if tag in shown or tag.strip("*") in shown:
                    yield _in_passage(galley, passage, tag)
                    break

    yield from _in_addresses(galley)

    for tag in _tags_in(lines):
        if tag not in by_authors:
            place = galley.where(None, tag)
            yield place.error(_message(tag), _HINT)


def _lines(galley: Galley) -> list[str]:
    """Return all that readers see, in lines.

    A tag that is broken over two lines of the text is whole in the HTML.
    """
    sent = galley.sent
    html = galley.document.text
    alts = [image.element.get("alt", "") for image in galley.document.images]
    return [
        sent.subject,
        sent.preheader,
        *html.split("\n"),
        *alts,
        *sent.text.split("\n"),
    ]


def _tags_in(lines: list[str]) -> dict[str, None]:
    """Return the tags in the lines, each once."""
    tags: dict[str, None] = {}
    for line in lines:
        tags.update(dict.fromkeys(_TAG.findall(line)))
    return tags


def _tags_shown(lines: list[str]) -> set[str]:
    """Return the tags that readers see, even over two lines or without their stars."""
    whole = _on_one_line("\n".join(lines))
    tags = _TAG.findall(whole)
    without_stars = _BETWEEN_BARS.findall(whole)
    return {*tags, *without_stars}


def _starred(passage: Passage) -> set[str]:
    """Return the tags such as ``*|NAME|*`` in the field of a passage.

    Markdown may take their stars for emphasis.
    """
    written = passage.source.value
    return set(_STARRED.findall(written))


def _tags(text: str, starred: set[str]) -> list[str]:
    """Return the tags in a text as they are written, with the stars that some of them have lost."""
    words = _on_one_line(text)
    tags: list[str] = _TAG.findall(words)
    with_stars = [f"*{name}*" for name in _BETWEEN_BARS.findall(words)]
    tags += [tag for tag in with_stars if tag in starred]
    return tags


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _bare(galley: Galley, passage: Passage) -> str:
    """Return what may be a mistake in a passage: in an item, neither code nor what is in quotes."""
    if galley.manuscript.item_of(passage):
        return _QUOTED.sub(" ", passage.prose)
    return passage.text


def _in_passage(galley: Galley, passage: Passage, tag: str) -> Finding:
    place = galley.manuscript.find_in(passage, tag)
    if place.item:
        return place.info(_message(tag), _HINT_FOR_ITEM)
    return place.error(_message(tag), _HINT)


def _in_addresses(galley: Galley) -> Iterator[Finding]:
    first_links: dict[str, Link] = {}
    for link in galley.links:
        first_links.setdefault(link.address, link)

    for address, link in first_links.items():
        match = _TAG.search(unquote(address))
        if match:
            place = galley.where(link.element, address, match[0])
            yield place.error(_message(match[0]), _HINT)


def _message(tag: str) -> str:
    return f"'{printable(tag)}' is a tag of another system: nothing here fills it in."
