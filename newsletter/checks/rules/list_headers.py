"""Mail programs cannot offer a way to unsubscribe, or do not see which newsletter this is.

What it does: looks at the headers of the message that begin with "List-". List-Unsubscribe must
have an address, and at most one on the web; List-Id must be there and well formed; none may be
encoded. List-Unsubscribe-Post must not be there: the message has the publication's address, which
is the same for every reader. A mailing service puts in an address for each reader, and adds that
header.

Why it matters: these headers let mail programs offer an unsubscribe button; readers who find none
press the one for spam. List-Unsubscribe-Post says that one press is enough, and RFC 8058, section
3.1, allows that only if the address itself says who the reader is: with any other the button does
nothing, and the reader gets the next issue. RFC 2369 and RFC 2919 say how the other headers are
written.

Wrong:

```message
List-Unsubscribe: <https://www.bionews.org.uk/unsubscribe>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
```

Right:

```message
List-Unsubscribe: <https://www.bionews.org.uk/unsubscribe>
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.checks.manual import REPORT_IT
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)
_LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LIST_ID = re.compile(rf"(?:[^<>]*\s)?<(?=[^<>]{{1,255}}>){_LABEL}(?:\.{_LABEL})+>")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_WEB = ("http:", "https:")
_ANY = (*_WEB, "mailto:")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong with the message's list headers."""
    encoded = _encoded(galley)
    for name in encoded:
        field = "name" if name == "list-id" else "unsubscribe"
        message = f"The header '{printable(name)}' is encoded, so no mail program understands it."
        yield _place(galley, field).error(message, REPORT_IT)

    if "list-unsubscribe" not in encoded:
        yield from _about_unsubscribe(galley)
    if "list-unsubscribe-post" not in encoded:
        yield from _about_one_click(galley)
    if "list-id" not in encoded:
        yield from _about_id(galley)


def _encoded(galley: Galley) -> list[str]:
    """Return the names of list headers that are encoded, in lower case, each once."""
    encoded: set[str] = set()
    for name, value in galley.headers.items():
        is_of_list = name.lower().startswith("list-")
        if is_of_list and _ENCODED.search(value):
            encoded.add(name.lower())
    return sorted(encoded)


def _about_unsubscribe(galley: Galley) -> Iterator[Finding]:
    place = _place(galley, "unsubscribe")
    headers = galley.headers.get_all("List-Unsubscribe", [])
    if len(headers) != 1:
        yield _not_one(place, "List-Unsubscribe", len(headers))
        return

    addresses = [address.strip() for address in _IN_BRACKETS.findall(headers[0])]
    web = [address for address in addresses if address.lower().startswith(_WEB)]
    if len(web) > 1:
        message = (
            f"The header 'List-Unsubscribe' has {len(web)} web addresses, "
            f"but can have only one: '{printable(web[1])}'."
        )
        yield place.error(message, REPORT_IT)
    elif not any(address.lower().startswith(_ANY) for address in addresses):
        message = "The header 'List-Unsubscribe' has no address at which readers can unsubscribe."
        yield place.error(message, REPORT_IT)


def _about_one_click(galley: Galley) -> Iterator[Finding]:
    if "List-Unsubscribe-Post" in galley.headers:
        message = (
            "The header 'List-Unsubscribe-Post' promises that one click unsubscribes the reader, "
            "but the address for it is the same for all readers."
        )
        yield _place(galley, "unsubscribe").error(message, REPORT_IT)


def _about_id(galley: Galley) -> Iterator[Finding]:
    place = _place(galley, "from")
    headers = galley.headers.get_all("List-Id", [])
    if len(headers) != 1:
        yield _not_one(place, "List-Id", len(headers))
        return

    value = " ".join(headers[0].split())
    if not _LIST_ID.fullmatch(value):
        message = (
            f"The header 'List-Id', '{printable(value)}', "
            "is not a name and a label like <news.bionews.org.uk>."
        )
        hint = f"Check the sender's address, from which it is made. {REPORT_IT}"
        yield place.error(message, hint)


def _not_one(place: Place, name: str, count: int) -> Finding:
    number = f"{count} headers" if count else "no header"
    return place.error(f"The message has {number} '{name}', but must have one.", REPORT_IT)


def _place(galley: Galley, field: str) -> Place:
    publication = galley.issue.publication
    return galley.manuscript.place(publication, field)
