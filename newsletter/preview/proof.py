"""A proof: one file with all that readers will see, to be mailed to a colleague who signs the issue off."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import Literal

from markupsafe import escape

from newsletter.addresses import own_pictures
from newsletter.merge_tags import own_email
from newsletter.message import approved_digest
from newsletter.model import Email, Report
from newsletter.preview.views import PAGES, environment, inbox_values, text_values

Scheme = Literal["light", "dark"]
_PREFERS = re.compile(r"\(\s*prefers-color-scheme:\s*(light|dark)\s*\)")
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_SOURCE = re.compile(r'(?<=\ssrc=")[^"]*(?=")')
_SCRIPT = """\
for (const frame of document.querySelectorAll("iframe")) {
  const fit = () => {
    const page = frame.contentDocument?.documentElement;
    if (page) frame.style.height = `${Math.ceil(page.getBoundingClientRect().height)}px`;
    if (page) frame.contentDocument.onclick = (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      const target = link.getAttribute("href");
      if (target.startsWith("#")) frame.contentDocument.getElementById(target.slice(1))?.scrollIntoView();
      else open(link.href, "_blank", "noopener");
    };
  };
  frame.addEventListener("load", fit);
  fit();
}
"""
"""Shows each email in its full height. Where scripts are off, it scrolls in its frame."""


def proof_page(report: Report, folder: Path) -> str:
    """The proof of a checked email, the issue in ``folder``: an HTML file that needs no other. Pictures of the folder
    are in it; those that the issue takes from elsewhere on the web stay there. Raises OSError if a picture cannot be
    read.
    """
    email = own_email(report.email)
    html = _with_pictures(email, folder)
    screens = [
        (f"{name}, {scheme}", width, scheme, in_scheme(html, scheme))
        for name, width in (("Phone", "360"), ("Desktop", "640"))
        for scheme in ("light", "dark")
    ]
    return (
        environment()
        .get_template("proof.html.j2")
        .render(
            email=email,
            report=report,
            opens=None,
            screens=screens,
            content=approved_digest(report.email)[:12],
            style=(PAGES / "preview.css").read_text("utf-8"),
            script=_SCRIPT,
            script_hash=base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode(),
            **inbox_values(email),
            **text_values(email),
        )
    )


def in_scheme(html: str, scheme: Scheme) -> str:
    """The HTML with its own rules for one colour scheme in force, whatever the computer that shows it prefers."""

    def decided(style: re.Match[str]) -> str:
        return _PREFERS.sub(lambda match: "(min-width:0)" if match[1] == scheme else "(max-width:0)", style[0])

    return _STYLE.sub(decided, html)


def _with_pictures(email: Email, folder: Path) -> str:
    """The email's HTML with the pictures of its folder written into it."""
    own = own_pictures(email.issue)
    inlined = {str(escape(address)): _data_address(folder / file) for address, file in own.items()}
    return _SOURCE.sub(lambda match: inlined.get(match[0], match[0]), email.html)


def _data_address(path: Path) -> str:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{media_type};base64,{base64.b64encode(path.read_bytes()).decode()}"
