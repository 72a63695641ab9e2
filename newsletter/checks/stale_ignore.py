"""An `ignore:` passes over nothing.

What it does: tells of each `ignore:` in issue.yaml or publication.yaml whose rule does not exist, whose date is over,
or whose rule has nothing to say any more. One in publication.yaml may well find nothing in one issue: that is an info.

Why it matters: an ignore that is left behind hides the next mistake of its kind, which may be a real one.

Wrong:

```yaml issue
ignore:
  - rule: far-date
    reason: The first issue was prepared in the year before.
```

Right:

```yaml issue
date: 2010-01-04
ignore:
  - rule: far-date
    reason: Kept as an example; it went out in 2010.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter import checks
from newsletter.galley import Galley
from newsletter.model import Finding, Ignore, Severity

SEVERITIES: tuple[Severity, ...] = ("warning", "info")


def check(galley: Galley) -> Iterator[Finding]:
    """Ignores of rules that there are not, and those that are over."""
    for ignore in (*galley.issue.publication.ignore, *galley.issue.ignore):
        place = galley.manuscript.place(ignore)
        if ignore.rule not in checks.names():
            yield place.warning(f"There is no rule '{ignore.rule}' to ignore.", checks.suggestion(ignore.rule))
        elif ignore.until and ignore.until < galley.today:
            what = f"This ignore of '{ignore.rule}' held until {ignore.until}."
            yield place.warning(what, "Take it out, or write another date and why.")


def unused(galley: Galley, ignore: Ignore) -> Iterator[Finding]:
    """What is said of an ignore whose rule ran and found nothing that it covers; ``check`` has told of those that are
    over.
    """
    if ignore.until and ignore.until < galley.today:
        return
    place = galley.manuscript.place(ignore)
    about = f" in '{ignore.item}'" if ignore.item else ""
    what = f"'{ignore.rule}' finds nothing{about} that could be ignored."
    if any(ignore is other for other in galley.issue.ignore):
        yield place.warning(what, "Take this ignore out.")
    else:
        yield place.info(what, "If that is so in other issues too, take this ignore out.")
