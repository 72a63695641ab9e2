"""The message does not hold the plain text and the HTML of the issue, in this order.

What it does: takes the message apart again, as a mail program does. Its type must be
multipart/alternative, with the plain text first and the HTML last, both in UTF-8; nothing in it may
be broken; and what is read from it must be, character for character, the text and the HTML of the
issue.

Why it matters: RFC 2046, section 5.1.4, puts the parts of such a message in order of increasing
preference, and mail programs show the last one that they can: with the plain text last, no reader
would see the HTML. If a message is broken, readers see code, or nothing.

Wrong:

```message
Content-Type: text/plain; charset="utf-8"
```

Right:

```message
MIME-Version: 1.0
```
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageDefect
from email.message import EmailMessage, Message

from newsletter.checks.galley import Galley
from newsletter.checks.manual import REPORT_IT
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
_TYPE = "multipart/alternative"
_FIRST, _LAST = "text/plain", "text/html"
_NAMES = {_FIRST: "plain text", _LAST: "HTML"}


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong with the message's parts: how they are built or, if that is right, what is in them."""
    try:
        faults = _faults(galley)
    except IndexError:  # Python's reading of headers such as "Content-Type: text/plain; charset*"
        faults = ["The message cannot be read."]
    for message in faults:
        yield galley.manuscript.place().error(message, REPORT_IT)


def _faults(galley: Galley) -> list[str]:
    message = email.message_from_bytes(galley.message, policy=email.policy.default)
    parts = list(message.walk())
    contents = [_content(part) for part in parts]  # first, because decoding finds defects too
    defects = [defect for part in parts for defect in _defects(part)]
    if defects:
        return [f"The message is broken: {_in_words(defects[0])}."]
    types = [part.get_content_type() for part in parts]
    if types[0] != _TYPE or types[1] != _FIRST or types[-1] != _LAST:
        return [
            f"The message is made of {printable(', '.join(types))}, not of {_TYPE}, {_FIRST}, {_LAST}."
        ]
    ends = ((parts[1], contents[1], galley.sent.text), (parts[-1], contents[-1], galley.sent.html))
    return [fault for part, content, expected in ends if (fault := _fault(part, content, expected))]


def _content(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    return (
        content.decode("utf-8", "replace").replace("\r\n", "\n")
        if isinstance(content, bytes)
        else ""
    )


def _defects(part: EmailMessage) -> Iterator[MessageDefect]:
    yield from part.defects
    for name in ("Content-Type", "Content-Transfer-Encoding", "MIME-Version"):
        yield from getattr(part[name], "defects", ())


def _in_words(defect: MessageDefect) -> str:
    """Return a defect's name in words: StartBoundaryNotFoundDefect is 'start boundary not found'."""
    name = type(defect).__name__.removesuffix("Defect")
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def _fault(part: Message, content: str, expected: str) -> str | None:
    name, charset = _NAMES[part.get_content_type()], part.get_content_charset()
    if charset != "utf-8":
        return f"The {name} in the message is marked as {printable(charset or 'having no charset')}, not as utf-8."
    if content == expected.replace("\r\n", "\n"):
        return None
    same = next(
        (
            place
            for place, (one, other) in enumerate(zip(content, expected, strict=False))
            if one != other
        ),
        0,
    )
    return f"The {name} in the message is not what was written, from '{printable(expected[same:], 30)}' on."
