"""A proof: one file with all that readers will see, to be mailed to whoever signs the issue off."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import Literal, NamedTuple

from markupsafe import escape

from newsletter.checks.report import Report
from newsletter.email.merge_tags import own_email
from newsletter.email.message import approved_digest
from newsletter.files import read_regular
from newsletter.model import Email, Issue
from newsletter.model.addresses import own_pictures
from newsletter.preview.page_templates import PAGES, render_page
from newsletter.preview.views import inbox_values, text_values

Scheme = Literal["light", "dark"]
MOST_OF_PICTURES = 10_000_000
"""Bytes of all pictures in a proof. Base64 adds a third, and many mail servers refuse 20 MB."""
_PREFERS = re.compile(r"\(\s*prefers-color-scheme:\s*(light|dark)\s*\)")
_ALWAYS = "(min-width:0)"
_NEVER = "(max-width:0)"
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_SOURCE = re.compile(r'(?<=\ssrc=")[^"]*(?=")')
_NO_PICTURE = "data:,"
"""An empty address: the alternative text is shown, and nothing is fetched.

With a number after it, it stands for a picture that the file holds once; proof.js puts that in.
"""


class _Screen(NamedTuple):
    """A frame of the proof. ``width`` is in pixels."""

    label: str
    width: str
    scheme: Scheme
    html: str


def proof_page(report: Report, folder: Path) -> str:
    """Return the proof of a checked email, the issue in ``folder``: HTML that needs no other file.

    Pictures of the folder are in it, each once; those from elsewhere on the web stay there. Raise
    OSError if a picture cannot be read.
    """
    email = own_email(report.email)
    omitted = too_large(email.issue, folder)
    html, pictures = _number_pictures(email, set(omitted))
    script = (PAGES / "proof.js").read_text("utf-8")
    return render_page(
        "proof",
        email=email,
        report=report,
        opens=None,
        screens=_screens(html, pictures, folder),
        omitted=omitted,
        has_pictures=bool(pictures),
        content=approved_digest(report.email)[:12],
        style=(PAGES / "preview.css").read_text("utf-8"),
        script=script,
        script_hash=_sha256(script),
        **inbox_values(email),
        **text_values(email),
    )


def _screens(html: str, pictures: list[str], folder: Path) -> list[_Screen]:
    """Return the email on each screen; the first one has the pictures."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    screens = [
        _Screen(f"{name}, {scheme}", width, scheme, in_scheme(html, scheme))
        for name, width in (("Phone", "360"), ("Desktop", "640"))
        for scheme in schemes
    ]

    first = screens[0]
    screens[0] = first._replace(html=_put_pictures(first.html, pictures, folder))
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


def too_large(issue: Issue, folder: Path) -> dict[str, int]:
    """Return the pictures of an issue that are too large for a proof, and the bytes of each.

    Raise OSError if a picture is missing.
    """
    room = MOST_OF_PICTURES
    omitted: dict[str, int] = {}
    for file in dict.fromkeys(own_pictures(issue).values()):
        size = (folder / file).stat().st_size
        if size > room:
            omitted[file] = size
        else:
            room -= size
    return omitted


def _number_pictures(email: Email, omitted: set[str]) -> tuple[str, list[str]]:
    """Return the email's HTML with a number for each picture of its folder, and their files.

    An omitted picture has no number.
    """
    own = {str(escape(address)): file for address, file in own_pictures(email.issue).items()}
    files: list[str] = []

    def numbered(source: re.Match[str]) -> str:
        file = own.get(source[0])
        if file is None:
            return source[0]
        if file in omitted:
            return _NO_PICTURE

        if file not in files:
            files.append(file)
        return f"{_NO_PICTURE}{files.index(file)}"

    html = _SOURCE.sub(numbered, email.html)
    return html, files


def _put_pictures(html: str, files: list[str], folder: Path) -> str:
    """Return the HTML with each picture in the first place that shows it."""
    for number, file in enumerate(files):
        place = f'"{_NO_PICTURE}{number}"'
        address = _data_address(folder / file)
        html = html.replace(place, f'"{address}"', 1)
    return html


def _data_address(path: Path) -> str:
    """Return a file as an address that holds its content (RFC 2397)."""
    guess, _ = mimetypes.guess_type(path.name)
    media_type = guess or "application/octet-stream"

    content = read_regular(path, MOST_OF_PICTURES)
    encoded = base64.b64encode(content).decode()
    return f"data:{media_type};base64,{encoded}"


def _sha256(script: str) -> str:
    """Return the hash by which a policy names a script (CSP 3, 2.3.1)."""
    digest = hashlib.sha256(script.encode()).digest()
    return base64.b64encode(digest).decode()
