"""A Page: a file of the site, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Page(NamedTuple):
    """A file of the site that there will be."""

    path: str
    """From the site's root: ``652/palaces/index.html``."""
    digest: bytes
    """Of all that it is made from: the same digest, the same bytes."""
    make: Callable[[], bytes]
    """Return its content."""
    subject: str = ""
    """What it is about, whatever its address: the site remembers it. Empty for most pages."""
