"""A layout table is announced as a table of figures.

What it does: looks for tables without a `role` that have neither a heading cell (`<th>`) nor a
caption. Those that only Outlook sees are ignored.

Why it matters: a screen reader says how many rows and columns each table has, and which of them the
reader is in. For a layout table that is noise; `role="presentation"` stops it (WCAG 2.2, criterion
1.3.1; HTML Standard, 4.9.1).

Wrong:

```html
<table class="bands"><tr><td>The left half</td><td>The right half</td></tr></table>
```

Right:

```html
<table class="bands" role="presentation"><tr><td>The left half</td><td>The right half</td></tr></table>
<table><tr><th>Year</th><th>Births</th></tr><tr><td>2011</td><td>12</td></tr></table>
```
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.markup import Document
from newsletter.model import Finding, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every table that is seen, and neither says that it is layout nor is a table of figures."""
    document = galley.document
    for table in document.elements("table"):
        if (
            "role" not in table.attrib
            and table not in document.hidden
            and not _has_figures(document, table)
        ):
            name = table.get("class", "")
            text = document.visible(table)
            about = (
                f" with class '{printable(name)}'"
                if name
                else f" that begins '{printable(text)}'"
                if text
                else ""
            )
            place = galley.in_theme(f'class="{name}"' if name else "", "<table>", "<table ")
            hint = 'Add role="presentation" to it, or <th> to its headings if it is a table of figures.'
            yield place.warning(f"A table{about} does not say that it is only layout.", hint)


def _has_figures(document: Document, table: Element) -> bool:
    """Return whether the table itself, not one within it, has heading cells or a caption."""
    cells = (element for element in table.iter() if element.tag in ("th", "caption"))
    return any(
        next(above for above in document.ancestors(cell) if above.tag == "table") is table
        for cell in cells
    )
