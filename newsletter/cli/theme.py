"""``newsletter theme check`` and ``newsletter theme new``."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import click

from newsletter.cli import Verbs
from newsletter.cli.output import say
from newsletter.email.rendering import render
from newsletter.email.theme_check import check_theme
from newsletter.errors import ThemeError
from newsletter.files import write_atomically
from newsletter.manifest import Project, read_issue
from newsletter.theme import compile_theme
from newsletter.theme.folder import DEFAULT, PALETTE, default_folder, theme_names


@click.group(cls=Verbs)
def theme() -> None:
    """Check a theme, or start a new one."""


@theme.command()
@click.argument("name", default=DEFAULT)
def check(name: str) -> None:
    """Find what is wrong with the theme NAME: unknown MJML, what cannot be compiled once, words and colours that are
    not valid, colours without a dark partner, styles that fetch something, names that templates do not have. The newest
    issue is rendered with it as a trial.

    A theme cannot run programs or read files, but it decides what readers see: read one from elsewhere as carefully as
    you would a program.
    """
    project = Project.containing(Path.cwd())
    templates = project.templates
    if problems := check_theme(name, templates):
        raise ThemeError(problems)
    for folder in islice(project.newest_first(), 1):
        issue = read_issue(folder)
        render(issue, compile_theme(name, templates, direction=issue.publication.direction))
    say(f"The theme {name} is sound.")


@theme.command()
@click.argument("name")
def new(name: str) -> None:
    """Start the theme NAME: its own colours, everything else from the default theme."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise click.BadParameter("use lower-case letters, digits and hyphens.", param_hint="NAME")
    templates = Project.containing(Path.cwd()).templates
    folder = templates / name
    if folder.exists() or name in theme_names(templates):
        raise ThemeError.at(folder, None, "This theme already exists.", "Choose another name.")
    try:
        write_atomically(folder, {PALETTE: (default_folder() / PALETTE).read_bytes()})
    except OSError as error:
        message = f"The theme cannot be written here ({error.strerror})."
        raise ThemeError.at(folder, None, message, "Check the disk and its permissions.") from error
    say(f"{folder.name}/{PALETTE} has the colours, light and dark: change them there.")
    say(f"Put 'theme: {name}' into publication.yaml to use it.")
    say(f"To change anything else, copy it from {default_folder()}:")
    say("style.css, words.toml, email.mjml.j2, email.txt.j2, or single files of parts/.")
