"""``newsletter services``: the mailing services, and what each can do."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.asking import transport
from newsletter.cli.output import say, styled, write_out
from newsletter.errors import ManifestError, ServiceError
from newsletter.manifest import Project
from newsletter.services import connect, names, profile_of
from newsletter.services.protocol import Capability, Profile
from newsletter.services.settings import FILE, Setting, Settings, is_ignored_by_git


@click.command()
@click.option(
    "--check",
    "check_them",
    is_flag=True,
    help="Check that each service that is set up has all that is needed.",
)
@click.option("--markdown", is_flag=True, help="Print what each can do as a table in Markdown.")
@click.pass_context
def services(ctx: click.Context, check_them: bool, markdown: bool) -> None:
    """List the mailing services: what each can do, which environment variables it needs, and whether they are set.

    Set variables in the environment, or in a file .env beside issues/, which must never be committed. Their values are
    never shown. Exit status: 1 if --check finds a service that does not let us in, or where something is missing.
    """
    if markdown:
        write_out(capability_table())
        return
    settings = Settings.from_environment(_newsletter())
    if (settings.folder / FILE).is_file() and is_ignored_by_git(settings.folder) is False:
        say(
            f"{FILE} has secrets in it, and git does not ignore it. Add it to .gitignore.", err=True
        )
        say(err=True)
    works = [_shown(name, profile_of(name), settings, check_them) for name in names()]
    ctx.exit(0 if all(works) else 1)


def capability_table() -> str:
    """Return what each service can do, as a table in Markdown."""
    rows = [["service", *Capability], ["---", *("---" for _ in Capability)]]
    for name in names():
        can = profile_of(name).can
        rows.append(
            [f"`{name}`", *("yes" if capability in can else "–" for capability in Capability)]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _newsletter() -> Path:
    """Return the newsletter's folder or, without one, this folder."""
    try:
        return Project.containing(Path.cwd()).root
    except ManifestError:
        return Path.cwd()


def _shown(name: str, profile: Profile, settings: Settings, check_it: bool) -> bool:
    """Print all about a service. Return False if a check of it failed."""
    say(styled(name, bold=True), f"  {profile.title}")
    say(f"  can      {_listed(profile, True)}")
    if cannot := _listed(profile, False):
        say(f"  cannot   {cannot}")
    for setting in profile.settings:
        say(f"  {_state(setting, settings):<8} {setting.name}: {setting.meaning}")
    for note in profile.notes:
        say(f"  note     {note}")
    if not check_it or not all(_is_set(setting, settings) for setting in profile.settings):
        return True
    try:
        service = connect(name, settings, transport())
        account, missing = service.account(), service.missing_setup()
    except ServiceError as error:
        say("  ", styled("fails", fg="red"), f"    {error}")
        return False
    for each in missing:
        say("  ", styled("fails", fg="red"), f"    {each}")
    if not missing:
        say("  ", styled("works", fg="green"), f"    {account}")
    return not missing


def _listed(profile: Profile, able: bool) -> str:
    return ", ".join(capability for capability in Capability if (capability in profile.can) is able)


def _is_set(setting: Setting, settings: Settings) -> bool:
    return setting.name in settings or setting.default is not None


def _state(setting: Setting, settings: Settings) -> str:
    if setting.name in settings:
        return "set"
    return "not set" if setting.default is None else "optional"
