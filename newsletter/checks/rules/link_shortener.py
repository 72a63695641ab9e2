"""A link goes through a shortener, which hides where it leads.

What it does: compares the host of every link with a list of services that make short addresses for
any web page: bit.ly, t.co, tinyurl.com and others. Short addresses that a site has for its own
pages, such as youtu.be, are left alone.

Why it matters: spammers hide behind the same services, so filters distrust everyone who uses them:
SpamAssassin keeps such a list (its rule __URL_SHORTENER), and Word to the Wise explains how bit.ly
gets mail blocked (https://wordtothewise.com/2011/06/bitly-gets-you-blocked/). Readers cannot see
where they are going, and the link dies with the service.

Wrong:

```yaml item
title: A story behind a short address
url: https://bit.ly/a-short-address
teaser: Nobody can see from the address where this story is, and neither can the filter that has to
  let it pass...
```

Right:

```yaml item
title: A story behind a short address
url: https://www.bionews.org.uk/page_100009
teaser: Nobody can see from the address where this story is, and neither can the filter that has to
  let it pass...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import LONGEST_ADDRESS, printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "email"
_HOST = re.compile(r"https?://(?:www\.)?([^/?#:@\s]+)", re.IGNORECASE)
_THEIR_HOSTS = (
    "bit.ly bitly.com bitly.ws j.mp t.co tinyurl.com tiny.cc tiny.one tinylink.in goo.gl ow.ly "
    "owl.li ht.ly hub.am buff.ly is.gd v.gd cutt.ly rb.gy rebrand.ly bl.ink short.io shorturl.at "
    "shorturl.asia short.gy t.ly t2m.io lnkd.in dlvr.it s.id adf.ly clck.ru han.gl me2.do n9.cl "
    "qr.ae snip.ly soo.gd su.pr tr.im trib.al u.to ur1.ca urlz.fr x.co x.gd y2u.be zpr.io"
)
_SHORTENERS = frozenset(_THEIR_HOSTS.split())
"""Services whose short addresses can lead anywhere."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every link through a shortener."""
    for link in galley.links:
        host = _host(link.address)
        if host.rstrip(".") not in _SHORTENERS:
            continue

        address = printable(link.address, LONGEST_ADDRESS)
        place = galley.where_link(link)
        message = f"The link '{address}' goes through '{host}', which hides where it leads."
        hint = "Open it in a browser, and write the address that it leads to."
        yield place.warning(message, hint)


def _host(address: str) -> str:
    match = _HOST.match(address)
    if match is None:
        return ""
    return match[1].lower()
