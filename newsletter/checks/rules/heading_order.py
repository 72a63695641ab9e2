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
from itertools import pairwise

from newsletter.checks.galley import Galley
from newsletter.markup import Heading
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("error", "warning")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield everything that is wrong with the headings that readers see."""
    hidden = galley.document.hidden
    outline = [heading for heading in galley.document.headings if heading.element not in hidden]
    named = [heading for heading in outline if _name(heading)]
    yield from _first_level(galley, named)
    yield from _skipped_levels(galley, named)
    for level in sorted({heading.level for heading in outline if not _name(heading)}):
        message = f"A heading of level {level} is empty."
        yield galley.in_theme(f"<h{level}></h{level}>", f"<h{level}").error(
            message, "Give it some words, or delete it."
        )


def _first_level(galley: Galley, outline: list[Heading]) -> Iterator[Finding]:
    first = [heading for heading in outline if heading.level == 1]
    if not first:
        hint = "Make the name of the publication an <h1>."
        yield galley.in_theme().error(
            "There is no heading of level 1 (<h1>), which names the newsletter.", hint
        )
    for heading in first[1:]:
        message = f"'{printable(_name(heading))}' is a second heading of level 1 (<h1>); there should be only one."
        yield galley.in_theme().warning(message, "Make it an <h2>.")


def _skipped_levels(galley: Galley, outline: list[Heading]) -> Iterator[Finding]:
    """Yield the first place where each level is skipped: a theme repeats itself with every item."""
    reported = set()
    above = [1, *(heading.level for heading in outline)]
    for heading, (before, level) in zip(outline, pairwise(above), strict=True):
        if level > before + 1 and (before, level) not in reported:
            reported.add((before, level))
            message = f"The heading '{printable(_name(heading))}' is level {level}, but the one before it is level {before}."
            hint = f"Make it an <h{before + 1}>, so that no level is skipped."
            yield galley.in_theme(f"<h{level}").warning(message, hint)


def _name(heading: Heading) -> str:
    return heading.text or heading.element.get("aria-label", "").strip()
