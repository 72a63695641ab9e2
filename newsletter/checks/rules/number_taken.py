"""Another folder holds an issue with the same number.

What it does: looks through the folder of all issues, and the folders in it, for another
`issue.yaml` with this issue's number: a copy such as `652-copy`, or one kept as `old/652`. Only the
line with the number is read. A folder with a `publication.yaml` of its own is another newsletter,
and is ignored.

Why it matters: the number is part of the issue's web address and of its pictures' addresses, so the
second issue with a number replaces the first. Readers also refer to issues by their numbers
("Appeared in BioNews 600", https://www.bionews.org.uk/page_92885).

Wrong:

```yaml back-issue
number: "700 "  # in a folder that has another name
```

Right:

```yaml back-issue
number: 698
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.manifest import IssueFolder
from newsletter.manifest.project import is_number
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error",)
_LONGEST = 200_000
"""Characters of an issue.yaml in which its number is looked for."""
_LINE = re.compile(
    r"^number:[ \t]*[\"']?[ \t]*([1-9][0-9]{0,8}[a-z]?)[ \t]*[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE
)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each other folder with an issue of this number."""
    number = galley.issue.number
    own = galley.folder.path.resolve()

    for folder in _folders(galley.folder, number):
        if folder.path.resolve() == own or _number(folder) != number:
            continue

        name = folder.path.relative_to(folder.project.issues).as_posix()
        taken_by = f"the issue in the folder '{printable(name)}' has it too"
        place = galley.manuscript.place(name="number")
        message = f"The number {number} is taken: {taken_by}."
        hint = "Give one of the two another number, or delete the one that is not needed."
        yield place.error(message, hint)


def _folders(own: IssueFolder, number: str) -> Iterator[IssueFolder]:
    """Yield the folders whose issue may have this number; those named by another number cannot."""
    project = own.project
    yield IssueFolder(project.issues / number, project)

    for folder in project.copies:
        name = folder.path.name
        if name == number or not is_number(name):
            yield folder


def _number(folder: IssueFolder) -> str | None:
    """Return the number in a folder's issue.yaml, of which only that line is read."""
    try:
        with folder.manifest.open(encoding="utf-8-sig", errors="replace") as manifest:
            text = manifest.read(_LONGEST)
    except OSError:
        return None

    match = _LINE.search(text)
    if match is None:
        return None
    return match[1]
