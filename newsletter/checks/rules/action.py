"""The words of a button or link do not fit: too many, or there is no page for them to lead to.

What it does: looks at each item with an `action`. Without a `url`, it leads to the item on this
issue's own page, which shows no more than the email unless the item has a longer `body`. If the
email shows the whole body, there is no button and no link, so nobody reads its words. The button of
the lead or of an advert has room for 40 characters.

Why it matters: a reader who follows "Sign up" and arrives at the words that the email has already
shown does not sign up. On a phone of 360 pixels a line of a button has about 30 characters; from
the third line on it looks like a paragraph.

Wrong:

```yaml item
kind: notice
title: Tell us what you read
teaser: Our survey has ten questions, and is open until the end of the month.
action: Take part
```

Right:

```yaml item
kind: notice
title: Tell us what you read
url: https://www.bionews.org.uk/survey
teaser: Our survey has ten questions, and is open until the end of the month.
action: Take part
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.email.teaser import is_whole
from newsletter.model import EDITORIAL, Advert, Finding, Item, Severity
from newsletter.text.markdown import tokens
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_LONGEST = 40
"""Characters: two lines of a button on a narrow phone."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each action that leads nowhere, and each that is too long for its button."""
    for item in galley.issue.items:
        if item.action is None:
            continue

        place = galley.manuscript.place(item, "action")
        if fault := _leads_nowhere(galley, item, item.action):
            yield place.warning(fault, "Add 'url:' with the address, or delete 'action:'.")
        if _is_button(galley, item) and len(item.action) > _LONGEST:
            message = f"The button '{printable(item.action)}' has {len(item.action)} characters."
            hint = f"Shorten it to {_LONGEST} or fewer: say the rest in the text above it."
            yield place.warning(message, hint)


def _leads_nowhere(galley: Galley, item: Item, action: str) -> str | None:
    """Return what is wrong with an action that has no address of its own."""
    if item.url:
        return None

    is_lead = item is galley.issue.lead
    if is_whole(item, galley.issue.publication.teasers, is_lead=is_lead):
        return f"Nobody reads '{printable(action)}': the email shows the whole piece, and no link."

    has_more = bool(tokens(item.body))
    if has_more or isinstance(item, EDITORIAL):  # nowhere-to-read-on speaks of those
        return None
    return f"'{printable(action)}' leads to a page that shows no more than the email does."


def _is_button(galley: Galley, item: Item) -> bool:
    return item is galley.issue.lead or isinstance(item, Advert)
