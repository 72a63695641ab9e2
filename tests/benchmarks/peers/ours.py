"""newsletter itself, measured as its peers are; it reads the same issues from their own folders."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from issue import render_all

from newsletter.email.merge_tags import own_email
from newsletter.email.rendering import render as render_email
from newsletter.manifest import read_issue
from newsletter.theme import compile_theme

folders = [Path(issue["folder"]) for issue in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
issues = {folder.name: read_issue(folder) for folder in folders}
theme = compile_theme("bionews", folders[0].parents[1] / "templates")


def render(issue: dict[str, Any]) -> str:
    """Return an issue as HTML with inline styles; its plain text is made with it."""
    return own_email(render_email(issues[issue["number"]], theme)).html


render_all(render)
