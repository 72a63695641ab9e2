"""The email does not show the postal address, or does not say why the reader gets it.

What it does: looks in the HTML and in the text part for the publication's `postal_address`, and for
the start of its `why`. Spaces, line breaks, punctuation and capitals may differ.

Why it matters: the law on commercial email in the United States requires a valid postal address of
the sender (15 U.S.C. 7704(a)(5)(A)(iii)). British law requires an address to which readers can
write to stop it (Privacy and Electronic Communications Regulations 2003, 23). And readers who know
why they get the email do not mistake it for spam.

Wrong:

```html
<!doctype html>
<html lang="en-GB"><head><title>BioNews</title></head><body>
<p>You get this email because you asked for BioNews at www.bionews.org.uk.</p>
</body></html>
```

Right:

```html
<!doctype html>
<html lang="en-GB"><head><title>BioNews</title></head><body>
<p>You get this email because you asked for BioNews at www.bionews.org.uk.</p>
<p>140 Gray's Inn Road<br>London WC1X 8AX<br>United Kingdom</p>
</body></html>
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.checks.galley import Galley
from newsletter.model import Finding, Place, Publication, Severity
from newsletter.text.markdown import to_line, tokens
from newsletter.text.normalise import letters

SEVERITIES: tuple[Severity, ...] = ("warning",)
ABOUT = "email"
_BEGINNING = 30
"""Letters of the reason that must be there: a theme may go on in its own words."""
_NUMBER_OF_LINK = re.compile(r" \[\d+\]")


def check(galley: Galley) -> Iterator[Finding]:
    """Yield what is missing from each part of the email."""
    publication = galley.issue.publication
    address = letters(publication.postal_address)
    reason = _reason(publication)

    for name, text, template in _parts(galley):
        shown = letters(_NUMBER_OF_LINK.sub("", text))
        if address not in shown:
            hint = "Put {{ merge_tag.address }} into the theme's footer."
            yield template.warning(f"{name} does not show the postal address.", hint)
        if reason not in shown:
            hint = "Put {{ publication.why | markdown }} into the theme's footer."
            yield template.warning(f"{name} does not say why the reader gets it.", hint)


def _parts(galley: Galley) -> Iterator[tuple[str, str, Place]]:
    """Yield what each part of the email is called, what it shows, and its template."""
    if galley.has_html:
        yield "The HTML email", galley.document.text, galley.in_theme()
    yield "The text part", galley.sent.text, galley.text_template


def _reason(publication: Publication) -> str:
    """Return the first letters of why the reader gets the email."""
    blocks = tokens(publication.why)
    lines = [to_line(block) for block in blocks if block.type == "inline"]
    reason = letters(" ".join(lines))
    return reason[:_BEGINNING]
