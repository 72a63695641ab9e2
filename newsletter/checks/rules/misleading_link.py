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
teaser: Everything about it is at [www.bionews.org.uk](https://www.gov.uk/news), or so this link
  says.
```

Right:

```yaml item
title: A story with a link that says one thing and does another
url: https://www.bionews.org.uk/page_100009
teaser: Everything about it is at [www.bionews.org.uk](https://www.bionews.org.uk/news), or so this
  link says.
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
ABOUT = "html"
_AROUND = "\"'“”‘’«»()<>[].,;:!?… \u00a0"
_ADDRESS = re.compile(
    r"(?P<scheme>https?://|mailto:)?(?P<user>[^\s/?#@]*@)?"
    r"(?P<host>[^\s/?#:@.]+(?:\.[^\s/?#:@.]+)+)\.?(?::[0-9]*)?(?P<rest>[/?#]\S*)?",
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
        if link.text in names:
            continue
        text = link.text.strip(_AROUND)
        shown = _shown(text)
        if shown is None or not _differ(shown, link.address):
            continue
        if not shown.is_certain and _may_be_a_name(text, shown.host, link.address):
            continue

        place = galley.where_link(link)
        leads = f"leads to another site: '{printable(link.address)}'"
        words = printable(link.text)
        message = f"The link '{words}' {leads}."
        hint = "Write the address that it leads to, or words that say what is there."
        if shown.is_certain:
            yield place.error(message, hint)
        else:
            yield place.warning(message, hint)


def _names(galley: Galley) -> set[str]:
    """Return texts that are names, whatever they look like: titles and publishers."""
    names: set[str] = set()
    for item in galley.issue.items:
        names.add(item.title)
        if isinstance(item, News):
            for source in item.sources:
                names.add(source.title)
                names.add(source.publisher or "")
    return names


def _shown(text: str) -> _Shown | None:
    """Return the address that a text shows, if it is nothing but an address."""
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return None
    rest = address["rest"] or ""
    is_mail = bool(address["user"])
    if is_mail and rest:
        return None

    host = address["host"].lower()
    has_page = rest.strip("/") != "" and _looks_like_a_host(host)
    has_scheme = bool(address["scheme"])
    is_certain = has_scheme or is_mail or host.startswith("www.") or has_page
    return _Shown(host, is_mail, is_certain)


def _differ(shown: _Shown, address: str) -> bool:
    """Return whether a link leads to another owner than its text shows."""
    real = _ADDRESS.match(address)
    if real is None or not real["scheme"]:
        return False
    leads_to_mail = real["scheme"].lower() == "mailto:"
    if leads_to_mail != shown.is_mail:
        return False

    host = real["host"].lower()
    if host == shown.host:  # as nearly always: the list of domains need not be read
        return False

    domain = _domain(shown.host)
    if domain is None:
        return False
    page = (real["rest"] or "").lower()
    is_copy_in_archive = _domain(host) in _ARCHIVES and domain in page
    if is_copy_in_archive:
        return False
    return _owner(shown.host) != _owner(host)


def _may_be_a_name(text: str, host: str, address: str) -> bool:
    """Return whether dotted words may be a name, a degree or a file.

    They may also be one if the host's name appears in the address.
    """
    if not text.islower() or not _looks_like_a_host(host):
        return True
    name = _letters(_owner(host) or "")
    return name in _letters(_without_scheme(address))


def _without_scheme(address: str) -> str:
    real = _ADDRESS.match(address)
    if real is None:
        return ""
    rest = real["rest"] or ""
    return unquote(real["host"] + rest).lower()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _looks_like_a_host(host: str) -> bool:
    owner = _owner(host) or ""
    return len(owner) >= _SHORTEST_NAME


def _owner(host: str) -> str | None:
    """Return the name that somebody has registered, without its ending: bbc for www.bbc.co.uk."""
    domain = _domain(host)
    if domain is None:
        return None
    return domain.partition(".")[0]


def _domain(host: str) -> str | None:
    """Return the part of a host that somebody has registered, in ASCII.

    Return None if its ending does not exist.
    """
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
