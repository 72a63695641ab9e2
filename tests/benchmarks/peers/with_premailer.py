"""Jinja2 and premailer."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import jinja2
import premailer
from issue import render_all

templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True
)
template = templates.get_template("issue.html.j2")


def render(issue: dict[str, Any]) -> str:
    """Return an issue as HTML with inline styles."""
    return str(premailer.transform(template.render(issue), cssutils_logging_level=logging.CRITICAL))


render_all(render)
