"""``newsletter theme check`` and ``newsletter theme new``."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli import Verbs
from newsletter.cli.output import say
from newsletter.errors import ThemeError

if TYPE_CHECKING:
    from newsletter.manifest import IssueFolder, Project

_NAME = re.compile(r"[a-z][a-z0-9-]*")


@click.group(cls=Verbs)
def theme() -> None:
    """Check a theme, or start a new one."""


@theme.command()
@click.argument("name", required=False)
def check(name: str | None) -> None:
    """Find what is wrong with the theme NAME (the publication's, if none is named).

    It reports unknown MJML, what cannot be compiled once, words and colours that are not valid,
    colours without a dark partner, styles that fetch something, and names that templates do not
    have. The newest issue is rendered with the theme as a trial, in every format.

    A theme cannot run programs or read files, but it decides what readers see: read one from
    elsewhere as carefully as you would a program.
    """
    from newsletter.email.theme_check import check_theme
    from newsletter.manifest import Project

    project = Project.containing(Path.cwd())
    name = name or _theme_of_publication(project)
    problems = check_theme(name, project.templates)
    if problems:
        raise ThemeError(problems)

    without_headlines = _try_on_newest_issue(name, project)
    say(f"The theme {name} is sound.")
    for template in without_headlines:
        say(f"{template} does not ask what 'shows' is: in it, headlines look like teasers.")


def _theme_of_publication(project: Project) -> str:
    """Return the theme that publication.yaml names. Raise NewsletterError."""
    from newsletter.manifest import read_publication

    return read_publication(project).theme


def _try_on_newest_issue(name: str, project: Project) -> list[str]:
    """Render the newest issue that has items, if any, in every format. Return the names of the
    templates that know no headlines, if one of the formats shows these. Raise NewsletterError if
    that fails.
    """
    from newsletter.email.rendering import render
    from newsletter.email.theme_check import templates_without_headlines
    from newsletter.manifest import read_manuscript
    from newsletter.pictures.preparing import prepare
    from newsletter.theme import compile_theme

    for folder in islice(filter(_has_items, project.newest_first()), 1):
        manuscript = read_manuscript(folder)
        publication = manuscript.issue.publication
        compiled = compile_theme(
            name,
            project.templates,
            direction=publication.direction,
            language=publication.language,
        )
        pictures = prepare(manuscript)
        for format in publication.every_format:
            render(manuscript.issue, compiled, format, pictures)
        if any(format.shows == "headlines" for format in publication.every_format):
            return templates_without_headlines(compiled, publication)
    return []


def _has_items(folder: IssueFolder) -> bool:
    """Return whether there is anything in an issue: a new one waits for its first piece."""
    from newsletter.manifest.written_items import read_written

    return next(read_written(folder).items, None) is not None


@theme.command()
@click.argument("name")
def new(name: str) -> None:
    """Start the theme NAME: its own colours, everything else from the default theme."""
    from newsletter.files import write_atomically
    from newsletter.manifest import Project
    from newsletter.theme.folder import PALETTE, default_folder, theme_names

    if not _NAME.fullmatch(name):
        raise click.BadParameter("use lower-case letters, digits and hyphens.", param_hint="NAME")

    templates = Project.containing(Path.cwd()).templates
    folder = templates / name
    if folder.exists() or name in theme_names(templates):
        raise ThemeError.at(folder, None, "This theme already exists.", "Choose another name.")

    default = default_folder()
    try:
        write_atomically(folder, {PALETTE: (default / PALETTE).read_bytes()})
    except OSError as error:
        message = f"The theme cannot be written here ({error.strerror})."
        raise ThemeError.at(folder, None, message, "Check the disk and its permissions.") from error

    say(f"{folder.name}/{PALETTE} has the colours, light and dark: change them there.")
    say(f"Put 'theme: {name}' into publication.yaml to use it.")
    say(f"To change anything else, copy it from {default}:")
    say("style.css, words.toml, email.mjml.j2, email.txt.j2, or single files of parts/.")
