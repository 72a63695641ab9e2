"""A title is written in capitals.

What it does: reports each item whose title has two words or more and no small letter.

Why it matters: capitals are slow to read, and many readers take them for shouting.

Wrong:

```yaml item
title: NEW RULES FOR CLINICS
```

Right:

```yaml item
title: New rules for clinics
```
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter import Finding, Galley

SEVERITIES = ("warning",)


def check(galley: Galley) -> Iterator[Finding]:
    """Yield every item whose title is in capitals."""
    for item in galley.issue.items:
        if item.title.isupper() and " " in item.title:
            message = f"The title '{item.title}' is in capitals."
            yield galley.manuscript.place(item).warning(message, "Write it in small letters.")
