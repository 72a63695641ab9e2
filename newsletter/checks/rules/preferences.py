"""Readers cannot change the format that they get.

What it does: if the publication has several `formats`, looks for the page on which readers choose
another one: `preferences` in publication.yaml, or the mailing service's own page.

Why it matters: who would like the headlines and gets the whole text has one way to get less of it,
which is to unsubscribe. RFC 8058 and the mail providers' rules make that one click; the change of a
format should not take more.

Wrong:

```yaml publication
formats:
  - {name: teasers, shows: teasers}
  - {name: headlines, shows: headlines}
```

Right:

```yaml publication
preferences: https://www.bionews.org.uk/preferences
formats:
  - {name: teasers, shows: teasers}
  - {name: headlines, shows: headlines}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding if there are formats to choose from, and no page to choose on."""
    publication = galley.issue.publication
    if len(publication.formats) < 2 or publication.preferences:
        return
    if _has_page(publication.service):
        return

    place = galley.manuscript.place(publication, "formats")
    count = len(publication.formats)
    message = f"There are {count} formats, but no page on which readers choose another one."
    hint = "Write its address in 'preferences:', or an email address: mailto:editor@example.org."
    yield place.warning(message, hint)


def _has_page(service: str) -> bool:
    """Return whether a service has such a page of its own."""
    from newsletter.services import profile_of  # seldom needed, and slow to load

    profile = profile_of(service)
    return "preferences" in profile.merge_tags
