"""Themes: a folder of MJML, Jinja2 and CSS, compiled once. The only room that knows mjml and premailer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsletter.cache import keep, load
from newsletter.theme.cache import cache_key
from newsletter.theme.folder import ThemeFolder


@dataclass(frozen=True, eq=False)
class Theme:
    """A compiled theme: it renders any issue of a publication with the direction it was compiled for."""

    name: str
    html: str
    """An inlined HTML email as a Jinja2 template."""
    styles: dict[str, str]
    """The inline style of each tag that authors' Markdown can turn into."""
    words: dict[str, Any]
    """The words that the templates use."""
    folder: ThemeFolder = field(repr=False)
    """Where the plain-text template and its parts are."""
    key: str = ""
    """Made from the content of all its files: another key, another theme."""


def compile_theme(name: str, templates: Path, *, direction: str = "ltr") -> Theme:
    """Return the theme ``templates/name`` (or the default one), compiled for a text direction: from the cache if
    nothing has changed. Raises ThemeError with the file and line of each fault.
    """
    folder = ThemeFolder.find(name, templates)
    return _compiled(cache_key(folder.files(), name, direction), folder, direction)


@lru_cache(maxsize=8)
def _compiled(key: str, folder: ThemeFolder, direction: str) -> Theme:
    """Return one Theme for one key, so that its templates are loaded once for many issues."""
    kept = load(f"{key}.theme")
    if kept is not None:
        html, styles, words = json.loads(kept)
        return Theme(folder.name, html, styles, words, folder, key)
    from newsletter.theme.compiling import (
        compile_folder,  # MJML, premailer and lxml: a quarter of a second
    )

    html, styles, words = compile_folder(folder, direction)
    keep(f"{key}.theme", json.dumps((html, styles, words)).encode())
    return Theme(folder.name, html, styles, words, folder, key)
