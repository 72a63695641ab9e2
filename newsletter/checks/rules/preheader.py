"""The preheader is too short or too long, or says nothing new.

What it does: the preheader is what inboxes show after the subject: `preheader` in issue.yaml or,
without it, the next titles. It should have from 40 to 100 characters (wide ones, as in Japanese,
count twice for the lower bound), should not repeat the subject, and should not send readers to the
browser.

Why it matters: the inbox is where readers decide what to open. According to Email on Acid, phones
show 30 to 80 characters of it and webmail 40 to 120
(https://www.emailonacid.com/blog/article/email-marketing/preview-vs-preheader-text-how-long-should-preheader-text-be/).

Wrong:

```yaml issue
preheader: Trouble reading this email? View it in your browser.
```

Right:

```yaml issue
preheader: Records without paper, and a comment that asks who decides what may be kept
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.email.rendering import LONGEST_PREHEADER
from newsletter.model import Finding, Severity
from newsletter.text.cells import cells
from newsletter.text.normalise import letters
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning", "info")
_SHORTEST = 40
# The reader's own browser, not a genome browser.
_BROWSER = re.compile(
    r"\bin (?:your|a|uw|je) (?:web ?)?browser\b"
    r"|\bview (?:this|it|the)?\s?(?:e-?mail |message |newsletter |issue )?"
    r"(?:online|in (?:the )?browser)\b"
    r"|\btrouble (?:viewing|reading|seeing)\b"
    r"|\bim (?:web-?)?browser (?:ansehen|anzeigen|anschauen|öffnen|lesen)\b"
    r"|\bdans (?:votre|ton|le) navigateur\b|\ben (?:su|tu|el) navegador\b|\bno (?:seu )?navegador\b"
    r"|\bnel (?:tuo |suo )?browser\b",
    re.IGNORECASE,
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the first thing that is wrong with the preheader.

    It is only an info that an automatic one is short.
    """
    place = galley.manuscript.place(name="preheader")
    fault = _fault(galley)
    if fault:
        message, hint = fault
        yield place.warning(message, hint)
        return

    preheader = galley.sent.preheader
    if cells(preheader) < _SHORTEST:
        message = f"The preheader '{printable(preheader)}' is short: {len(preheader)} characters."
        hint = (
            f"Write {_SHORTEST} to {LONGEST_PREHEADER} characters in 'preheader:' "
            "that go on where the subject ends."
        )
        severity: Severity = "warning" if galley.issue.preheader else "info"
        yield place.finding(severity, message, hint)


def _fault(galley: Galley) -> tuple[str, str] | None:
    """Return what is wrong, and what to do."""
    preheader = galley.sent.preheader
    quoted = f"'{printable(preheader)}'"
    if _is_within(preheader, galley.sent.subject):
        message = f"The preheader {quoted} repeats the subject."
        return message, "Say what else is in the issue."

    words_for_browser = galley.theme.words["web_version"]
    if _BROWSER.search(preheader) or _is_within(words_for_browser, preheader):
        message = f"The preheader {quoted} sends readers to the browser."
        return message, "Say what is in the issue; the footer has the link."

    length = len(preheader)
    if length > LONGEST_PREHEADER:
        too_long = f"{length} characters, more than {LONGEST_PREHEADER}"
        message = f"The preheader has {too_long}: {quoted}."
        return message, "Shorten it: inboxes cut off the rest."
    return None


def _is_within(words: str, text: str) -> bool:
    """Return whether a text has these words, whatever is between them."""
    searched = letters(words)
    return bool(searched) and searched in letters(text)
