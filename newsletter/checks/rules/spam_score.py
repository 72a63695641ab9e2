"""SpamAssassin takes the email for spam, or nearly so.

What it does: gives the message to SpamAssassin on this computer, without the network and without
what it has learned from your own mail, and reports how many points it gets and for what. As many as
SpamAssassin requires, usually 5.0, are an error, more than 2.0 a warning, and fewer an info. It
runs only when it is asked for.

Why it matters: mail servers that use SpamAssassin (https://spamassassin.apache.org/) add points for
what they know of the sender, and many others have rules like these. A newsletter with few points of
its own has room for that.

Wrong:

```text
XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X
```

Right:

```text
Cells keep time, and some keep it better than others.
```
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
ABOUT = "email"
NEEDS = "spamassassin"
WARN_ABOVE = 2.0
"""Points."""
_PATIENCE = 60
"""Seconds that SpamAssassin may take."""
_OPTIONS = ("-L", "-t", "-x", "-p", os.devnull, "--cf=use_bayes 0")
"""No network; the report at the end; and nothing of the user's own.

So the score is the same everywhere.
"""
_LONGEST = 100
"""Characters of what a rule is about."""
_SCORE = re.compile(r"\((-?\d+(?:\.\d+)?) points, (-?\d+(?:\.\d+)?) required\)")
_HIT = re.compile(r"^ {0,3}(-?\d+(?:\.\d+)?) +(\w+) *(.*)$", re.MULTILINE)
_GOES_ON = re.compile(r"\n {5,}")
"""Where a long description goes on in the next line."""
_NOT_CHECKED = "Whether the email looks like spam could not be checked"


class Hit(NamedTuple):
    """A rule of SpamAssassin that matches the email."""

    points: str
    name: str
    about: str


class Verdict(NamedTuple):
    """What SpamAssassin says of an email."""

    score: float
    required: float
    hits: tuple[Hit, ...]


def check(galley: Galley) -> Iterator[Finding]:
    """Yield SpamAssassin's verdict, or why there is none."""
    place = galley.manuscript.place()
    program = shutil.which("spamassassin")
    if program is None:
        message = f"{_NOT_CHECKED}: SpamAssassin is not installed."
        yield place.info(message, "Install it: apt-get install spamassassin.")
        return

    verdict = verdict_in(_answer(program, galley.message))
    if verdict is None:
        message = f"{_NOT_CHECKED}: SpamAssassin gave no score."
        hint = f"To see why, run '{program} -L -t' on the email.eml that 'newsletter build' writes."
        yield place.info(message, hint)
        return

    yield _finding(place, verdict)


def _answer(program: str, message: bytes) -> str:
    """Return SpamAssassin's answer; nothing if it fails or takes too long."""
    import subprocess  # the rule is loaded in every check, and seldom runs

    try:
        done = subprocess.run(  # noqa: S603 - the program found by its name, and no shell
            [program, *_OPTIONS],
            input=message,
            capture_output=True,
            timeout=_PATIENCE,
            env=os.environ | {"LC_ALL": "C"},  # its report is translated
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def verdict_in(answer: str) -> Verdict | None:
    """Return the verdict at the end of SpamAssassin's answer; None if there is none."""
    scores = list(_SCORE.finditer(answer))
    if not scores:
        return None

    last = scores[-1]  # the email, which comes before it, may hold an older one
    score, required = float(last[1]), float(last[2])
    table = _GOES_ON.sub(" ", answer[last.end() :])
    hits = [Hit(*columns) for columns in _HIT.findall(table)]
    return Verdict(score, required, tuple(hits))


def _finding(place: Place, verdict: Verdict) -> Finding:
    hits = sorted(verdict.hits, key=lambda hit: float(hit.points), reverse=True)
    listed = ", ".join(f"{hit.name} {hit.points}" for hit in hits)
    score = round(verdict.score, 1) + 0.0  # no -0.0
    message = (
        f"SpamAssassin gives the email {score} points, and {verdict.required} make it spam. "
        f"Its rules: {listed or 'none'}."
    )
    about = " ".join(f"{hit.name}: {printable(hit.about, _LONGEST)}." for hit in hits)

    if verdict.score >= verdict.required:
        hint = f"Change what the rules with the most points are about. {about}"
        return place.error(message, hint)
    if verdict.score > WARN_ABOVE:
        hint = f"Look at what the rules with the most points are about. {about}"
        return place.warning(message, hint)
    return place.info(message, f"Nothing needs to be done. {about}")
