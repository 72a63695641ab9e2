"""``newsletter hand-over``: the issue to a mailing service, as one draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.connection import destinations_of
from newsletter.cli.facts import say_copied
from newsletter.cli.format_option import require_format
from newsletter.cli.handed_over import print_done, print_nothing_to_do
from newsletter.cli.handover_plan import print_plan
from newsletter.cli.issue_argument import find_issue
from newsletter.cli.names import SERVICES, SERVICES_WITH_MERGE_TAGS
from newsletter.cli.output import say
from newsletter.cli.person import agrees_for_readers, confirm, require_person_name, user_name
from newsletter.cli.ready import ready_report

if TYPE_CHECKING:
    from newsletter.handover import HandoverPlan
    from newsletter.manifest import IssueFolder
    from newsletter.model import Publication


@click.command("hand-over")
@click.argument("issue", required=False)
@click.option(
    "--to",
    "service",
    type=SERVICES,
    metavar="SERVICE",
    help="The service, instead of the publication's.",
)
@click.option("--audience", metavar="ID", help="Id of the audience, instead of the publication's.")
@click.option(
    "--format",
    "only",
    multiple=True,
    metavar="NAME",
    help="Only this format of the issue; can be given several times.",
)
@click.option(
    "--tags",
    type=SERVICES_WITH_MERGE_TAGS,
    metavar="SERVICE",
    help="For the folder: use this service's merge tags.",
)
@click.option(
    "--by",
    default=user_name,
    callback=require_person_name,
    show_default="your name on this computer",
    help="Who hands it over.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Do not ask for the number, unless readers would get two emails; for scripts.",
)
@click.pass_context
def hand_over(
    ctx: click.Context,
    issue: str | None,
    service: str | None,
    audience: str | None,
    only: tuple[str, ...],
    tags: str | None,
    by: str,
    yes: bool,
) -> None:
    """Hand ISSUE (the newest, if none is named) over to the mailing service, as one draft.

    If the publication has formats, there is one draft of each. A draft is read back and compared.
    Nothing is sent: a person does that in the service, or 'newsletter schedule'. Run it again after
    a change to update the draft; without a change, it does nothing. Exit status: 0 if each draft is
    as it was given, 1 if the checks found errors or the service holds something else, 2 if it could
    not be done.
    """
    from newsletter.handover import hand_over as make_drafts

    report = ready_report(find_issue(issue, Path.cwd()))
    publication = report.galley.issue.publication
    service = service or publication.service
    _require_options_of(service, audience, tags)
    _require_format(publication, only, audience)
    destinations = destinations_of(report, service, audience, tags, only)
    chosen = [each for each in destinations if not only or each.format.name in only]
    besides = [each for each in destinations if each not in chosen]
    agreed: list[HandoverPlan] = []

    def agree(plan: HandoverPlan) -> None:
        agreed.append(plan)
        print_plan(plan)
        _print_left_over(publication, report.folder)
        _ask(plan, yes=yes)

    copied = say_copied(publication)
    drafts = make_drafts(report, chosen, by=by, confirm=agree, copied=copied, besides=besides)
    if agreed:
        print_done(drafts, agreed[0], report.folder)
    else:
        has_files = any(galley.email.files for galley in report.galley.every_format)
        print_nothing_to_do(drafts, chosen, publication, has_files=has_files)
        _print_left_over(publication, report.folder)
    ctx.exit(1 if any(draft.differences for draft in drafts) else 0)


def _ask(plan: HandoverPlan, *, yes: bool) -> None:
    """Ask the editor for the issue's number. ``yes`` does not answer for readers of two emails."""
    yes = agrees_for_readers(plan.readers, yes=yes)
    sends = any(step.does == "send" for step in plan.steps)
    action = "send it" if sends else "hand it over"
    confirm(plan.outgoing.email.issue.number, action, yes=yes)


def _print_left_over(publication: Publication, folder: IssueFolder) -> None:
    """Print which formats were handed over that publication.yaml no longer has."""
    from newsletter.handover import records_of

    names = {format.name for format in publication.formats}
    for record in records_of(folder):
        if record.further_format and record.further_format not in names:
            format = record.further_format
            say(f"  Note         '{format}' is no longer a format; its draft is left as it is.")


def _require_options_of(service: str, audience: str | None, tags: str | None) -> None:
    """Raise UsageError for an option that makes no sense with this service."""
    from newsletter.services import profile_of
    from newsletter.services.protocol import Capability

    profile = profile_of(service)
    if tags and not profile.needs_upload:
        raise click.UsageError("--tags is for the folder; a service gets its own merge tags.")
    if audience is not None and Capability.AUDIENCES not in profile.can:
        raise click.UsageError(f"{profile.title} has no audiences: leave --audience out.")


def _require_format(publication: Publication, only: tuple[str, ...], audience: str | None) -> None:
    """Raise UsageError if there is no such format, or if an audience is for several of them."""
    for name in only:
        require_format(publication, name)

    count = len(set(only)) or len(publication.formats)
    if audience is not None and count > 1:
        raise click.UsageError("--audience is for one format: name it with --format.")
