"""A link is not encrypted: its address begins with http://.

What it does: looks at the address of every link, including those of the publication and of the
theme.

Why it matters: anyone on the way, in a café or at a provider, can read and change what comes over
http, and the Internet's engineers regard that as an attack to design against (RFC 7258). Browsers
warn of such pages or refuse to open them, and most websites answer on https:// as well.

Wrong:

```yaml item
title: A story, and a link that is not encrypted
url: http://www.bionews.org.uk/page_100009
teaser: The whole story is on a page that the link opens without encryption, which no website needs
  to do today...
```

Right:

```yaml item
title: A story, and a link that is not encrypted
url: https://www.bionews.org.uk/page_100009
teaser: The whole story is on a page that the link opens without encryption, which no website needs
  to do today...
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.model.addresses import as_written
from newsletter.text.printable import LONGEST_ADDRESS, printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "email"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every link to an address that begins with http://."""
    for link in galley.links:
        if link.address.lower().startswith("http://"):
            address = as_written(galley.issue, link.address)
            quoted = printable(address, LONGEST_ADDRESS)
            message = f"The link to '{quoted}' is not encrypted."
            hint = "Write https:// instead of http://, and check that the page opens."
            place = galley.where(link.element, address)
            yield place.warning(message, hint)
