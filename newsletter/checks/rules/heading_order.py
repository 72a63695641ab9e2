"""The headings do not make an outline.

What it does: looks for exactly one heading of level 1 (`<h1>`), for levels that are skipped on the
way down, such as an `<h4>` after an `<h2>`, and for empty headings.

Why it matters: readers who cannot see the page have its headings read out and jump from one to the
next. An empty one leads nowhere, and a skipped level sounds as if a part were missing (WCAG 2.2,
criteria 1.3.1 and 2.4.6, and technique G141).

Wrong:

```html
<h2>Notices</h2>
<h4>A notice from the publisher</h4>
```

Right:

```html
<h2>Notices</h2>
<h3>A notice from the publisher</h3>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.markup import Heading
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
ABOUT = "html"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield everything that is wrong with the headings that readers see."""
    named: list[Heading] = []
    nameless: list[Heading] = []
    for heading in galley.document.headings:
        if heading.element in galley.document.hidden:
            continue
        if _name(heading):
            named.append(heading)
        else:
            nameless.append(heading)

    yield from _first_level(galley, named)
    yield from _skipped_levels(galley, named)
    yield from _empty(galley, nameless)


def _first_level(galley: Galley, headings: list[Heading]) -> Iterator[Finding]:
    first_level = [heading for heading in headings if heading.level == 1]
    if not first_level:
        message = "There is no heading of level 1 (<h1>), which names the newsletter."
        place = galley.in_theme()
        yield place.error(message, "Make the name of the publication an <h1>.")

    for heading in first_level[1:]:
        fault = "is a second heading of level 1 (<h1>); there should be only one"
        name = printable(_name(heading))
        message = f"'{name}' {fault}."
        place = galley.in_theme()
        yield place.warning(message, "Make it an <h2>.")


def _skipped_levels(galley: Galley, headings: list[Heading]) -> Iterator[Finding]:
    """Yield the first place where each level is skipped: a theme repeats itself with every item."""
    reported: set[tuple[int, int]] = set()
    before = 1
    for heading in headings:
        level = heading.level
        step = (before, level)
        if level > before + 1 and step not in reported:
            reported.add(step)
            name = printable(_name(heading))
            fault = f"is level {level}, but the one before it is level {before}"
            message = f"The heading '{name}' {fault}."
            hint = f"Make it an <h{before + 1}>, so that no level is skipped."
            place = galley.in_theme(f"<h{level}")
            yield place.warning(message, hint)
        before = level


def _empty(galley: Galley, headings: list[Heading]) -> Iterator[Finding]:
    levels = {heading.level for heading in headings}
    for level in sorted(levels):
        message = f"A heading of level {level} is empty."
        tag = f"h{level}"
        place = galley.in_theme(f"<{tag}></{tag}>", f"<{tag}")
        yield place.error(message, "Give it some words, or delete it.")


def _name(heading: Heading) -> str:
    label = heading.element.get("aria-label", "")
    return heading.text or label.strip()
