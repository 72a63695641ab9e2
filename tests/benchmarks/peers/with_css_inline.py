"""Jinja2, mjml-python and css-inline; with ``markdown`` behind it, teasers are read as Markdown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import css_inline
import jinja2
from issue import render_all
from markupsafe import Markup
from mjml import mjml2html

templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True
)
if sys.argv[3:] == ["markdown"]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt()
    templates.filters["prose"] = lambda text: Markup(parser.render(text))  # noqa: S704
else:
    templates.filters["prose"] = lambda text: Markup("<p>{}</p>").format(text)

template = templates.get_template("issue.mjml.j2")
inliner = css_inline.CSSInliner()


def render(issue: dict[str, Any]) -> str:
    """Return an issue as HTML with inline styles."""
    return inliner.inline(mjml2html(template.render(issue)))


render_all(render)
