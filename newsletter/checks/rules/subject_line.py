"""The subject is too long, shouts, or pretends to be a reply.

What it does: warns of more than 78 characters, of a subject all in capitals, of `!!!` and `??`, and
of `Re:`, `Fwd:`, `AW:` and `WG:` at the start. From 20 to 60 characters is best. A word or two in
capitals, such as DNA or HFEA, is fine.

Why it matters: 78 characters fit into one line of a header (RFC 5322, 2.1.1), and inboxes show
fewer. A subject all in capitals costs points with spam filters (SpamAssassin's SUBJ_ALL_CAPS), and
readers who see `Re:` before something that is not a reply think less of all that follows.

Wrong:

```yaml issue
subject: "Fwd: BioNews 700: cells that keep time"
```

Right:

```yaml issue
subject: "BioNews 700: cells that keep time"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.email.rendering import LONGEST_SUBJECT
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
_REPLY = re.compile(r"(?:re|fwd?|aw|wg)(?:\[\d+\])?\s?[:：](?=\s)", re.IGNORECASE)
_LOUD = re.compile(r"[!！]{3,}|[?？]{2,}")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SHOUTED_WORDS = 2
"""Words of four letters and more: a single one, such as HFEA, is a name."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield all that is wrong with the subject."""
    subject = galley.sent.subject
    place = galley.manuscript.place(name="subject")
    quoted = f"'{printable(subject)}'"
    if len(subject) > LONGEST_SUBJECT:
        message = (
            f"The subject has {len(subject)} characters, more than {LONGEST_SUBJECT}: {quoted}."
        )
        yield place.warning(
            message, "Say it in 'subject:' with 20 to 60 characters: inboxes cut off the rest."
        )
    if _shouts(subject):
        yield place.warning(f"The subject {quoted} is all in capitals.", "Write it in lower case.")
    if loud := _LOUD.search(subject):
        yield place.warning(
            f"There is '{printable(loud[0])}' in the subject {quoted}.", "One is enough."
        )
    # The automatic subject begins with the publication's name, whatever that is.
    if galley.issue.subject and (reply := _REPLY.match(subject)):
        message = f"The subject begins with '{reply[0]}', but it is neither a reply nor forwarded: {quoted}."
        yield place.warning(message, f"Delete '{reply[0]}'.")


def _shouts(subject: str) -> bool:
    """Whether all letters are capitals, in a script that has them, and not only those of a name or two."""
    shouted = [word for word in _LONG_WORD.findall(subject) if word.isupper()]
    return subject.isupper() and len(shouted) >= _SHOUTED_WORDS
