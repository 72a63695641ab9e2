"""``newsletter preview``: the rendered email in the browser, updated with every save."""

from __future__ import annotations

import gc
import ipaddress
import re
import socket
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.errors import ManifestError
from newsletter.preview.editors import EDITORS, SCHEMES, is_editor
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.manifest import IssueFolder

PORT = 8596
_HOST = re.compile(r"[A-Za-z0-9._:%-]{1,253}")
_EDITORS = ", ".join(EDITORS)


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help="If taken, the next free one.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. With any other, people on the network can look in.",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--editor",
    envvar="NEWSLETTER_EDITOR",
    default="vscode",
    show_default=True,
    help=f"What opens a file at its line: {_EDITORS}, or an address with {{path}} and {{line}}.",
)
def preview(issue: str | None, port: int, host: str, no_open: bool, editor: str) -> None:
    """Show ISSUE (the newest, if none is named) in the browser, as readers will see it.

    Every save shows immediately. ISSUE is a number (652) or a path (issues/652). Press Ctrl-C to
    end it.
    """
    _require_editor(editor)
    folder = _numbered_issue(issue)
    from newsletter.preview.server import serve  # the web server is slow to load

    with _listening(host, port) as listener:
        free_port = listener.getsockname()[1]
        if free_port != port:
            say(f"Port {port} is taken; using {free_port}.")
        if not _is_loopback(host):
            warning = f"Warning: anybody who reaches {host} over the network can read all issues."
            say(warning, err=True)

        address = _address(host, free_port, folder.name)
        say(f"{address}  (Ctrl-C ends it)")
        if not no_open:
            _open_browser(address)

        gc.enable()  # it may run for weeks
        try:
            serve(folder.project.issues, editor, listener, host)
        except KeyboardInterrupt:
            say()
            say("The preview has ended.")


def _require_editor(editor: str) -> None:
    """Raise BadParameter if no program can be opened by that."""
    if is_editor(editor):
        return

    address = f"an address with {{path}} that starts with one of {', '.join(SCHEMES)} and a colon."
    message = f"name one of {_EDITORS}, or write {address}"
    raise click.BadParameter(message, param_hint="--editor")


def _numbered_issue(issue: str | None) -> IssueFolder:
    """Return the issue that is to be shown. Raise ManifestError if it has no number."""
    from newsletter.manifest import IssueFolder
    from newsletter.manifest.project import is_number

    folder = IssueFolder.at(find_issue(issue, Path.cwd()).path.resolve())
    if is_number(folder.name) and folder.exists:
        return folder

    message = "This is not a numbered issue."
    hint = "Name its folder by its number, and put an issue.yaml into it."
    raise ManifestError.at(folder.manifest, None, message, hint)


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at ``host``. Raise UsageError if there cannot be one."""
    from newsletter.preview.server import listen

    reason = "That is not the name of a computer"
    if _HOST.fullmatch(host):
        try:
            return listen(host, port)
        except OSError as error:
            reason = str(error.strerror).partition(" (")[0]

    message = f"The preview cannot listen at '{printable(host)}', port {port}: {reason}."
    hint = "Give an address of this computer as --host, or another --port."
    raise click.UsageError(f"{message} {hint}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str, port: int, number: str) -> str:
    """Return the web address of an issue's page. An address of IPv6 is written in brackets."""
    if ":" in host:
        host = f"[{host}]"
    return f"http://{host}:{port}/{number}"


def _open_browser(address: str) -> None:
    """Open the browser, and have a thread wait for it, so that it leaves no zombie."""

    def open_and_wait() -> None:
        click.launch(address, wait=True)

    Thread(target=open_and_wait, daemon=True).start()
