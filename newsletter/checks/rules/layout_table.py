"""A layout table is announced as a table of figures.

What it does: looks for tables without a `role` that have neither a heading cell (`<th>`) nor a
caption. Those that only Outlook sees are ignored.

Why it matters: a screen reader says how many rows and columns each table has, and which of them the
reader is in. For a layout table that is noise; `role="presentation"` stops it (WCAG 2.2, criterion
1.3.1; HTML Standard, 4.9.1).

Wrong:

```html
<table class="bands">
  <tr><td>The left half</td><td>The right half</td></tr>
</table>
```

Right:

```html
<table class="bands" role="presentation">
  <tr><td>The left half</td><td>The right half</td></tr>
</table>
<table><tr><th>Year</th><th>Births</th></tr><tr><td>2011</td><td>12</td></tr></table>
```
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from newsletter.checks.galley import Galley
from newsletter.markup import Document
from newsletter.model import Finding, Place, Severity
from newsletter.text.printable import printable

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "html"


def check(galley: Galley) -> Iterator[Finding]:
    """Yield each table that is seen, and neither says that it is layout nor has headings."""
    document = galley.document
    for table in document.elements("table"):
        if "role" in table.attrib or table in document.hidden:
            continue
        if _has_figures(document, table):
            continue

        message = f"A table{_which(document, table)} does not say that it is only layout."
        hint = 'Add role="presentation" to it, or <th> to its headings if it is a table of figures.'
        yield _place(galley, table).warning(message, hint)


def _has_figures(document: Document, table: Element) -> bool:
    """Return whether the table itself, not one within it, has heading cells or a caption."""
    cells = [element for element in table.iter() if element.tag in ("th", "caption")]
    return any(_table_of(document, cell) is table for cell in cells)


def _table_of(document: Document, cell: Element) -> Element | None:
    for above in document.ancestors(cell):
        if above.tag == "table":
            return above
    return None


def _which(document: Document, table: Element) -> str:
    """Return what distinguishes a table from others: its class, or how its text begins."""
    name = table.get("class", "")
    if name:
        return f" with class '{printable(name)}'"

    text = document.visible(table)
    if text:
        return f" that begins '{printable(text)}'"
    return ""


def _place(galley: Galley, table: Element) -> Place:
    name = table.get("class", "")
    if name:
        return galley.in_theme(f'class="{name}"', "<table>", "<table ")
    return galley.in_theme("<table>", "<table ")
