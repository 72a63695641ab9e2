"""A proof: one file with all that readers will see, to be mailed to whoever signs the issue off."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Literal, NamedTuple

from newsletter.checks.report import Report
from newsletter.email.merge_tags import own_email
from newsletter.model import Email, File
from newsletter.preview.page_templates import PAGES, render_page
from newsletter.preview.sources import NO_PICTURE, with_sources
from newsletter.preview.views import inbox_values, text_values

Scheme = Literal["light", "dark"]
_PREFERS = re.compile(r"\(\s*prefers-color-scheme:\s*(light|dark)\s*\)")
_ALWAYS = "(min-width:0)"
_NEVER = "(max-width:0)"
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)


class _Screen(NamedTuple):
    """A frame of the proof. ``width`` is in pixels."""

    label: str
    width: str
    scheme: Scheme
    html: str


def proof_page(report: Report) -> str:
    """Return the proof of a checked email: HTML that needs no other file.

    The email's own pictures are in it, each once; those from elsewhere on the web stay there.
    """
    email = own_email(report.email)
    html, pictures = _number_pictures(email)
    script = (PAGES / "proof.js").read_text("utf-8")
    return render_page(
        "proof",
        email=email,
        report=report,
        opens=None,
        screens=_screens(html, pictures),
        has_pictures=bool(pictures),
        content=report.galley.issue_digest[:12],
        style=(PAGES / "preview.css").read_text("utf-8"),
        script=script,
        script_hash=_sha256(script),
        **inbox_values(email),
        **text_values(email),
    )


def _screens(html: str, pictures: list[File]) -> list[_Screen]:
    """Return the email on each screen; the first one has the pictures."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    screens = [
        _Screen(f"{name}, {scheme}", width, scheme, in_scheme(html, scheme))
        for name, width in (("Phone", "360"), ("Desktop", "640"))
        for scheme in schemes
    ]

    first = screens[0]
    screens[0] = first._replace(html=_put_pictures(first.html, pictures))
    return screens


def in_scheme(html: str, scheme: Scheme) -> str:
    """Return the HTML with its own rules for one colour scheme in force.

    They are in force whatever this computer is set to.
    """

    def decided(condition: re.Match[str]) -> str:
        preferred = condition[1]
        return _ALWAYS if preferred == scheme else _NEVER

    def with_scheme(style: re.Match[str]) -> str:
        return _PREFERS.sub(decided, style[0])

    return _STYLE.sub(with_scheme, html)


def _number_pictures(email: Email) -> tuple[str, list[File]]:
    """Return the email's HTML with a number for each of its own pictures, and these.

    The number stands for a picture that the file holds once; proof.js puts that in.
    """
    own = {file.address: file for file in email.files}
    pictures: list[File] = []

    def numbered(address: str) -> str:
        picture = own.get(address)
        if picture is None:
            return address

        if picture not in pictures:
            pictures.append(picture)
        return f"{NO_PICTURE}{pictures.index(picture)}"

    html = with_sources(email.html, numbered)
    return html, pictures


def _put_pictures(html: str, pictures: list[File]) -> str:
    """Return the HTML with each picture in the first place that shows it."""
    for number, picture in enumerate(pictures):
        place = f'"{NO_PICTURE}{number}"'
        address = _data_address(picture)
        html = html.replace(place, f'"{address}"', 1)
    return html


def _data_address(picture: File) -> str:
    """Return an address that holds a picture's content (RFC 2397)."""
    encoded = base64.b64encode(picture.content).decode()
    return f"data:{picture.media_type};base64,{encoded}"


def _sha256(script: str) -> str:
    """Return the hash by which a policy names a script (CSP 3, 2.3.1)."""
    digest = hashlib.sha256(script.encode()).digest()
    return base64.b64encode(digest).decode()
