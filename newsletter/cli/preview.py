"""``newsletter preview``: the rendered email in the browser, updated with every save."""

from __future__ import annotations

import gc
import ipaddress
import re
import socket
from pathlib import Path
from threading import Thread

import click

from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.errors import ManifestError
from newsletter.preview.editors import EDITORS, SCHEMES, is_editor
from newsletter.text.printable import printable

PORT = 8596
_HOST = re.compile(r"[A-Za-z0-9._:%-]{1,253}")


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
    help="Address to listen on; any other lets others look in.",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--editor",
    envvar="NEWSLETTER_EDITOR",
    default="vscode",
    show_default=True,
    help=f"What opens a file at its line: {', '.join(EDITORS)}, or an address with {{path}} and {{line}}.",
)
def preview(issue: str | None, port: int, host: str, no_open: bool, editor: str) -> None:
    """Show ISSUE (the newest, if none is named) in the browser, as readers will see it; every save shows immediately.

    ISSUE is a number (652) or a path (issues/652). Ctrl-C ends it.
    """
    if not is_editor(editor):
        address = f"write an address with {{path}} that starts with one of {', '.join(SCHEMES)} and a colon."
        raise click.BadParameter(
            f"name one of {', '.join(EDITORS)}, or {address}", param_hint="--editor"
        )
    from newsletter.manifest import IssueFolder
    from newsletter.manifest.project import is_number

    folder = IssueFolder.at(find_issue(issue, Path.cwd()).path.resolve())
    if not (is_number(folder.name) and folder.exists):
        message, hint = (
            "This is not a numbered issue.",
            "Name its folder by its number, and put an issue.yaml into it.",
        )
        raise ManifestError.at(folder.manifest, None, message, hint)
    from newsletter.preview.server import serve  # the web server takes a tenth of a second to load

    with _listening(host, port) as listener:
        taken = listener.getsockname()[1]
        if taken != port:
            say(f"Port {port} is taken; using {taken}.")
        if not _is_loopback(host):
            say(
                f"Warning: anybody who reaches {host} over the network can read all issues.",
                err=True,
            )
        address = f"http://{f'[{host}]' if ':' in host else host}:{taken}/{folder.name}"
        say(f"{address}  (Ctrl-C ends it)")
        if not no_open:  # a thread waits for it, so that it leaves no zombie
            Thread(target=click.launch, args=(address,), kwargs={"wait": True}, daemon=True).start()
        gc.enable()  # it may run for weeks
        try:
            serve(folder.project.issues, editor, listener, host)
        except KeyboardInterrupt:
            say()
            say("The preview has ended.")


def _listening(host: str, port: int) -> socket.socket:
    from newsletter.preview.server import listen

    if _HOST.fullmatch(host):
        try:
            return listen(host, port)
        except OSError as error:
            reason = str(error.strerror).partition(" (")[0]
    else:
        reason = "That is not the name of a computer"
    message = f"The preview cannot listen at '{printable(host)}', port {port}: {reason}."
    raise click.UsageError(
        f"{message} Give an address of this computer as --host, or another --port."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
