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
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.manifest import Passage
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "info")
_NAMED = r"\|[A-Za-z][\w:.,= -]{0,60}\|"
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
    """Yield each text of the editor's with such tags, then each address, then what is in the theme."""
    sent = _lines(galley)
    whole = " ".join(" ".join(sent).split())
    shown_tags = {*_TAG.findall(whole), *re.findall(_NAMED, whole)}
    authors: set[str] = set()
    for field in galley.manuscript.fields:
        starred = _starred(field[0])
        for passage in field:
            authors.update(_tags(passage.text, starred))
            tags = [
                tag
                for tag in _tags(_bare(galley, passage), starred)
                if {tag, tag.strip("*")} & shown_tags
            ]
            if tags:
                yield _in_passage(galley, passage, tags[0])
    yield from _in_addresses(galley)
    for tag in dict.fromkeys(tag for line in sent for tag in _TAG.findall(line)):
        if tag not in authors:
            yield galley.where(None, tag).error(_what(tag), _HINT)


def _starred(passage: Passage) -> set[str]:
    """Return the tags such as `*|NAME|*` in the field of a passage: Markdown may take their stars for emphasis."""
    return set(_STARRED.findall(passage.source.value))


def _tags(text: str, starred: set[str]) -> list[str]:
    """Return the tags in a text as they are written, with the stars that some of them have lost."""
    words = " ".join(text.split())
    lost = (f"*{name}*" for name in re.findall(_NAMED, words))
    return [*_TAG.findall(words), *(tag for tag in lost if tag in starred)]


def _bare(galley: Galley, passage: Passage) -> str:
    """Return what may be a mistake in a passage: in an item, neither code nor what is in quotes."""
    is_of_item = galley.manuscript.item_of(passage) is not None
    return _QUOTED.sub(" ", passage.prose) if is_of_item else passage.text


def _in_passage(galley: Galley, passage: Passage, tag: str) -> Finding:
    place = galley.manuscript.find_in(passage, tag)
    return place.info(_what(tag), _HINT_FOR_ITEM) if place.item else place.error(_what(tag), _HINT)


def _lines(galley: Galley) -> list[str]:
    """Return all that readers see, in lines: a tag that is broken over two lines of the text is whole in the HTML."""
    sent, document = galley.sent, galley.document
    alts = [image.get("alt", "") for image in document.images]
    return [sent.subject, sent.preheader, *document.text.split("\n"), *alts, *sent.text.split("\n")]


def _in_addresses(galley: Galley) -> Iterator[Finding]:
    for address, link in {link.address: link for link in reversed(galley.document.links)}.items():
        if found := _TAG.search(unquote(address)):
            yield galley.where(link.element, address, found[0]).error(_what(found[0]), _HINT)


def _what(tag: str) -> str:
    return f"'{printable(tag)}' is a tag of another system: nothing here fills it in."
