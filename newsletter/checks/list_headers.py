"""Mail programs cannot offer to unsubscribe with one click, or do not see which newsletter this is.

What it does: looks at the headers of the message that begin with "List-". List-Unsubscribe must have one web address,
with https, and List-Unsubscribe-Post must say that one click will do; List-Id must be there and well formed; none may
be encoded. Of a publication with a mailing service it asks for no https address: the service puts in its own.

Why it matters: by these headers mail programs offer a button to unsubscribe; whoever finds none presses the one for
spam. RFC 8058, section 3.1, asks for the https address and the second header, and so does Google of large senders
(https://support.google.com/mail/answer/81126); RFC 2369 and RFC 2919 say how the other headers are written.

Wrong:

```yaml publication
unsubscribe: mailto:leave@bionews.org.uk
```

Right:

```yaml publication
unsubscribe: https://www.bionews.org.uk/unsubscribe
```
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message

from newsletter.checks import REPORT_IT
from newsletter.fields import shown
from newsletter.galley import Galley
from newsletter.model import Finding, Place, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)
_LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LIST_ID = re.compile(rf"(?:[^<>]*\s)?<(?=[^<>]{{1,255}}>){_LABEL}(?:\.{_LABEL})+>")
_ONE_CLICK = "List-Unsubscribe=One-Click"
_WRITE = "Write the https:// address of a page that unsubscribes at once whoever presses the button there."


def check(galley: Galley) -> Iterator[Finding]:
    """What is wrong with the message's list headers."""
    headers = email.message_from_string(galley.message.partition(b"\r\n\r\n")[0].decode("latin-1"))
    encoded = {
        name.lower() for name, value in headers.items() if name.lower().startswith("list-") and _ENCODED.search(value)
    }
    for name in sorted(encoded):
        what = f"The header '{shown(name)}' is encoded, and so no mail program understands it."
        yield _place(galley, "name" if name == "list-id" else "unsubscribe").error(what, REPORT_IT)
    if "list-unsubscribe" not in encoded:
        yield from _about_unsubscribe(galley, headers, encoded)
    if "list-id" not in encoded:
        yield from _about_id(galley, headers)


def _about_unsubscribe(galley: Galley, headers: Message, encoded: set[str]) -> Iterator[Finding]:
    place = _place(galley, "unsubscribe")
    written = headers.get_all("List-Unsubscribe", [])
    if len(written) != 1:
        number = f"{len(written)} headers" if written else "no header"
        yield place.error(f"The message has {number} 'List-Unsubscribe', where it must have one.", REPORT_IT)
        return
    addresses = [address.strip() for address in re.findall(r"<([^<>]*)>", written[0])]
    web = [address for address in addresses if address.lower().startswith(("http:", "https:"))]
    if len(web) > 1:
        what = f"The header 'List-Unsubscribe' has {len(web)} web addresses, where it must have one: '{shown(web[1])}'."
        yield place.error(what, REPORT_IT)
    elif web and web[0].lower().startswith("https:"):
        if "list-unsubscribe-post" not in encoded:
            yield from _about_one_click(place, headers)
    elif galley.issue.publication.service == "folder":
        yield _without_https(place, web, addresses)


def _without_https(place: Place, web: list[str], addresses: list[str]) -> Finding:
    if web:
        return place.error(f"The address for unsubscribing, '{shown(web[0])}', is not secure (https).", _WRITE)
    if addresses and addresses[0].lower().startswith("mailto:"):
        what = f"Readers can unsubscribe only by an email, '{shown(addresses[0])}', not with one click."
        return place.warning(what, _WRITE)
    return place.error("The header 'List-Unsubscribe' has no address at which readers can unsubscribe.", _WRITE)


def _about_one_click(place: Place, headers: Message) -> Iterator[Finding]:
    written = [value.strip() for value in headers.get_all("List-Unsubscribe-Post", [])]
    if written != [_ONE_CLICK]:
        found = f"says '{shown(', '.join(written))}'" if written else "is missing"
        what = f"The header 'List-Unsubscribe-Post' {found}; it must say '{_ONE_CLICK}', once."
        yield place.error(what, REPORT_IT)


def _about_id(galley: Galley, headers: Message) -> Iterator[Finding]:
    written = [" ".join(value.split()) for value in headers.get_all("List-Id", [])]
    if len(written) != 1:
        number = f"{len(written)} headers" if written else "no header"
        yield _place(galley, "from").error(f"The message has {number} 'List-Id', where it must have one.", REPORT_IT)
    elif not _LIST_ID.fullmatch(written[0]):
        what = f"The header 'List-Id', '{shown(written[0])}', is not a name and a label like <news.bionews.org.uk>."
        yield _place(galley, "from").error(what, f"Look at the sender's address, of which it is made. {REPORT_IT}")


def _place(galley: Galley, field: str) -> Place:
    return galley.manuscript.place(galley.issue.publication, field)
