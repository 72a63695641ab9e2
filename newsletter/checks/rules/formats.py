"""The mailing service cannot take a format, or does not know who gets it.

What it does: compares the `formats` in publication.yaml with what the publication's mailing service
can do. A format of plain text alone (`parts: text`) is an error if the service takes no email
without HTML. A format without `audience` is a warning if the service sends to one of several.

Why it matters: hand-over refuses both, and that is on the evening on which the issue goes out. By
then nobody has time to set up a group of readers, or to ask them which format they would like
instead.

Wrong:

```yaml publication
service: brevo
preferences: https://www.bionews.org.uk/preferences
formats:
  - {name: teasers, shows: teasers, audience: "7"}
  - {name: text, shows: full, parts: text, audience: "8"}
```

Right:

```yaml publication
service: brevo
preferences: https://www.bionews.org.uk/preferences
formats:
  - {name: teasers, shows: teasers, audience: "7"}
  - {name: full, shows: full, audience: "8"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Format, Place, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each format that the service cannot take, and each that does not say who gets it."""
    publication = galley.issue.publication
    if not publication.formats:
        return

    from newsletter.services import profile_of  # seldom needed, and slow to load
    from newsletter.services.protocol import Capability

    profile = profile_of(publication.service)
    for position, format in enumerate(publication.formats):
        place = galley.manuscript.place(publication, "formats", position)
        if not format.has_html and Capability.TEXT_ALONE not in profile.can:
            yield _not_taken(place, format, profile.title)
        if not format.audience and Capability.AUDIENCES in profile.can:
            yield _without_audience(place, format, profile.title)


def _not_taken(place: Place, format: Format, service: str) -> Finding:
    message = f"{service} takes no email without HTML, and '{format.name}' is plain text alone."
    hint = "Delete 'parts: text', and it has both; or delete the format."
    return place.error(message, hint)


def _without_audience(place: Place, format: Format, service: str) -> Finding:
    message = f"The format '{format.name}' does not say who gets it."
    hint = f"Write 'audience:' with an id; 'newsletter audiences' lists those in {service}."
    return place.warning(message, hint)
