"""A picture has no whole https:// address, so readers may never see it.

What it does: looks at the address of every picture in the email. There must be one, and it must be
whole, from https:// on: not http://, not part of an address (`images/lab.jpg`), and nothing that is
written into the email itself (`data:`, `cid:`).

Why it matters: an email is not on a web server, so part of an address leads nowhere. What is
fetched over http can be read and changed on its way [RFC 9110, 4.2.2, on what https secures], and
webmail, which is itself a page over https, may refuse to show it [W3C, Mixed Content]. Pictures in
`data:` do not appear in Gmail [caniemail.com/features/image-base64].

Wrong:

```html
<img src="images/logo.png" alt="BioNews" width="160">
```

Right:

```html
<img src="https://www.bionews.org.uk/images/logo.png" alt="BioNews" width="160">
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "html"
_WHOLE = re.compile(r"https://[^\s/?#]", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for every picture without a whole https:// address."""
    own = {file.address for file in galley.email.files}
    publication = galley.issue.publication

    for image in galley.document.images:
        address = image.address
        if _WHOLE.match(address):
            continue

        if address in own:  # the publication says where they are
            place = galley.manuscript.place(publication, "pictures")
            yield _finding(place, publication.pictures)
        else:  # an item's picture cannot have such an address
            place = galley.in_theme(f'src="{address}"', address)
            yield _finding(place, address)


def _finding(place: Place, address: str) -> Finding:
    if not address:
        hint = "Write its https:// address in the 'src' of its <img>."
        return place.error("A picture has no address.", hint)

    match = _SCHEME.match(address)
    scheme = match[1].lower() if match else ""
    if scheme in ("", "https"):
        fault = "is only part of an address"
        hint = "Write the whole address, from https:// on."
    elif scheme == "http":
        fault = "does not begin with https://"
        hint = "Write https:// if it opens there too; if not, move it to a server with https."
    else:
        fault = "does not lead to the web"
        hint = "Put the picture on the web, and write its https:// address."
    return place.error(f"The picture address '{printable(address)}' {fault}.", hint)
