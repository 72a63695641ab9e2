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
LONGEST_WORD = 75
LONGEST_LINE = 76
_WORD = re.compile(r"=\?(?P<charset>[^?\s]*)\?(?P<encoding>[^?\s]*)\?(?P<text>[^?]*)\?=")
_Q = re.compile(r"(?:=[0-9A-Fa-f]{2}|[!-<>@-~])*")
_ADDRESSES = ("from", "to", "reply-to", "sender", "cc")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first fault of each header."""
    head = galley.message.partition(b"\r\n\r\n")[0].decode("latin-1")
    for field in re.split(r"\r\n(?![ \t])", head):
        name = field.partition(":")[0].lower()
        if "=?" in field and not name.startswith("list-") and (fault := _fault(name, field)):
            yield galley.where_header(name).error(fault, REPORT_IT)


def _fault(name: str, field: str) -> str | None:
    value = field.replace("\r\n", "")
    for word in _WORD.finditer(value):
        if fault := _fault_of_word(word, is_address=name in _ADDRESSES):
            return f"The encoded text '{printable(word[0])}' in the header '{printable(name)}' {fault}."
    lengths = [len(line) for line in field.split("\r\n") if _WORD.search(line)]
    if max(lengths, default=0) > LONGEST_LINE:
        return (
            f"A line with encoded text in the header '{printable(name)}' has {max(lengths)} characters, "
            f"and at most {LONGEST_LINE} are allowed."
        )
    return None


def _fault_of_word(word: re.Match[str], *, is_address: bool) -> str | None:
    before, after = word.string[: word.start()], word.string[word.end() :]
    if len(word[0]) > LONGEST_WORD:
        return f"has {len(word[0])} characters, and at most {LONGEST_WORD} are allowed"
    if is_address and before.rfind("<") > before.rfind(">"):
        return "is inside an email address"
    if not re.search(r"[\s(:]$", before) or not re.match(r"[\s)]|$", after):
        return "is not separate from the text beside it"
    return None if _can_be_read(**word.groupdict()) else "cannot be read"


def _can_be_read(charset: str, encoding: str, text: str) -> bool:
    try:
        if encoding.lower() == "b":
            content = b64decode(text, validate=True)
        elif encoding.lower() == "q" and _Q.fullmatch(text):
            content = header_decode(text).encode("latin-1")
        else:
            return False
        content.decode(charset.partition("*")[0])  # a language may follow the charset (RFC 2231, 5)
    except (ValueError, LookupError):
        return False
    return True
