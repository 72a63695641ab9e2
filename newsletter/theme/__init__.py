"""Themes: a folder of MJML, Jinja2 and CSS, compiled once.

The only room that knows mjml and premailer.
"""

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
    """A compiled theme: it renders any issue with the direction and the language it was compiled
    for.
    """

    name: str
    html: str
    """An inlined HTML email as a Jinja2 template."""
    styles: dict[str, str]
    """The inline style of each tag that authors' Markdown can turn into."""
    words: dict[str, Any]
    """The words that the templates use, in one language."""
    folder: ThemeFolder = field(repr=False)
    """Where the plain-text template and its parts are."""
    key: str = ""
    """Made from the content of all its files: another key, another theme."""
    missing: dict[str, str] = field(default_factory=dict)
    """The words that it does not have in that language, and what is shown in their place."""


def compile_theme(
    name: str, templates: Path, *, direction: str = "ltr", language: str = "en"
) -> Theme:
    """Return a theme by its name, compiled for a text direction and with the words of a language;
    from the cache if nothing changed.

    It is in ``templates/name``, an installed one, or the default one. Raise ThemeError with the
    file and line of each fault.
    """
    folder = ThemeFolder.find(name, templates)
    key = cache_key(folder.email_files(), name, direction, language)
    return _compiled(key, folder, direction, language)


@lru_cache(maxsize=8)
def _compiled(key: str, folder: ThemeFolder, direction: str, language: str) -> Theme:
    """Return one Theme for one key, so that its templates are loaded once for many issues."""
    cached = load(f"{key}.theme")
    if cached is not None:
        html, styles, words, missing = json.loads(cached)
        return Theme(folder.name, html, styles, words, folder, key, missing)

    # MJML, premailer and lxml take a quarter of a second to import.
    from newsletter.theme.compiling import compile_folder

    compiled = compile_folder(folder, direction, language)
    keep(f"{key}.theme", json.dumps(compiled).encode())
    html, styles, words, missing = compiled
    return Theme(folder.name, html, styles, words, folder, key, missing)
