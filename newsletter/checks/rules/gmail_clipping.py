"""Gmail cuts the email off, and with it the way to unsubscribe.

What it does: counts the bytes of the HTML. More than 102,400 is an error. Some mailing services
replace each link with an address of their own, to count clicks: Brevo, Buttondown and Mailjet do,
if the account is set up for it. If the publication uses one of them, and the HTML would be too
large with addresses of 200 bytes, which is our estimate, that is a warning. From 80,000 bytes, an
info says how much room is left; not in a format that shows every piece whole, since `at_most` says
how much of the room it takes up. If such a format shows no piece whole, since even teasers alone
take up more than that, it is a warning.

Why it matters: Gmail shows the first 102 KB of an email and hides the rest behind a link
(http://kb.mailchimp.com/delivery/deliverability-research/gmail-is-clipping-my-email). The footer is
the first to go, with the postal address and the unsubscribe link; readers who cannot unsubscribe
mark the email as spam.

Wrong:

```html repeat=320
<p style="margin:0 0 10px">This paragraph is one of many: an issue grows story by story, and nobody
counts the bytes. The words are few, but each brings its own styles and its own addresses along, and
so does each of its neighbours.</p>
```

Right:

```html repeat=3
<p style="margin:0 0 10px">A teaser of two sentences makes people read on, and the whole story is on
the web.</p>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Format, Place, Severity
from newsletter.model.formats import GMAIL_CLIPS_AT

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
ABOUT = "html"
NEARLY = 80_000
"""Bytes from which editors should know how much room is left."""
TRACKED_LINK = 200
"""Bytes of the address with which a mailing service replaces a link: an estimate."""
_HINT = (
    "Shorten teasers, or leave items for the next issue; "
    "'Size' in the preview shows how much each takes up."
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding if the HTML is too large, or nearly, and readers have Gmail."""
    clients = galley.issue.publication.clients
    if not any(client.startswith("gmail-") for client in clients):
        return

    place = galley.manuscript.place()
    size = len(galley.sent.html.encode())
    message = f"The HTML is {size:,} bytes; Gmail shows {GMAIL_CLIPS_AT:,}"
    if size > GMAIL_CLIPS_AT:
        yield place.error(f"{message} and cuts off the rest.", _HINT)
        return

    if galley.email.shortened and size > galley.email.format.most_bytes:
        yield _without_whole_pieces(place, galley.email.format)

    added = _added_for_clicks(galley)
    service = None
    if size + added > GMAIL_CLIPS_AT:
        service = _service_that_counts_clicks(galley)
    is_full = galley.email.format.shows == "full"
    if service:
        effect = f"it may add some {added:,}, and Gmail cuts off the rest"
        hint = _lower_share(added) if is_full else _HINT
        yield place.warning(f"{message}. If {service} counts clicks, {effect}.", hint)
    elif size > NEARLY and not is_full:
        room = GMAIL_CLIPS_AT - size
        yield place.info(f"{message}: there is room for {room:,} more.", _HINT)


def _without_whole_pieces(place: Place, format: Format) -> Finding:
    """Return the finding for a format whose pieces are all teasers, and which is still too large
    for its share.
    """
    message = f"It shows no piece whole: even teasers alone are more than its {format.at_most}%"
    message += " of what Gmail shows."
    hint = f"Write a larger 'at_most:' for '{format.name}' in publication.yaml, or shorten teasers."
    return place.warning(message, hint)


def _lower_share(added: int) -> str:
    """Return the hint for a format whose last pieces become teasers where it would be too large."""
    share = 100 * (GMAIL_CLIPS_AT - added) // GMAIL_CLIPS_AT
    return f"Write 'at_most: {max(share, 1)}%' for this format in publication.yaml."


def _added_for_clicks(galley: Galley) -> int:
    """Return the bytes that click counting would add to the addresses of web links."""
    added = 0
    for link in galley.document.links:
        if link.address.startswith("http"):
            added += max(0, TRACKED_LINK - len(link.address))
    return added


def _service_that_counts_clicks(galley: Galley) -> str | None:
    """Return the title of the publication's service; None if it does not count clicks."""
    from newsletter.services import profile_of  # seldom needed, and slow to load

    service = profile_of(galley.issue.publication.service)
    if service and service.may_count_clicks:
        return service.title
    return None
