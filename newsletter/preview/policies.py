"""What a browser may load and run for each answer (Content Security Policy, level 3)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from newsletter.archive.paths import SEARCH
from newsletter.model import Issue
from newsletter.model.addresses import pictures_elsewhere

OUR_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NOT_OURS = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""For an email and its pictures: they can show styles and pictures, and nothing else."""
_SITE = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; "
    "font-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""For a page of the archive: as it is on the web, and in a frame of ours."""
_SEARCH = "; script-src 'self'; connect-src 'self'"
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")


def email_policy(issue: Issue) -> str:
    """Return the policy of an email: it may fetch pictures here, and from where it shows them."""
    sources = ["'self'"]
    for address in pictures_elsewhere(issue):
        source = picture_source(address)
        if source:
            sources.append(source)

    return _NOT_OURS.format(pictures=" ".join(sources))


def no_picture_policy() -> str:
    """Return the policy of an email without pictures, or of a picture itself."""
    return _NOT_OURS.format(pictures="data:")


def site_policy(path: str) -> str:
    """Return the policy of a page of the archive: only the search runs a script."""
    return _SITE + _SEARCH if path.startswith(SEARCH) else _SITE


def picture_source(address: str) -> str | None:
    """Return a picture's address as one source of a policy (CSP 3, 2.3.1).

    Return None if the host would be read as more than one source.
    """
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    if not _HOST.fullmatch(host):
        return None

    path = quote(unquote(parts.path))
    return f"https://{host}{path}"
