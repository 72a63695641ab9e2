"""The command ``newsletter``: one file for each verb, loaded when it is needed."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from newsletter._version import __version__
from newsletter.cli import output
from newsletter.errors import NewsletterError
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Looking for plug-ins of pydantic takes 15 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

VERBS = {
    "init": "Start another newsletter, in a folder of its own.",
    "new": "Make the next issue, from the last one.",
    "add": "Add what volunteers send: Word files, mails, web pages, text.",
    "monday": "Do all that a Monday begins with: new, add, build, check, preview.",
    "import": "Make the old issues of a WordPress site, once.",
    "build": "Build the HTML and the plain-text email of an issue.",
    "check": "Find every mistake of an issue before its readers do.",
    "explain": "Say what a rule of 'newsletter check' is about.",
    "preview": "Show an issue in the browser, updated with every save.",
    "archive": "Write every issue and piece as a page of a static site.",
    "proof": "Write one file to mail for sign-off.",
    "fields": "Print a form to copy: every field, and what it is for.",
    "schema": "Print the JSON Schemas of the files that editors write.",
    "theme": "Check a theme, or start a new one.",
    "services": "List the mailing services and what each can do.",
    "audiences": "List the audiences of a mailing service.",
    "test-send": "Send the issue to a few people as a test.",
    "approve": "Record that somebody has approved the issue.",
    "hand-over": "Make one draft in the mailing service.",
    "schedule": "Have the service send the issue at a set time.",
    "unschedule": "Make a scheduled issue a draft again.",
    "status": "Report what was handed over, and what has become of it.",
    "verify": "Compare the issue with what was handed over.",
}
"""Each verb with its line in the list of 'newsletter --help', which loads no verb."""
MOST_SHOWN = 100
"""Problems that are printed; the rest is counted."""
LONGEST_SHOWN = 2_000
"""Characters of a problem that are printed; a name in it may be of any length."""
STOPPED = 130
"""Exit status after Ctrl-C: a shell's, for a program that SIGINT ends."""
_REMEDIES = {
    errno.ENOSPC: "Free some space on this disk, and run the command again.",
    errno.EACCES: "Check who may read and write it.",
    errno.EPERM: "Check who may read and write it.",
    errno.EROFS: "Copy the newsletter to a disk that can be written.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.EMFILE: "Close some programs, and run the command again.",
}
"""What to do about a fault of the system, by its number (errno(3))."""
_OTHER_REMEDY = "Check the disk and its permissions, and run the command again."


class Verbs(click.Group):
    """A group of commands. Given alone it shows its help, with exit status 0: nothing is wrong."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; none mean ``--help``."""
        if not args:
            args = ["--help"]
        return super().parse_args(ctx, args)


def module_of(verb: str) -> str:
    """Return the name of a verb's module, and of its function there: import_ for 'import'."""
    name = verb.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


class _Newsletter(Verbs):
    """All verbs, each in the module of its name. Editors get no traceback, but what is wrong."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, or None if there is none of this name. This alone imports a verb."""
        if cmd_name not in VERBS:
            return None
        name = module_of(cmd_name)
        command: click.Command = getattr(import_module(f"newsletter.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs of ``newsletter --help``."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what a shell offers behind ``newsletter``: verbs and options that begin so."""
        from click.shell_completion import CompletionItem

        verbs = [
            CompletionItem(name, help=line)
            for name, line in VERBS.items()
            if name.startswith(incomplete)
        ]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command, and end the process with its exit status."""
        output.prepare()
        gc.disable()  # one issue needs little memory; commands on many turn it on again
        try:
            status = super().main(*args, **extra | {"standalone_mode": False})
        except (click.ClickException, click.Abort, NewsletterError, OSError) as error:
            status = _report(error)
        finally:
            gc.enable()
            atexit.register(gc.freeze)  # the process ends: what is left need not be looked through

        output.finish()
        sys.exit(status)


def _report(error: Exception) -> int:
    """Print what went wrong, and return the exit status."""
    match error:
        case click.ClickException():
            _print_usage(error)
            return error.exit_code
        case click.Abort():
            output.say("Stopped.", err=True)
            return STOPPED
        case NewsletterError():
            _print_problems(error)
        case OSError():
            _print_system_fault(error)
    return 2


def _print_problems(error: NewsletterError) -> None:
    for problem in error.problems[:MOST_SHOWN]:
        output.say(_short(str(problem)), err=True)

    more = len(error.problems) - MOST_SHOWN
    if more > 0:
        output.say(f"… and {more:,} more.", err=True)


def _print_system_fault(error: OSError) -> None:
    place = Path("newsletter")
    if error.filename:
        place = relative_to_cwd(Path(os.fsdecode(error.filename)))

    reason = error.strerror or error
    remedy = _REMEDIES.get(error.errno or 0, _OTHER_REMEDY)
    output.say(_short(f"{place}: {reason}. {remedy}"), err=True)


def _short(text: str) -> str:
    """Return a text, or its start and "…" if it is very long."""
    if len(text) <= LONGEST_SHOWN:
        return text
    start = text[: LONGEST_SHOWN - 1]
    return f"{start}…"


def _print_usage(error: click.ClickException) -> None:
    """Print what is wrong with the arguments of a command.

    They may come from somebody else, such as the file names that a hook gets.
    """
    if isinstance(error, click.UsageError) and error.ctx:
        output.say_all(error.ctx.get_usage(), err=True)
        output.say(f"Try '{error.ctx.command_path} --help' for help.", err=True)
        output.say(err=True)
    output.say(_short(f"Error: {error.format_message()}"), err=True)


@click.group(cls=_Newsletter)
@click.version_option(__version__, package_name="newsletter")
def main() -> None:
    """Make a numbered email newsletter: build an issue, look at it, check it, and hand it over."""
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        click.get_current_context().color = False
    try:
        Path.cwd()
    except FileNotFoundError:
        message = "The folder that you are in has been deleted."
        raise click.UsageError(
            f"{message} Go to the newsletter's folder (cd), and run the command again."
        ) from None
