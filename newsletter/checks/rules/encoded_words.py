"""A header's encoded text is too long, cannot be read, or is where it may not be.

What it does: looks at the encoded-words of the headers, which is how a message carries letters
beyond ASCII, such as =?utf-8?q?G=C3=A9n=C3=A9tique?=. Each may have 75 characters, and its line 76;
it must be readable by itself, separate from the text beside it, and not inside an email address.
Headers that begin with "List-" belong to the rule list-headers.

Why it matters: RFC 2047, sections 2 and 5, sets these rules. If they are broken, readers see the
code itself instead of the subject or the sender's name.

Wrong:

```message
Subject:
  =?utf-8?q?G=C3=A9n=C3=A9tique_et_soci=C3=A9t=C3=A9,_le_num=C3=A9ro_de_la_semaine_enti=C3=A8re?=
```

Right:

```message
Subject: =?utf-8?q?G=C3=A9n=C3=A9tique_et_soci=C3=A9t=C3=A9,_le?=
 =?utf-8?q?_num=C3=A9ro_de_la_semaine_enti=C3=A8re?=
```
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from email.quoprimime import header_decode

from newsletter.checks.galley import Galley
from newsletter.checks.manual import REPORT_IT
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
ABOUT = "email"
LONGEST_WORD = 75
LONGEST_LINE = 76
_WORD = re.compile(r"=\?(?P<charset>[^?\s]*)\?(?P<encoding>[^?\s]*)\?(?P<text>[^?]*)\?=")
_Q = re.compile(r"(?:=[0-9A-Fa-f]{2}|[!-<>@-~])*")
_FIELD_END = re.compile(r"\r\n(?![ \t])")
_BEFORE_WORD = re.compile(r"[\s(:]$")
_AFTER_WORD = re.compile(r"[\s)]|$")
_ADDRESSES = ("from", "to", "reply-to", "sender", "cc")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first fault of each header."""
    head, _, _ = galley.message.partition(b"\r\n\r\n")
    for field in _FIELD_END.split(head.decode("latin-1")):
        name = field.partition(":")[0].lower()
        if "=?" not in field or name.startswith("list-"):
            continue

        message = _fault(name, field)
        if message:
            place = galley.where_header(name)
            yield place.error(message, REPORT_IT)


def _fault(name: str, field: str) -> str | None:
    """Return the message for the first fault of a header, given with its name and its lines."""
    header = f"in the header '{printable(name)}'"
    is_address = name in _ADDRESSES
    value = field.replace("\r\n", "")
    for word in _WORD.finditer(value):
        fault = _fault_of_word(word, is_address=is_address)
        if fault:
            text = printable(word[0])
            return f"The encoded text '{text}' {header} {fault}."

    lengths = [len(line) for line in field.split("\r\n") if _WORD.search(line)]
    longest = max(lengths, default=0)
    if longest > LONGEST_LINE:
        line = f"A line with encoded text {header}"
        return f"{line} has {longest} characters, and at most {LONGEST_LINE} are allowed."
    return None


def _fault_of_word(word: re.Match[str], *, is_address: bool) -> str | None:
    length = len(word[0])
    if length > LONGEST_WORD:
        return f"has {length} characters, and at most {LONGEST_WORD} are allowed"

    before = word.string[: word.start()]
    after = word.string[word.end() :]
    if is_address and before.rfind("<") > before.rfind(">"):
        return "is inside an email address"
    if not _BEFORE_WORD.search(before) or not _AFTER_WORD.match(after):
        return "is not separate from the text beside it"
    if not _can_be_read(word["charset"], word["encoding"], word["text"]):
        return "cannot be read"
    return None


def _can_be_read(charset: str, encoding: str, text: str) -> bool:
    charset, _, _ = charset.partition("*")  # a language may follow it (RFC 2231, 5)
    try:
        _decoded(encoding.lower(), text).decode(charset)
    except (ValueError, LookupError):
        return False
    return True


def _decoded(encoding: str, text: str) -> bytes:
    """Return the bytes of an encoded-word (RFC 2047, 4). Raise ValueError if it is not sound."""
    if encoding == "b":
        return b64decode(text, validate=True)
    if encoding == "q" and _Q.fullmatch(text):
        return header_decode(text).encode("latin-1")
    raise ValueError("neither sound B nor sound Q")
