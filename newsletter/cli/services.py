"""``newsletter services``: the mailing services, and what each can do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import transport
from newsletter.cli.output import say, styled, write_out
from newsletter.errors import ManifestError, ServiceError

if TYPE_CHECKING:
    from newsletter.services.protocol import Profile
    from newsletter.services.settings import Setting, Settings


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
    """List the mailing services: what each can do, and which environment variables it needs.

    Set variables in the environment, or in a file .env beside issues/, which must never be
    committed. The list says whether they are set, and never shows their values. Exit status: 1 if
    --check finds a service that does not let us in, or where something is missing.
    """
    from newsletter.services import names, profile_of
    from newsletter.services.settings import Settings

    if markdown:
        write_out(capability_table())
        return

    settings = Settings.from_environment(_newsletter_folder())
    _warn_of_open_secrets(settings)
    failed: list[str] = []
    for name in names():
        profile = profile_of(name)
        _print_profile(name, profile, settings)
        if check_them and _is_set_up(profile, settings) and not _works(name, settings):
            failed.append(name)
    ctx.exit(1 if failed else 0)


def capability_table() -> str:
    """Return what each service can do, as a table in Markdown."""
    from newsletter.services import names, profile_of
    from newsletter.services.protocol import Capability

    columns = list(Capability)
    rows = [["service", *columns], ["---" for _ in ("service", *columns)]]
    for name in names():
        can = profile_of(name).can
        cells = ["yes" if capability in can else "–" for capability in columns]
        rows.append([f"`{name}`", *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _newsletter_folder() -> Path:
    """Return the newsletter's folder or, without one, this folder."""
    from newsletter.manifest import Project

    try:
        return Project.containing(Path.cwd()).root
    except ManifestError:
        return Path.cwd()


def _warn_of_open_secrets(settings: Settings) -> None:
    """Print a warning if git would commit the file that has the secrets."""
    from newsletter.services.settings import FILE, is_ignored_by_git

    is_there = (settings.folder / FILE).is_file()
    if is_there and is_ignored_by_git(settings.folder) is False:
        say(
            f"{FILE} has secrets in it, and git does not ignore it. Add it to .gitignore.", err=True
        )
        say(err=True)


def _print_profile(name: str, profile: Profile, settings: Settings) -> None:
    """Print what a service can and cannot do, and what it needs."""
    from newsletter.services.protocol import Capability

    can = [capability for capability in Capability if capability in profile.can]
    cannot = [capability for capability in Capability if capability not in profile.can]
    say(styled(name, bold=True), f"  {profile.title}")
    say(f"  can      {', '.join(can)}")
    if cannot:
        say(f"  cannot   {', '.join(cannot)}")

    for setting in profile.settings:
        state = _state(setting, settings)
        say(f"  {state:<8} {setting.name}: {setting.meaning}")
    for note in profile.notes:
        say(f"  note     {note}")


def _state(setting: Setting, settings: Settings) -> str:
    """Return whether a variable is set, in a word or two."""
    if setting.name in settings:
        return "set"
    if setting.default is None:
        return "not set"
    return "optional"


def _is_set_up(profile: Profile, settings: Settings) -> bool:
    """Return whether every variable that must be set is set."""
    states = [_state(setting, settings) for setting in profile.settings]
    return "not set" not in states


def _works(name: str, settings: Settings) -> bool:
    """Ask a service whether all is there that is needed, and print the answer."""
    from newsletter.services import connect

    try:
        service = connect(name, settings, transport())
        account = service.account()
        missing = service.missing_setup()
    except ServiceError as error:
        _print_failure(str(error))
        return False

    for part in missing:
        _print_failure(part)
    if missing:
        return False

    works = styled("works", fg="green")
    say("  ", works, f"    {account}")
    return True


def _print_failure(reason: str) -> None:
    fails = styled("fails", fg="red")
    say("  ", fails, f"    {reason}")
