"""Readers cannot change the format that they get.

What it does: if the publication has several `formats`, looks in both parts of each email for the
link to the page on which readers choose another one. It is made of `preferences` in
publication.yaml; a mailing service that has such a page puts the address of its own there.

Why it matters: a reader who gets the whole text and would like the headlines has one other way to
get less of it, which is to unsubscribe. RFC 8058 makes that a single click; to change the format
should not take more.

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
from newsletter.email.merge_tags import token
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "email"
_TOKEN = token("preferences")
_IN_FOOTER = "Put {{ merge_tag.preferences }} into the theme's footer, once in each part."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what keeps readers from choosing another format, if there are several."""
    publication = galley.issue.publication
    count = len(publication.formats)
    if count < 2:
        return

    if not publication.preferences and not _is_linked_without(galley):
        place = galley.manuscript.place(publication, "formats")
        message = f"There are {count} formats, but no link to where readers choose another one."
        hint = (
            "Write the page's address in 'preferences:'. "
            "A mailing service that has such a page puts its own there."
        )
        yield place.warning(message, hint)
        return

    if galley.has_html and _TOKEN not in galley.email.html:
        message = "The HTML email has no link with which readers choose another format."
        yield galley.in_theme().warning(message, _IN_FOOTER)
    if _TOKEN not in galley.email.text:
        message = "The text part does not say where readers choose another format."
        yield galley.text_template.warning(message, _IN_FOOTER)


def _is_linked_without(galley: Galley) -> bool:
    """Return whether the theme has the link, and the service a page, whatever the publication."""
    from newsletter.services import profile_of  # seldom needed, and slow to load

    profile = profile_of(galley.issue.publication.service)
    return _TOKEN in galley.email.text and "preferences" in profile.merge_tags
