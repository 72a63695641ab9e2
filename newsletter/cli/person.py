"""The person at the keyboard: their name, and their word that something may be done."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from newsletter.cli.output import ask, say

if TYPE_CHECKING:
    from newsletter.handover import Readers


def confirm(number: str, action: str, *, yes: bool) -> None:
    """Ask the editor to type the issue's number; with ``yes``, ask nothing.

    Any other answer ends the command with status 1, and nothing is done.
    """
    if yes:
        return

    answer = ask(f"Type {number} to {action}")
    typed = (answer or "").strip()
    if typed == number:
        return

    refusal = "Nothing was done."
    if answer is not None:
        refusal = f"'{typed}' is not {number}. {refusal}"
    say(refusal, err=True)
    click.get_current_context().exit(1)


def agrees_for_readers(readers: Readers | None, *, yes: bool) -> bool:
    """Return ``yes``, but False if some readers would get two emails: to that a person agrees."""
    if yes and readers and readers.some_get_two:
        say("Some readers would get two emails: --yes does not agree to that.", err=True)
        return False
    return yes


def user_name() -> str:
    """Return the name of the person who uses this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "somebody"


def require_person_name(ctx: click.Context, _: click.Parameter, name: str) -> str:
    """Return the name of a person as it can be kept in a record.

    Raise BadParameter if it is not a name.
    """
    if ctx.resilient_parsing:  # a shell completes the command
        return name

    from pydantic_core import PydanticCustomError

    from newsletter.handover.person_names import person_name

    try:
        return person_name(name)
    except PydanticCustomError as error:
        raise click.BadParameter(error.message()) from None
