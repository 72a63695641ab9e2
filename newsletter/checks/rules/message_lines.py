"""A line of the raw message is too long or ends wrongly, or a header has letters it may not have.

What it does: measures the lines of the message as it is sent: at most 998 bytes each, ended by a
carriage return and a line feed together (bytes 13 and 10), neither of which may be alone. It also
looks in the headers for letters beyond ASCII that are not encoded.

Why it matters: RFC 5322, sections 2.2, 2.3 and 2.1.1, sets these limits. A mail server may refuse a
message that breaks them, or change it on its way, so that a link or a letter breaks. RFC 2047 says
how letters beyond ASCII are encoded.

Wrong:

```message
Subject: Génétique et société
```

Right:

```message
Subject: =?utf-8?q?G=C3=A9n=C3=A9tique_et_soci=C3=A9t=C3=A9?=
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.checks.manual import REPORT_IT
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
LONGEST = 998
"""Bytes of a line, without its end (RFC 5322, 2.1.1)."""
_BETWEEN_HEADERS = re.compile(rb"\r\n(?![ \t])")
_ALONE = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield whatever a mail server would refuse in the message."""
    head, _, body = galley.message.partition(b"\r\n\r\n")
    for header in _BETWEEN_HEADERS.split(head):
        yield from _about_header(galley, header)

    longest = _longest_line(body)
    if longest > LONGEST:
        place = galley.manuscript.place()
        message = f"A line of the message has {longest:,} bytes, and at most {LONGEST} are allowed."
        yield place.error(message, REPORT_IT)

    yield from _about_line_endings(galley)


def _about_header(galley: Galley, header: bytes) -> Iterator[Finding]:
    start, _, value = header.partition(b":")
    name = start.decode("ascii", "replace")

    longest = _longest_line(header)
    if longest > LONGEST:
        place = galley.where_header(name)
        message = (
            f"A line of the header '{printable(name)}' has {longest:,} bytes, "
            f"and at most {LONGEST} are allowed."
        )
        hint = f"Shorten what it says, if you can. {REPORT_IT}"
        yield place.error(message, hint)

    if not header.isascii():
        text = value.decode("utf-8", "replace").strip()
        place = galley.where_header(name)
        message = (
            f"The header '{printable(name)}' has letters beyond ASCII "
            f"that are not encoded: '{printable(text)}'."
        )
        yield place.error(message, REPORT_IT)


def _longest_line(part: bytes) -> int:
    """Return the number of bytes of the longest line in a part of the message."""
    lines = part.split(b"\r\n")
    return max(map(len, lines))


def _about_line_endings(galley: Galley) -> Iterator[Finding]:
    place = galley.manuscript.place()
    alone = _ALONE.search(galley.message)
    if alone:
        name = "carriage return" if alone[0] == b"\r" else "line feed"
        line = galley.message.count(b"\n", 0, alone.start()) + 1
        message = f"Line {line} of the message has a {name} on its own."
        yield place.error(message, REPORT_IT)
    elif not galley.message.endswith(b"\r\n"):
        yield place.error("The last line of the message has no line ending.", REPORT_IT)
