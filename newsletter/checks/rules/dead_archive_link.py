"""A link leads to a page that the archive does not have.

What it does: looks at every link into the newsletter's own archive, in the texts of the issue,
under `related:` and in publication.yaml, and compares it with the issues in `issues/`: the issue
must exist, the piece must have a page in it (every item with a body has one), and the item after
`#` must be in it. It asks nobody, and reads only those issues that are linked to. An address in
`old-addresses.csv` is there. An issue older than all in `issues/` may be on an earlier site: that
is a warning, and so is an item after `#` that is not in the issue.

Why it matters: "Appeared in BioNews 596" is worth something only as long as it leads there. Such
links are typed from memory, more often than any others, and since the page is on the publication's
own site, nobody else will notice. Tim Berners-Lee, "Cool URIs don't change" (W3C, 1998).

Wrong:

```yaml item
title: A story that goes on
url: https://www.bionews.org.uk/page_100012
teaser: What happened before is in [last week's issue](https://www.bionews.org.uk/issues/966/), and
  there is much more to come...
```

Right:

```yaml item
title: A story that goes on
url: https://www.bionews.org.uk/page_100012
teaser: What happened before is in [last week's issue](https://www.bionews.org.uk/issues/699/), and
  there is much more to come...
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from newsletter.checks.galley import Galley
from newsletter.checks.old_addresses import old_addresses
from newsletter.errors import NewsletterError
from newsletter.manifest import read_issue
from newsletter.manifest.project import Project, is_number, number_order
from newsletter.model import Finding, Issue, Place, Severity
from newsletter.model.addresses import path_in_archive, web_version, written_addresses
from newsletter.text.printable import LONGEST_ADDRESS, printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_OF_EVERY_ISSUE = ("email",)
"""Pages that are no piece: the issue as it was sent."""


class _Fault(NamedTuple):
    severity: Severity
    message: str
    """What is wrong with the page that a link leads to, after the link."""
    hint: str


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each link into the archive whose page will not be there."""
    pages = _Pages(galley)
    for text, address in written_addresses(galley.issue):
        if fault := pages.fault(address):
            place = galley.manuscript.find_in_text(text, address)
            yield _finding(place, address, fault)

    archive = f"{galley.issue.publication.archive.rstrip('/')}/"
    for item in galley.issue.items:
        for number, piece in enumerate(item.related):
            if fault := pages.fault(urljoin(archive, piece)):
                place = galley.manuscript.place(item, "related", number)
                yield _finding(place, piece, fault)


def _finding(place: Place, address: str, fault: _Fault) -> Finding:
    shortened = printable(address, LONGEST_ADDRESS)
    message = f"The link '{shortened}' leads to {fault.message}."
    return place.finding(fault.severity, message, fault.hint)


class _Pages:
    """The pages of the archive, of which an issue is read only if a link leads into it."""

    def __init__(self, galley: Galley) -> None:
        self.galley = galley
        self._read = {galley.issue.number: galley.issue}

    def fault(self, address: str) -> _Fault | None:
        """Return what is wrong with an address; None if its page is there or may be."""
        path = path_in_archive(self.galley.issue.publication, address) or ""
        page, _, item = path.partition("#")
        number, *below = page.removesuffix("index.html").strip("/").split("/")
        is_old = not {address, path}.isdisjoint(old_addresses(self._project))
        if not is_number(number) or is_old:
            return None

        if number not in self._read and not self._project.has(number):
            return self._no_issue(number)
        issue = self._issue(number)
        if issue is None:
            return None
        if below:
            return _no_piece(issue, below[0])
        return _no_item(issue, item)

    @property
    def _project(self) -> Project:
        return self.galley.folder.project

    def _issue(self, number: str) -> Issue | None:
        """Return an issue that exists; None if it cannot be read, which is reported there."""
        if number not in self._read:
            try:
                self._read[number] = read_issue(self._project.issue(number))
            except (NewsletterError, OSError):
                return None
        return self._read[number]

    def _no_issue(self, number: str) -> _Fault:
        message = f"issue {number}, which does not exist"
        oldest, *_ = [*self._project.issue_folders(), self.galley.folder]
        if number_order(number) < number_order(oldest.name):
            hint = "Correct the number. If an earlier site has this page, say so under 'ignore:'."
            return _Fault("warning", message, hint)
        return _Fault("error", message, "Correct the number, or delete the link.")


def _no_piece(issue: Issue, name: str) -> _Fault | None:
    """Return the fault if no item of an issue has a page of this name."""
    pages = [item.page for item in issue.items if item.has_page]
    if name in (*pages, *_OF_EVERY_ISSUE):
        return None

    hint = f"In {issue.number}, no item has a page of its own: link to {web_version(issue)}."
    if pages:
        likeliest = [*difflib.get_close_matches(name, pages, 1), pages[0]][0]
        hint = f"The pages of {issue.number} are those of items with a body, such as {likeliest}/."
    return _Fault("error", f"a piece that is not in {issue.number}", hint)


def _no_item(issue: Issue, key: str) -> _Fault | None:
    """Return the fault if an issue's page has no such item."""
    keys = [item.key for item in issue.items]
    if not key or key in keys:
        return None

    likeliest = [*difflib.get_close_matches(key, keys, 1), keys[0]][0]
    hint = f"The items of {issue.number} are named by their titles, such as #{likeliest}."
    return _Fault("warning", f"an item that is not in {issue.number}", hint)
