"""A link shows one website and leads to another.

What it does: where the whole text of a link is an address, compares the domain that it shows with
the one that the link leads to. A text with https:// or www., with a page after the host, or with an
@ is certainly an address, and it is an error if the link leads to another site. A host alone, such
as bionews.org.uk, may be a name, and is a warning. Parts of one domain, such as www and shop, are
the same site, and so are bbc.co.uk and bbc.com. A copy in a web archive counts as the page itself.
The publisher of a source, a title, a host in capitals (Phys.org), and a host whose name also
appears in the address are left alone. The Public Suffix List (https://publicsuffix.org/) says what
a domain is.

Why it matters: this is how people are lured to fake banks, so filters look for exactly this:
rspamd's phishing module compares the two in the same way
(https://rspamd.com/doc/modules/phishing.html). Readers see one site and arrive at another.

Wrong:

```yaml item
title: A story with a link that says one thing and does another
url: https://www.bionews.org.uk/page_100009
teaser: Everything about it is at [www.bionews.org.uk](https://www.gov.uk/news), or so this link says.
```

Right:

```yaml item
title: A story with a link that says one thing and does another
url: https://www.bionews.org.uk/page_100009
teaser: Everything about it is at [www.bionews.org.uk](https://www.bionews.org.uk/news), or so this link says.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from newsletter.checks.galley import Galley
from newsletter.model import Finding, News, Severity
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_AROUND = "\"'“”‘’«»()<>[].,;:!?… \u00a0"
_ADDRESS = re.compile(
    r"(?P<scheme>https?://|mailto:)?(?P<user>[^\s/?#@]*@)?(?P<host>[^\s/?#:@.]+(?:\.[^\s/?#:@.]+)+)\.?"
    r"(?::[0-9]*)?(?P<rest>[/?#]\S*)?",
    re.IGNORECASE,
)
_ARCHIVES = (
    "archive.org",
    "archive.ph",
    "archive.is",
    "archive.today",
    "nationalarchives.gov.uk",
    "webcitation.org",
)
"""Domains of web archives, whose addresses end with that of the page itself."""
_SHORTEST_NAME = 3
"""Letters: "B.Sc" and "et.al" could be hosts in the Seychelles and in Albania, but are not."""


class _Shown(NamedTuple):
    """The address that a link's text is."""

    host: str
    is_mail: bool
    is_certain: bool
    """Whether it can be nothing but an address."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every link whose text is an address in another domain than the link's own."""
    names = _names(galley)
    for link in galley.document.links:
        text = link.text.strip(_AROUND)
        seen = _shown(text)
        if not seen or link.text in names or not _differ(seen, link.address):
            continue
        if seen.is_certain or not _may_be_a_name(text, seen.host, link.address):
            message = f"The link '{printable(link.text)}' leads to another site: '{printable(link.address)}'."
            hint = "Write the address that it leads to, or words that say what is there."
            place = galley.where(link.element, f"[{link.text}]({link.address}", link.address)
            yield place.error(message, hint) if seen.is_certain else place.warning(message, hint)


def _names(galley: Galley) -> set[str]:
    """Return texts that are names, whatever they look like: titles and publishers."""
    items = list(galley.issue.items)
    sources = [source for item in items if isinstance(item, News) for source in item.sources]
    titles = {noun.title for noun in [*items, *sources]}
    return titles | {source.publisher for source in sources if source.publisher}


def _shown(text: str) -> _Shown | None:
    """Return the address that a text shows, if it is nothing but an address."""
    found = _ADDRESS.fullmatch(text)
    if not found or (found["user"] and found["rest"]):
        return None
    host = found["host"].lower()
    has_page = bool((found["rest"] or "").strip("/")) and _looks_like_a_host(host)
    is_certain = bool(found["scheme"] or found["user"]) or host.startswith("www.") or has_page
    return _Shown(host, bool(found["user"]), is_certain)


def _differ(seen: _Shown, address: str) -> bool:
    """Whether a link leads to another owner than its text shows."""
    found = _ADDRESS.match(address)
    if not found or not found["scheme"] or (found["scheme"].lower() == "mailto:") != seen.is_mail:
        return False
    host = found["host"].lower()
    if host == seen.host:  # as nearly always: the list of domains need not be read
        return False

    domain, real = _domain(seen.host), _domain(host) or host
    if (
        domain is None
        or domain == real
        or (real in _ARCHIVES and domain in (found["rest"] or "").lower())
    ):
        return False
    return _owner(seen.host) != _owner(host)


def _may_be_a_name(text: str, host: str, address: str) -> bool:
    """Whether dotted words are a name, a degree or a file, or the host's name also appears in the address."""
    name = re.sub(r"[\W_]", "", _owner(host) or "")
    real = _ADDRESS.match(address)
    behind = unquote(real["host"] + (real["rest"] or "")).lower() if real else ""
    is_named = name in re.sub(r"[\W_]", "", behind)
    return not text.islower() or is_named or not _looks_like_a_host(host)


def _looks_like_a_host(host: str) -> bool:
    return len(_owner(host) or "") >= _SHORTEST_NAME


def _owner(host: str) -> str | None:
    """Return the name that somebody has registered, without its ending: bbc for www.bbc.co.uk."""
    domain = _domain(host)
    return domain.partition(".")[0] if domain else None


def _domain(host: str) -> str | None:
    """Return the part of a host that somebody has registered, in ASCII; None if the ending does not exist."""
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
