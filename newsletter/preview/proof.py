"""A proof: one file with all that readers will see, to be mailed to whoever signs the issue off."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Literal, NamedTuple

from newsletter.checks.report import Report
from newsletter.email.merge_tags import own_email
from newsletter.model import Email, File
from newsletter.preview.email_values import inbox_values, text_values
from newsletter.preview.page_templates import PAGES, render_page
from newsletter.preview.sources import NO_PICTURE, with_sources
from newsletter.preview.weight import FormatWeight, weigh_format

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


class _Shown(NamedTuple):
    """The email of one format in the proof."""

    weight: FormatWeight
    screens: list[_Screen]
    words: int
    lines: list[tuple[str, bool]]
    """Of its plain text, each with whether it is too long."""


def proof_page(report: Report) -> str:
    """Return the proof of a checked email: HTML that needs no other file.

    It has every format of the issue. The issue's own pictures are in it, each once; those from
    elsewhere on the web stay there.
    """
    email = own_email(report.email)
    pictures: list[File] = []
    shown = [_shown(galley.email, pictures) for galley in report.galley.every_format]
    style = _page_file("preview.css")
    if email.issue.publication.formats:
        style += _page_file("formats.css")
    script = _page_file("proof.js")

    return render_page(
        "proof",
        email=email,
        report=report,
        opens=None,
        shown=shown,
        has_pictures=bool(pictures),
        content=report.galley.issue_digest[:12],
        style=style,
        script=script,
        script_hash=_sha256(script),
        **inbox_values(email),
    )


def _page_file(name: str) -> str:
    return (PAGES / name).read_text("utf-8")


def _shown(email: Email, pictures: list[File]) -> _Shown:
    """Return an email with neutral merge tags as the proof shows it.

    ``pictures`` are those that the emails before it hold; those that it holds are added.
    """
    own = own_email(email)
    text = text_values(own)
    screens: list[_Screen] = []
    if email.format.has_html:
        screens = _screens(own, pictures)
    return _Shown(weigh_format(email), screens, text["words"], text["lines"])


def _screens(email: Email, pictures: list[File]) -> list[_Screen]:
    """Return the email on each screen; the first one holds the pictures that are new."""
    before = len(pictures)
    html = _with_numbers(email, pictures)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    screens = [
        _Screen(f"{name}, {scheme}", width, scheme, in_scheme(html, scheme))
        for name, width in (("Phone", "360"), ("Desktop", "640"))
        for scheme in schemes
    ]

    first = screens[0]
    screens[0] = first._replace(html=_put_pictures(first.html, pictures, before))
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


def _with_numbers(email: Email, pictures: list[File]) -> str:
    """Return the email's HTML with a number for each of its own pictures: its place in
    ``pictures``, to which new ones are added.

    The number stands for a picture that the file holds once; proof.js puts that in.
    """
    own = {file.address: file for file in email.files}

    def numbered(address: str) -> str:
        picture = own.get(address)
        if picture is None:
            return address

        if picture not in pictures:
            pictures.append(picture)
        return f"{NO_PICTURE}{pictures.index(picture)}"

    return with_sources(email.html, numbered)


def _put_pictures(html: str, pictures: list[File], before: int) -> str:
    """Return the HTML with each picture that is new in the first place that shows it.

    There are so many ``before`` these. An address ends with the picture's number.
    """
    for number, picture in enumerate(pictures[before:], start=before):
        place = f'"{NO_PICTURE}{number}"'
        address = _data_address(picture)
        html = html.replace(place, f'"{address}#{number}"', 1)
    return html


def _data_address(picture: File) -> str:
    """Return an address that holds a picture's content (RFC 2397)."""
    encoded = base64.b64encode(picture.content).decode()
    return f"data:{picture.media_type};base64,{encoded}"


def _sha256(script: str) -> str:
    """Return the hash by which a policy names a script (CSP 3, 2.3.1)."""
    digest = hashlib.sha256(script.encode()).digest()
    return base64.b64encode(digest).decode()
