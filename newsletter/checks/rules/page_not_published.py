"""A page of the archive that the email leads to is not on the web.

What it does: asks for the issue's own page in the archive, and for those of its pieces, as far as
the email of any format leads to them. Once the issue has been handed over, it is an error if one is
not there, is another issue's page or leads to another site. Before that, one info says how many
pages are still to be published. `newsletter hand-over` and `newsletter schedule` ask the same, and
do nothing before the pages are there. What makes the archive makes no difference: a page that
answers is there.

Why it matters: an email cannot be called back. Whoever follows "Read more" in the first hour, when
most do, and ends at "Not found" does not try again. RFC 9110, 15.5.5, says what 404 means.

Wrong:

```yaml publication
archive: https://www.bionews.org.uk/a-folder-that-is-not-there/
```

Right:

```yaml publication
archive: https://www.bionews.org.uk/issues/
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "info")
NEEDS = "network"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each page that readers would not get."""
    # TLS and threads, only where they are used
    from newsletter.checks.archive_pages import asked, how_to_publish, pages_of, unpublished
    from newsletter.checks.serving import is_offline
    from newsletter.services import profile_of

    publication = galley.issue.publication
    has_own_page = "web-version" in profile_of(publication.service).merge_tags
    pages = pages_of(galley.every_format, without_web_version=has_own_page)
    found = asked(pages)
    faults = list(unpublished(galley, found, how_to_publish(galley)))
    if is_offline(found):
        yield from (replace(fault, severity="info") for fault in faults)
    elif galley.folder.handed_over.is_dir():
        yield from faults
    else:
        yield from _still_to_publish(galley, faults, len(pages))


def _still_to_publish(galley: Galley, faults: list[Finding], pages: int) -> Iterator[Finding]:
    from newsletter.checks.archive_pages import how_to_publish

    missing = sum(fault.severity == "error" for fault in faults)
    if missing:
        place = galley.manuscript.place(galley.issue.publication, "archive")
        message = f"Not yet on the web are {missing} of the {pages} pages that the email leads to."
        yield place.info(message, f"Before you hand it over: {how_to_publish(galley)}")
