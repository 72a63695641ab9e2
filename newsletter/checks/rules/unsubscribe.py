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
ABOUT = "email"
_TOKEN = token("unsubscribe")
_WRITTEN = "[[unsubscribe]]"
_TINY = re.compile(r"0(?:em|rem|%)?|[01]?(?:\.\d+)?(?:px|pt)|[01]")
_SEE_THROUGH = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00"
    r"|rgba\((?:[^,]+,){3}\s*0(?:\.0+)?%?\s*\)|rgba?\([^/]+/\s*0(?:\.0+)?%?\s*\)",
    re.IGNORECASE,
)
_NONE = re.compile(r"0(?:\.0+)?%?")
_ONCE = (
    "Put {{ merge_tag.unsubscribe }} into the theme's footer, "
    "once in the HTML and once in the text."
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield too few and too many unsubscribe merge tags, and one in the HTML that nobody sees."""
    in_html = galley.email.html.count(_TOKEN)
    in_text = galley.email.text.count(_TOKEN)
    if galley.has_html and not in_html:
        place = galley.in_theme()
        yield place.error("The HTML email has no link to unsubscribe.", _ONCE)
    if not in_text:
        yield galley.text_template.error("The text part does not say where to unsubscribe.", _ONCE)

    most = max(in_html, in_text)
    if most > 1:
        message = f"The unsubscribe link appears {most} times in one part of the email."
        hint = "Once is enough: the theme has it in the footer."
        yield _second(galley, in_html).error(message, hint)

    if in_html == 1:
        yield from _about_link(galley)


def _second(galley: Galley, in_html: int) -> Place:
    """Return where the editor wrote one more; a place in the theme, if it was not the editor."""
    noun = galley.issue if galley.issue.welcome else galley.issue.publication
    if _TOKEN in from_written(noun.welcome or ""):
        for text in texts(galley.issue):
            if text.noun is noun and text.field == "welcome":
                return galley.manuscript.find_in_text(text, _WRITTEN)

    if in_html > 1:
        return _in_footer(galley)
    return galley.text_template


def _in_footer(galley: Galley) -> Place:
    return galley.in_theme('href="{{ merge_tag.unsubscribe }}"')


def _about_link(galley: Galley) -> Iterator[Finding]:
    address = galley.issue.publication.unsubscribe
    links = [link for link in galley.document.links if link.address == address]
    if not links:
        message = "The unsubscribe merge tag of the HTML email is not the address of a link."
        hint = 'Write <a href="{{ merge_tag.unsubscribe }}"> before the word for it.'
        yield _in_footer(galley).error(message, hint)
        return

    faults = [_fault(galley.document, link) for link in links]
    if all(faults):
        hint = (
            "Give it a word such as 'Unsubscribe', "
            "in letters as large and as dark as those around it."
        )
        yield _in_footer(galley).error(f"The unsubscribe link {faults[0]}.", hint)


def _fault(document: Document, link: Hyperlink) -> str | None:
    """Return why readers do not see a link to click on; None if they do."""
    with_words = _elements_with_words(document, link.element)
    if not with_words and link.element not in document.hidden:
        return "has no words"

    if not any(_is_plain_to_see(document, element) for element in with_words):
        return "cannot be seen"
    return None


def _elements_with_words(document: Document, link: Element) -> list[Element]:
    """Return the elements of a link that show a letter or a digit."""
    within = set(link.iter())
    with_words: list[Element] = []
    for element, text in document.texts():
        if element in within and any(map(str.isalnum, text)):
            with_words.append(element)
    return with_words


def _is_plain_to_see(document: Document, element: Element) -> bool:
    size = colour = ""
    for node in (element, *document.ancestors(element)):
        style = {declared.name: declared.value for declared in document.declarations(node)}
        opacity = style.get("opacity", "")
        is_hidden = style.get("visibility") == "hidden"
        if is_hidden or _NONE.fullmatch(opacity):
            return False

        # What the innermost element says counts.
        size = size or style.get("font-size") or style.get("font", "")
        colour = colour or style.get("color", "")
    return not _TINY.fullmatch(size) and not _SEE_THROUGH.fullmatch(colour)
