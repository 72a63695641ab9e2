"""A tag of a mailing service or of a template stands in the email as it is.

What it does: looks for `{{ name }}`, `{% if %}`, `*|NAME|*`, `%%name%%`, `${name}` and `<%= name %>` in the subject,
in the preheader, in both parts and in the addresses of links. Money (US$5, ${5}) and a single brace are left alone.

Why it matters: such a tag comes along when text is pasted from another newsletter or system. Here it is plain text:
either all readers see it, or the mailing service takes it for one of its own and puts in what nobody has looked at.
Mailchimp's merge tags are one example (https://mailchimp.com/developer/marketing/docs/merge-fields/).

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

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.manifest.manuscript import Passage
from newsletter.model import Finding, Place, Severity

SEVERITIES: tuple[Severity, ...] = ("error",)
_STARRED = r"\*\|[A-Za-z][\w:.,= -]{0,60}\|\*"
_TAG = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}"
    r"|\{%[^{}\n]{1,80}%\}"
    rf"|{_STARRED}"
    r"|%%[A-Za-z_][\w.-]{0,40}%%"
    r"|\$\{[A-Za-z_][\w.()\[\]-]{0,60}\}"
    r"|<%[=-]?[^<>%\n]{1,80}%>"
    "|\ufdd0[^\ufdd0\ufdd1\n]{0,40}\ufdd1?|\ufdd1"
)
_HINT = "Take it out. In a welcome, [[first-name]] stands for the reader's name."


def check(galley: Galley) -> Iterator[Finding]:
    """Each text of the editor's with such tags, then each address, then what is in the theme."""
    sent = _lines(galley)
    whole = " ".join(" ".join(sent).split())
    told: set[str] = set()
    for passage in galley.manuscript.passages:
        tags = [tag for tag in _tags(passage) if tag.strip("*") in whole]
        told |= {form for tag in tags for form in (tag, tag.strip("*"))}
        if tags:
            yield _finding(galley.manuscript.find_in(passage, tags[0]), tags[0])
    yield from _in_addresses(galley)
    for tag in dict.fromkeys(tag for line in sent for tag in _TAG.findall(line)):
        if tag not in told:
            yield _finding(galley.where(None, tag), tag)


def _tags(passage: Passage) -> list[str]:
    """The tags in a passage. Of `*|NAME|*`, Markdown takes the stars for emphasis, so that is asked of the source."""
    field = getattr(passage.noun, passage.field)
    source = field if isinstance(field, str) else passage.text
    starred = [tag for tag in re.findall(_STARRED, source) if tag.strip("*") in passage.text]
    return [*_TAG.findall(" ".join(passage.text.split())), *starred]


def _lines(galley: Galley) -> list[str]:
    """All that readers see, in lines: a tag that is broken over two lines of the text is whole in the HTML."""
    sent, document = galley.sent, galley.document
    alts = [image.get("alt", "") for image in document.images]
    return [sent.subject, sent.preheader, *document.text.split("\n"), *alts, *sent.text.split("\n")]


def _in_addresses(galley: Galley) -> Iterator[Finding]:
    for address, link in {link.address: link for link in reversed(galley.document.links)}.items():
        if found := _TAG.search(unquote(address)):
            yield _finding(galley.where(link.element, address, found[0]), found[0])


def _finding(place: Place, tag: str) -> Finding:
    return place.error(f"'{shown(tag)}' is a tag of another system: nothing here fills it in.", _HINT)
