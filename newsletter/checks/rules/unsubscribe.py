"""The email has no unsubscribe link that readers can see, or more than one.

What it does: counts the merge tag for unsubscribing, which must appear once in the HTML and once in
the text part. In the HTML it must be the address of a link that has words and can be seen: not
hidden, not transparent, not of one pixel.

Why it matters: Google's email sender guidelines (https://support.google.com/a/answer/81126) require
an unsubscribe link that is easy to see in mail that people subscribe to, and so do the laws on such
mail, among them 15 U.S.C. 7704(a)(5) in the United States. Readers who do not find it mark the
email as spam. A second link is one that nobody remembers when the first is changed.

Wrong:

```yaml issue
welcome: |
  Welcome to this week's issue. If you do not want it any more, go to [[unsubscribe]] and leave.
```

Right:

```yaml issue
welcome: |
  Welcome to this week's issue. If you do not want it any more, the last lines say how to leave.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.email.merge_tags import from_written, token
from newsletter.model import Finding, Place, Severity
from newsletter.model.walking import texts

if TYPE_CHECKING:
    from newsletter.markup import Document, Hyperlink

SEVERITIES: tuple[Severity, ...] = ("error",)
_TOKEN = token("unsubscribe")
_WRITTEN = "[[unsubscribe]]"
_TINY = re.compile(r"0(?:em|rem|%)?|[01]?(?:\.\d+)?(?:px|pt)|[01]")
_SEE_THROUGH = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|rgba\((?:[^,]+,){3}\s*0(?:\.0+)?%?\s*\)|rgba?\([^/]+/\s*0(?:\.0+)?%?\s*\)",
    re.IGNORECASE,
)
_ONCE = "Put {{ merge_tag.unsubscribe }} into the theme's footer, once in the HTML and once in the text."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield too few and too many unsubscribe merge tags, and the one in the HTML if it is not a link to see."""
    in_html, in_text = galley.email.html.count(_TOKEN), galley.email.text.count(_TOKEN)
    if not in_html:
        yield galley.in_theme().error("The HTML email has no link to unsubscribe.", _ONCE)
    if not in_text:
        yield galley.text_template.error("The text part does not say where to unsubscribe.", _ONCE)
    if in_html > 1 or in_text > 1:
        message = (
            f"The unsubscribe link appears {max(in_html, in_text)} times in one part of the email."
        )
        yield _second(galley, in_html).error(
            message, "Once is enough: the theme has it in the footer."
        )
    if in_html == 1:
        yield from _of_the_link(galley)


def _second(galley: Galley, in_html: int) -> Place:
    """Return where the editor wrote one more; a place in the theme, if it was not the editor."""
    noun = galley.issue if galley.issue.welcome else galley.issue.publication
    if _TOKEN in from_written(noun.welcome or ""):
        welcomes = (text for text in texts(galley.issue) if text.field == "welcome")
        welcome = next(text for text in welcomes if text.noun is noun)
        return galley.manuscript.find_in_text(welcome, _WRITTEN)
    return _in_footer(galley) if in_html > 1 else galley.text_template


def _in_footer(galley: Galley) -> Place:
    return galley.in_theme('href="{{ merge_tag.unsubscribe }}"')


def _of_the_link(galley: Galley) -> Iterator[Finding]:
    address = galley.issue.publication.unsubscribe
    links = [link for link in galley.document.links if link.address == address]
    faults = [_fault(galley.document, link) for link in links]
    if not links:
        message = "The unsubscribe merge tag of the HTML email is not the address of a link."
        yield _in_footer(galley).error(
            message, 'Write <a href="{{ merge_tag.unsubscribe }}"> before the word for it.'
        )
    elif all(faults):
        hint = "Give it a word such as 'Unsubscribe', in letters as large and as dark as those around it."
        yield _in_footer(galley).error(str(faults[0]), hint)


def _fault(document: Document, link: Hyperlink) -> str | None:
    """Return why readers do not see a link to click on; None if they do."""
    within = set(link.element.iter())
    worded = [
        element
        for element, text in document.texts()
        if element in within and any(map(str.isalnum, text))
    ]
    if not worded and link.element not in document.hidden:
        return "The unsubscribe link has no words."
    if not any(_is_plain_to_see(document, element) for element in worded):
        return "The unsubscribe link cannot be seen."
    return None


def _is_plain_to_see(document: Document, element: Element) -> bool:
    size = colour = ""
    for node in (element, *document.ancestors(element)):
        own = {declared.name: declared.value for declared in document.declarations(node)}
        if own.get("visibility") == "hidden" or re.fullmatch(
            r"0(?:\.0+)?%?", own.get("opacity", "")
        ):
            return False
        size = size or own.get("font-size") or own.get("font", "")
        colour = colour or own.get("color", "")
    return not _TINY.fullmatch(size) and not _SEE_THROUGH.fullmatch(colour)
