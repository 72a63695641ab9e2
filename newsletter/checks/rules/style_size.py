"""The style sheets are longer than Gmail reads.

What it does: counts the bytes of every `<style>` together, those for Outlook alone left out. Up to
16,384 are fine.

Why it matters: Gmail keeps 16 KB of styles and leaves out each `<style>` from there on, as measured
in https://github.com/hteumeuleu/email-bugs/issues/90 and said again in
https://github.com/hteumeuleu/caniemail/issues/144. The last styles go first: in most themes those
for the dark scheme and narrow screens.

Wrong:

```html repeat=120
<style>
@media (max-width: 480px) {
  .text { padding-left: 18px !important; padding-right: 18px !important; }
}
@media (max-width: 360px) { .text { padding-left: 12px !important; } }
</style>
```

Right:

```html
<style>
@media (max-width: 480px) {
  .text { padding-left: 18px !important; padding-right: 18px !important; }
}
@media (max-width: 360px) { .text { padding-left: 12px !important; } }
</style>
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Severity
from newsletter.theme.folder import STYLE

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "html"
GMAIL_READS = 16_384
"""Bytes."""


def check(galley: Galley) -> Iterator[Finding]:
    """Yield the size of all style sheets, if it is too large."""
    size = _size(galley.document.styles)
    if size <= GMAIL_READS:
        return

    message = (
        f"The styles have {size:,} bytes. Gmail reads {GMAIL_READS:,}, "
        "and leaves out each <style> from there on."
    )
    hint = "Delete rules that nothing needs, first of all those that are written twice."
    style = galley.theme.folder.path(STYLE)
    yield Place(style, None).warning(message, hint)


def _size(styles: Iterable[str]) -> int:
    size = 0
    for css in styles:
        octets = css.encode("utf-8", "surrogatepass")
        size += len(octets)
    return size
