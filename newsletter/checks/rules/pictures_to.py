"""The folder that hand-over copies pictures to is not there.

What it does: looks for the folder that `pictures_to` names, if the issue has pictures or calendar
files to copy there. An object store, such as `s3://`, is not asked.

Why it matters: hand-over would stop there, at the hour when the issue is to go out. It is only good
to know, because the folder may be on a drive of the computer from which issues are handed over.

Wrong:

```yaml publication
pictures_to: ../website/pictures
```

```yaml item
kind: event
title: A debate about clocks
place: The library, 2 Gray's Inn Road, London
starts: 2030-01-20 18:30
teaser: Those who read the clocks of cells meet those who make clocks.
```

Right:

```yaml publication
pictures_to: s3://bionews/pictures
```

```yaml item
kind: event
title: A debate about clocks
place: The library, 2 Gray's Inn Road, London
starts: 2030-01-20 18:30
teaser: Those who read the clocks of cells meet those who make clocks.
```
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("info",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding if the folder is needed and missing."""
    publication = galley.issue.publication
    target = publication.pictures_to
    if not target or "://" in target or not galley.files:
        return

    folder = galley.folder.project.issues / target
    is_there = os.path.isdir(folder)  # noqa: PTH112 - False for a name that no disk can have
    if not is_there:
        place = galley.manuscript.place(publication, "pictures_to")
        message = f"There is no folder '{printable(target)}' on this computer to copy pictures to."
        hint = "Make it, or connect its drive, before you hand over; or correct 'pictures_to'."
        yield place.info(message, hint)
