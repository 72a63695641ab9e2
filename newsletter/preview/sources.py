"""Where the preview and the proof get an email's pictures from: they may not be on the web yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote, urlencode

from markupsafe import escape

from newsletter.email.building import PICTURES
from newsletter.model import Email

NO_PICTURE = "data:,"
"""An empty address: the alternative text is shown, and nothing is fetched."""
_SOURCE = re.compile(r'(?<=\ssrc=")[^"]*(?=")')


def with_sources(html: str, source_of: Callable[[str], str]) -> str:
    """Return the HTML with another address, by the one that it has, for each picture in it.

    Links keep their addresses, also those to the same files.
    """

    def replaced(source: re.Match[str]) -> str:
        address = source_of(unescape(source[0]))
        return str(escape(address))

    return _SOURCE.sub(replaced, html)


def files_here(email: Email) -> dict[str, str]:
    """Return the addresses of the email's own files on the web, each with its address here."""
    folder = f"/{email.issue.number}/{PICTURES}"
    query = query_of(email.further_format)
    return {file.address: f"{folder}/{quote(file.name)}{query}" for file in email.files}


def query_of(further_format: str, service: str | None = None) -> str:
    """Return what follows an address here for a format, and for the merge tags of a ``service``.

    The leading format has no name, and sample values are of no service.
    """
    values = {"format": further_format, "tags": service}
    chosen = {name: value for name, value in values.items() if value}
    if not chosen:
        return ""
    return f"?{urlencode(chosen)}"


def with_pictures_here(email: Email) -> Email:
    """Return the email with its own pictures from the preview, and others from where they are."""
    here = files_here(email)
    html = with_sources(email.html, lambda address: here.get(address, address))
    return email.model_copy(update={"html": html})


def without_pictures(email: Email) -> Email:
    """Return the email as somebody sees it whose program shows no pictures."""
    html = with_sources(email.html, lambda _: NO_PICTURE)
    return email.model_copy(update={"html": html})
