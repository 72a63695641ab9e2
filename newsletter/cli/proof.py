"""``newsletter proof``: one file to mail for sign-off."""

from __future__ import annotations

from pathlib import Path

import click

from newsletter.cli.issue_argument import find_issue
from newsletter.cli.output import say
from newsletter.files import relative_to_cwd


@click.command()
@click.argument("issue", required=False)
@click.option("--open", "open_it", is_flag=True, help="Show the proof in the browser.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the result, instead of build/.",
)
def proof(issue: str | None, open_it: bool, output: Path | None) -> None:
    """Write all that readers of ISSUE (the newest, if none is named) will see into one file.

    The file is build/652/proof.html. It has every format: inbox, phone and desktop, light and dark,
    plain text, and pictures. Mail it to whoever signs the issue off.
    """
    from newsletter.checks.galley import galley_of
    from newsletter.checks.preflight import preflight
    from newsletter.checks.verdict import verdict
    from newsletter.email.building import write_files
    from newsletter.model.addresses import pictures_elsewhere
    from newsletter.preview.proof import proof_page

    folder = find_issue(issue, Path.cwd())
    report = preflight(galley_of(folder))
    checked = report.email.issue
    page = proof_page(report).encode()
    target = (output or folder.project.build) / checked.number
    write_files(target, {"proof.html": page})

    say(f"{relative_to_cwd(target / 'proof.html')}  ({len(page):,} bytes)")
    say(verdict(report))

    elsewhere = pictures_elsewhere(checked)
    if elsewhere:
        say(f"Not in it, because they are on the web: {', '.join(elsewhere)}")

    if open_it:
        click.launch(str(target / "proof.html"))
