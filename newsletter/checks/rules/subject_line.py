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
    place = galley.manuscript.place(name="subject")
    subject = galley.sent.subject
    quoted = f"'{printable(subject)}'"

    length = len(subject)
    if length > LONGEST_SUBJECT:
        message = f"The subject has {length} characters, more than {LONGEST_SUBJECT}: {quoted}."
        hint = "Say it in 'subject:' with 20 to 60 characters: inboxes cut off the rest."
        yield place.warning(message, hint)

    if _shouts(subject):
        yield place.warning(f"The subject {quoted} is all in capitals.", "Write it in lower case.")

    loud = _LOUD.search(subject)
    if loud:
        message = f"There is '{printable(loud[0])}' in the subject {quoted}."
        yield place.warning(message, "One is enough.")

    # The automatic subject begins with the publication's name, whatever that is.
    is_automatic = not galley.issue.subject
    reply = _REPLY.match(subject)
    if reply and not is_automatic:
        start = reply[0]
        pretends = f"begins with '{start}', but it is neither a reply nor forwarded"
        yield place.warning(f"The subject {pretends}: {quoted}.", f"Delete '{start}'.")


def _shouts(subject: str) -> bool:
    """Return whether all letters are capitals, and not only those of a name or two.

    Only some scripts have capitals.
    """
    if not subject.isupper():
        return False
    shouted = [word for word in _LONG_WORD.findall(subject) if word.isupper()]
    return len(shouted) >= _SHOUTED_WORDS
