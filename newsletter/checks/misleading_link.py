"""A link shows one web site and leads to another.

What it does: where the whole text of a link is an address (www.bionews.org.uk, https://…, or an email address),
compares the domain that it shows with the one that the link leads to. Parts of one domain, such as www and shop, are
the same. What counts as a domain is taken from the Public Suffix List (https://publicsuffix.org/).

Why it matters: this is how people are lured to false banks, so filters look for just this: rspamd's phishing module
compares the two in the same way (https://rspamd.com/doc/modules/phishing.html). The readers were told one place and
come to another.

Wrong:

```yaml item
title: A story with a link that says one thing and does another
url: https://www.bionews.org.uk/page_100009
teaser: Everything about it stands at [www.bionews.org.uk](https://www.gov.uk/news), or so this link says.
```

Right:

```yaml item
title: A story with a link that says one thing and does another
url: https://www.bionews.org.uk/page_100009
teaser: Everything about it stands at [www.bionews.org.uk](https://www.bionews.org.uk/news), or so this link says.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.markup import Hyperlink
from newsletter.model import Finding, Severity

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SEVERITIES: tuple[Severity, ...] = ("error",)
_AROUND = "\"'“”‘’«»()<>[].,;:!?… \u00a0"
_ADDRESS = re.compile(
    r"(?P<scheme>https?://|mailto:)?(?P<user>[^\s/?#@]*@)?(?P<host>[^\s/?#:@.]+(?:\.[^\s/?#:@.]+)+)\.?"
    r"(?::[0-9]*)?(?P<rest>[/?#]\S*)?",
    re.IGNORECASE,
)
_SHORTEST_NAME = 3
"""Letters: "B.Sc" and "et.al" could be hosts in the Seychelles and in Albania, but are not."""


def check(galley: Galley) -> Iterator[Finding]:
    """Every link whose text is an address in another domain than its own."""
    for link in galley.document.links:
        said, real = _shown_host(link.text), _real_host(link.address)
        if said and real and said != real and _differ(said, real, link):
            what = f"The link '{shown(link.text)}' leads to another site: '{shown(link.address)}'."
            hint = "Write the address that it leads to, or words that say what is there."
            place = galley.where(link.element, f"[{link.text}]({link.address}", link.address)
            yield place.error(what, hint)


def _shown_host(text: str) -> str | None:
    """The host that a text shows, if the text is nothing but an address; with "@" before it in an email address."""
    found = _ADDRESS.fullmatch(text.strip(_AROUND))
    if not found or (found["user"] and found["rest"]):
        return None
    return ("@" if found["user"] else "") + found["host"].lower()


def _real_host(address: str) -> str | None:
    found = _ADDRESS.match(address)
    if not found or not found["scheme"]:
        return None
    return ("@" if found["scheme"].lower() == "mailto:" else "") + found["host"].lower()


def _differ(said: str, real: str, link: Hyperlink) -> bool:
    """Whether two hosts that are not the same have different owners."""
    if said.startswith("@") != real.startswith("@"):
        return False
    domain = _domain(said.lstrip("@"))
    if domain is None or domain == (_domain(real.lstrip("@")) or real.lstrip("@")):
        return False
    is_certain = re.match(r"https?:|mailto:|www\.|\S+@", link.text.strip(_AROUND), re.IGNORECASE)
    return bool(is_certain) or _is_like_a_host(link, domain)


def _is_like_a_host(link: Hyperlink, domain: str) -> bool:
    """Whether dotted words are a host: not a degree, and not the name of the file that the link leads to."""
    text = link.text.strip(_AROUND)
    ending = text.partition("/")[0].rpartition(".")[2]
    is_file = link.address.lower().endswith("/" + text.lower())
    return len(domain.partition(".")[0]) >= _SHORTEST_NAME and ending.islower() and not is_file


def _domain(host: str) -> str | None:
    """The part of a host that somebody has registered, in ASCII; None if there is no such ending."""
    import idna

    try:
        name = idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return None
    return _endings().privatesuffix(name)


@cache
def _endings() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # 60 ms: it is a list of ten thousand

    return PublicSuffixList(accept_unknown=False)
