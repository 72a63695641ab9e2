"""The message does not hold the plain text and the HTML of the issue, in this order.

What it does: takes the message apart again, as a mail program does. Its type must be
multipart/alternative, with the plain text first and the HTML last, both in UTF-8; in a format
without HTML, text/plain. Nothing in it may be broken; and what is read from it must be, character
for character, the text and the HTML of the issue. Where the text is marked as format=flowed (RFC
3676), its paragraphs are put together first.

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
from email.message import EmailMessage

from newsletter.checks.galley import Galley
from newsletter.checks.manual import REPORT_IT
from newsletter.model import Finding, Severity
from newsletter.text.flowed import unflowed
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
_TEXT = "text/plain"
_BOTH = ("multipart/alternative", _TEXT, "text/html")
_TEXT_ALONE = (_TEXT,)
_WITH_DEFECTS = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")
"""Headers whose faults Python finds when it reads them."""
_EXCERPT = 30
"""Characters of a part that are shown."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is wrong with the parts or, if they are as they should be, what is in them."""
    try:
        faults = list(_faults(galley))
    except IndexError:  # Python's reading of headers such as "Content-Type: text/plain; charset*"
        faults = ["The message cannot be read."]

    for fault in faults:
        place = galley.manuscript.place()
        yield place.error(fault, REPORT_IT)


def _faults(galley: Galley) -> Iterator[str]:
    message = email.message_from_bytes(galley.message, policy=email.policy.default)
    parts = list(message.walk())
    contents = [_content(part) for part in parts]  # first, because decoding finds defects too
    defect = _first_defect(parts)
    if defect:
        yield f"The message is broken: {_in_words(defect)}."
        return

    types = tuple(part.get_content_type() for part in parts)
    expected = _BOTH if galley.has_html else _TEXT_ALONE
    if types != expected:
        listed = printable(", ".join(types))
        yield f"The message is made of {listed}, not of {', '.join(expected)}."
        return

    sent = galley.sent
    position = types.index(_TEXT)
    text = _paragraphs(parts[position], contents[position])
    yield from _faults_of_part("plain text", parts[position], text, sent.paragraphs or sent.text)
    if galley.has_html:
        yield from _faults_of_part("HTML", parts[-1], contents[-1], sent.html)


def _content(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    return _one_line_ending(content.decode("utf-8", "replace"))


def _paragraphs(part: EmailMessage, content: str) -> str:
    """Return the text of a part, with each paragraph on one line if it says where they end."""
    if part.get_param("format") != "flowed":
        return content
    return unflowed(content, delete_spaces=part.get_param("delsp") == "yes")


def _one_line_ending(text: str) -> str:
    return text.replace("\r\n", "\n")


def _first_defect(parts: list[EmailMessage]) -> MessageDefect | None:
    for part in parts:
        for defect in _defects(part):
            return defect
    return None


def _defects(part: EmailMessage) -> Iterator[MessageDefect]:
    yield from part.defects
    for name in _WITH_DEFECTS:
        yield from getattr(part[name], "defects", ())


def _in_words(defect: MessageDefect) -> str:
    """Return a defect in words: ``start boundary not found``."""
    name = type(defect).__name__.removesuffix("Defect")
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def _faults_of_part(name: str, part: EmailMessage, content: str, expected: str) -> Iterator[str]:
    charset = part.get_content_charset()
    if charset != "utf-8":
        mark = printable(charset or "having no charset")
        yield f"The {name} in the message is marked as {mark}, not as utf-8."
    elif content != _one_line_ending(expected):
        start = _first_difference(content, expected)
        rest = printable(expected[start:], _EXCERPT)
        yield f"The {name} in the message is not what was written, from '{rest}' on."


def _first_difference(one: str, other: str) -> int:
    """Return the position from which two texts differ; 0 if one of them is all there is."""
    for position, (letter, expected) in enumerate(zip(one, other, strict=False)):
        if letter != expected:
            return position
    return 0
