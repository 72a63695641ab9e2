"""Inkletter: Markdown through MJML."""

from __future__ import annotations

from typing import Any

from inkletter import parse_markdown_to_html
from issue import render_all


def as_markdown(issue: dict[str, Any]) -> str:
    """Return an issue as Markdown, which is all that Inkletter reads."""
    items = [
        f"## [{item['title']}]({item['url']})\n\n{item['teaser']}\n\n[Read more]({item['url']})\n"
        for item in issue["items"]
    ]
    return f"# BioNews {issue['number']}\n\n{issue['date']}\n\n" + "\n".join(items)


def render(issue: dict[str, Any]) -> str:
    """Return an issue as HTML with inline styles."""
    return str(parse_markdown_to_html(as_markdown(issue)))


render_all(render)
