"""Gmail cuts the email off, and with it the way to unsubscribe.

What it does: counts the bytes of the HTML, and for each web link the bytes by which an address of the mailing service's
own would be longer, since services count clicks that way; 200 bytes is our estimate of such an address. It warns from
80,000 on, and more than 102,400 is an error.

Why it matters: Gmail shows the first 102 KB of an email and hides the rest behind a link
(http://kb.mailchimp.com/delivery/deliverability-research/gmail-is-clipping-my-email); Libero does so from 80 KB on
(https://help.mailup.com/display/MUG/Message+size). What is hidden first is the footer, with the postal address and the
unsubscribe link; readers who cannot unsubscribe mark the email as spam.

Wrong:

```html repeat=320
<p style="margin:0 0 10px">This paragraph stands for many: an issue grows story by story, and nobody counts the bytes.
The words are few, but each brings its own styles and its own addresses along, and so does each of its neighbours.</p>
```

Right:

```html repeat=3
<p style="margin:0 0 10px">A teaser of two sentences makes people read on, and the whole story stands on the web.</p>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.summary import GMAIL_CLIPS_AT

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
WARN_FROM = 80_000
TRACKED_LINK = 200
"""Bytes of an address that a mailing service puts in the place of another: an estimate."""


def check(galley: Galley) -> Iterator[Finding]:
    """The size of the HTML, if it is too large or nearly so, and readers have Gmail."""
    if not any(client.startswith("gmail-") for client in galley.issue.publication.clients):
        return
    size = len(galley.sent.html.encode())
    addresses = [link.address for link in galley.document.links if link.address.startswith("http")]
    tracking = sum(max(0, TRACKED_LINK - len(address)) for address in addresses)
    total = size + tracking
    what = f"The HTML has {size:,} bytes, and counting clicks may add {tracking:,}: {total:,} of {GMAIL_CLIPS_AT:,}."
    hint = "Shorten teasers, or leave items for the next issue; 'Size' in the preview shows what each costs."
    if total > GMAIL_CLIPS_AT:
        yield galley.manuscript.place().error(f"Gmail will cut the email off. {what}", hint)
    elif total > WARN_FROM:
        yield galley.manuscript.place().warning(f"Gmail may cut the email off. {what}", hint)
