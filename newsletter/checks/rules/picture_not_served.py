"""A picture is not at its address on the web, so readers see an empty frame.

What it does: once the issue has been handed over, asks for each of its own pictures and calendar
files at the address that the email has for it, and compares what comes, to the byte, with what was
made. Before that they need not be there: handing over brings them, or lists what to upload. What
the mailing service itself keeps is compared by `newsletter hand-over` and `newsletter schedule`,
which know its addresses there. Pictures from elsewhere are asked for at any time: they must be
there, and be pictures. It is an error if one is missing, is something else or is served as
something else (as text/html, say). It is a warning if only the type is missing, or is a wrong one
of a calendar file; for a picture from elsewhere, it is an info if its server lets no programs in.

Why it matters: an email has no pictures in it, only their addresses. What is not there when a
reader opens it never appears, and mail services such as Gmail, which fetch a picture once and keep
it, keep the gap as well. Some content delivery networks alter pictures on their way: switch that
off for these, or ignore this rule with the reason, and handing over will ignore it, too.

Wrong:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/a-picture-that-is-not-there.jpg
  alt: A laboratory with empty benches, and boxes in its doorway
```

Right:

```yaml item
title: A laboratory moves to a new building
url: https://www.bionews.org.uk/page_100006
teaser: The laboratory moves in May, with all its cells, its freezers, and its records of thirty
  years...
picture:
  src: https://www.bionews.org.uk/images/laboratory.jpg
  alt: A laboratory with empty benches, and boxes in its doorway
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import File, Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
NEEDS = "network"
_HINT = "Upload it, or hand the issue over again; then check again."


def check(galley: Galley) -> Iterator[Finding]:
    """Yield a finding for each file that readers would not get."""
    # TLS and threads, only where they are used
    from newsletter.checks.serving import (
        fetched,
        is_offline,
        not_known,
        place_of_address,
        unserved,
    )

    files = _files_online(galley)
    found = fetched(galley, files)
    if is_offline(found):
        hint = "Check again when you are online. If you are online now, correct this address."
        yield place_of_address(galley).info(not_known(files, found), hint)
    else:
        yield from unserved(galley, files, found, lambda _: _HINT)


def _files_online(galley: Galley) -> tuple[File, ...]:
    """Return the files that must be at the publication's own address by now."""
    from newsletter.services import profile_of

    if not galley.folder.handed_over.is_dir():
        return ()

    publication = galley.issue.publication
    if publication.pictures_to:
        return galley.files
    kept = profile_of(publication.service).keeps
    return tuple(file for file in galley.files if file.bare_type not in kept)
