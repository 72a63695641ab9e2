"""A proof: one file with everything that readers will see, to be mailed to a colleague who signs the issue off."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from pathlib import Path
from typing import Literal

from markupsafe import escape

from newsletter.checks.report import Report
from newsletter.email.merge_tags import own_email
from newsletter.email.message import approved_digest
from newsletter.files import read_regular
from newsletter.model import Email, Issue
from newsletter.model.addresses import own_pictures
from newsletter.preview.views import PAGES, environment, inbox_values, text_values

Scheme = Literal["light", "dark"]
_PREFERS = re.compile(r"\(\s*prefers-color-scheme:\s*(light|dark)\s*\)")
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_SOURCE = re.compile(r'(?<=\ssrc=")[^"]*(?=")')
_NO_PICTURE = "data:,"
"""An empty address: the alternative text is shown, and nothing is fetched."""
_SCRIPT = """\
document.getElementById("without-scripts")?.remove();
const frames = [...document.querySelectorAll("iframe")];
const images = (frame) => [...(frame.contentDocument?.images ?? [])];
const source = (image) => image.getAttribute("src") ?? "";
const share = () => {
  const shared = images(frames[0]).map(source).filter((address) => /^data:[^,]/.test(address));
  for (const image of frames.flatMap(images)) {
    const number = /^data:,(\\d+)$/.exec(source(image))?.[1];
    if (shared[number]) image.src = shared[number];
  }
};
for (const frame of frames) {
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
  const show = () => {
    share();
    for (const image of images(frame)) image.addEventListener("load", fit);
    fit();
  };
  frame.addEventListener("load", show);
  show();
}
"""
"""Shows each email in its full height, with the pictures of the first one. Where scripts are off, an email scrolls in
its frame, and only the first one has pictures.
"""
MOST_OF_PICTURES = 10_000_000
"""Bytes of all pictures in a proof. Base64 adds a third, and many mail servers refuse more than 20 MB."""


def proof_page(report: Report, folder: Path) -> str:
    """Return the proof of a checked email, the issue in ``folder``: an HTML file that needs no other. Pictures of the
    folder are in it, each once; those from elsewhere on the web stay there. Raises OSError if a picture cannot be read.
    """
    email = own_email(report.email)
    omitted = too_large(email.issue, folder)
    html, pictures = _with_numbered_pictures(email, set(omitted))
    screens = [
        (f"{name}, {scheme}", width, scheme, in_scheme(html, scheme))
        for name, width in (("Phone", "360"), ("Desktop", "640"))
        for scheme in ("light", "dark")
    ]
    label, width, scheme, first = screens[0]
    screens[0] = (label, width, scheme, _with_pictures(first, pictures, folder))
    return (
        environment()
        .get_template("proof.html.j2")
        .render(
            email=email,
            report=report,
            opens=None,
            screens=screens,
            omitted=omitted,
            has_pictures=bool(pictures),
            content=approved_digest(report.email)[:12],
            style=(PAGES / "preview.css").read_text("utf-8"),
            script=_SCRIPT,
            script_hash=base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode(),
            **inbox_values(email),
            **text_values(email),
        )
    )


def in_scheme(html: str, scheme: Scheme) -> str:
    """Return the HTML with its own rules for one colour scheme in force, whatever the computer's setting."""

    def decided(style: re.Match[str]) -> str:
        return _PREFERS.sub(
            lambda match: "(min-width:0)" if match[1] == scheme else "(max-width:0)", style[0]
        )

    return _STYLE.sub(decided, html)


def too_large(issue: Issue, folder: Path) -> dict[str, int]:
    """Return the pictures of the issue in ``folder`` that are too large for a proof, and the bytes of each. Raises
    OSError if a picture is missing.
    """
    room, omitted = MOST_OF_PICTURES, dict[str, int]()
    for file in dict.fromkeys(own_pictures(issue).values()):
        size = (folder / file).stat().st_size
        if size > room:
            omitted[file] = size
        else:
            room -= size
    return omitted


def _with_numbered_pictures(email: Email, omitted: set[str]) -> tuple[str, list[str]]:
    """Return the email's HTML with a number for each picture of its folder, and the file of each number. An omitted
    picture has no number.
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

    return _SOURCE.sub(numbered, email.html), files


def _with_pictures(html: str, files: list[str], folder: Path) -> str:
    """Return the HTML with each picture in the first place that shows it."""
    for number, file in enumerate(files):
        html = html.replace(f'"{_NO_PICTURE}{number}"', f'"{_data_address(folder / file)}"', 1)
    return html


def _data_address(path: Path) -> str:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    content = read_regular(path, MOST_OF_PICTURES)
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
