"""An `ignore:` has nothing to ignore.

What it does: reports each `ignore:` in issue.yaml or publication.yaml whose rule does not exist,
whose date has passed, or whose rule finds nothing any more. One in publication.yaml may well find
nothing in one issue: that is an info.

Why it matters: an ignore that is left behind hides the next mistake of its kind, which may be a
real one.

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

from newsletter.checks import manual
from newsletter.checks.galley import Galley
from newsletter.checks.ignores import covers, has_passed, ignores_of
from newsletter.checks.report import Report
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning", "info")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield ignores of rules that do not exist, and those whose date has passed."""
    names = manual.names()
    for ignore in ignores_of(galley):
        place = galley.manuscript.place(ignore)
        if ignore.rule not in names:
            message = f"There is no rule '{ignore.rule}' to ignore."
            yield place.warning(message, manual.suggestion(ignore.rule))
        elif has_passed(ignore, galley.today):
            message = f"This ignore of '{ignore.rule}' was valid until {ignore.until}."
            yield place.warning(message, "Delete it, or write another date and why.")


def after(report: Report) -> Iterator[Finding]:
    """Yield ignores whose rule ran and found nothing that they cover.

    Those whose date has passed are known already.
    """
    galley = report.galley
    for ignore in ignores_of(galley):
        if ignore.rule not in report.seconds or has_passed(ignore, galley.today):
            continue
        if any(covers(ignore, finding, galley.today) for finding in report.ignored):
            continue

        place = galley.manuscript.place(ignore)
        about = f" in '{ignore.item}'" if ignore.item else ""
        message = f"'{ignore.rule}' finds nothing{about} that could be ignored."
        if any(ignore is own for own in galley.issue.ignore):
            yield place.warning(message, "Delete this ignore.")
        else:
            hint = "If it finds nothing in other issues either, delete this ignore."
            yield place.info(message, hint)
