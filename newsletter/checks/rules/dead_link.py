"""A link leads nowhere: the page is gone, or its host does not exist.

What it does: asks for every page that the issue links to; not for the issue's own page, which is
not online yet. It asks politely: one page at a time from each host, and only for the headers. A
page that does not exist is an error, and so is a host that does not exist or whose certificate is
wrong. A server that does not answer within 10 seconds is a warning. If a server needs a password or
lets no programs in (401, 403, 429), or reports a fault of its own (500 and above, twice), an info
says that the link could not be checked.

Why it matters: a reader who ends up at "Not found" has lost this story and trusts the next link
less. RFC 9110, 15, says what the numbers mean: 404 and 410, that a page does not exist or is gone;
401, 403 and 429 (RFC 6585), only that this visitor does not get it.

Wrong:

```yaml item
title: A story whose page has moved
url: https://www.bionews.org.uk/a-page-that-is-not-there
teaser: The page was there when the address was copied, but it has been moved since, and nobody has
  looked again...
```

Right:

```yaml item
title: A story whose page has moved
url: https://www.bionews.org.uk/
teaser: The page was there when the address was copied, but it has been moved since, and nobody has
  looked again...
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from newsletter.checks.across_formats import found_in
from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import LONGEST_ADDRESS, printable

if TYPE_CHECKING:
    from newsletter.checks.web import Answer, Outcome

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
NEEDS = "network"
_MEANINGS: dict[Outcome, tuple[Severity, str]] = {
    "missing": ("error", "leads to a page that does not exist (the server says {})"),
    "refused": ("error", "leads nowhere (the server says {})"),
    "no host": ("error", "leads to a host that does not exist"),
    "faulty encryption": ("error", "leads to a host with faulty encryption ({})"),
    "endless": ("error", "is redirected without end"),
    "failed": ("error", "cannot be followed ({})"),
    "slow": ("warning", "leads to a server that does not answer in time"),
    "closed": ("info", "could not be checked: the server says {}"),
    "unreachable": ("info", "could not be checked: its host cannot be reached"),
    "unknown issuer": (
        "info",
        "could not be checked: the issuer of its certificate is not known here",
    ),
    "late": ("info", "could not be checked: there was no time left after {} seconds"),
}
_HINTS: dict[Severity, str] = {
    "error": "Find the page's new address, or delete the link.",
    "warning": "Try it in a browser; if it is slow there too, link to another page.",
    "info": "Open it in a browser to see whether it works.",
}


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every link with a wrong answer or none."""
    from newsletter.checks.web import ask  # TLS and threads, only where they are used

    in_formats = galley.every_format
    answers = dict(ask(link.page for each in in_formats for link in each.links_elsewhere))
    if answers and not any(answer.has_network for answer in answers.values()):
        count = len(answers)
        message = f"The {count} addresses of this issue could not be checked: there is no network."
        hint = "Check again when you are online; until then, check the spelling of the addresses."
        place = galley.manuscript.place()
        yield place.info(message, hint)
    else:
        yield from found_in(in_formats, partial(_about_links, answers))


def _about_links(answers: Mapping[str, Answer], galley: Galley) -> Iterator[Finding]:
    for link in galley.links_elsewhere:
        answer = answers[link.page]
        if answer.outcome == "found":
            continue
        severity, meaning = _MEANINGS[answer.outcome]
        address = printable(link.address, LONGEST_ADDRESS)
        message = f"The link '{address}' {meaning.format(answer.detail)}."
        place = galley.where(link.element, link.address)
        yield place.finding(severity, message, _HINTS[severity])
