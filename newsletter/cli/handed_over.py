"""What came of handing over, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsletter.cli.facts import local_time
from newsletter.cli.output import say, styled
from newsletter.files import relative_to_cwd

if TYPE_CHECKING:
    from newsletter.handover import Destination, HandoverPlan, HandoverStep
    from newsletter.manifest import IssueFolder
    from newsletter.model import Draft, Publication


_DONE = {
    "create": "The draft is made",
    "update": "The draft is updated",
    "send": "Sent.",
    "leave": "Unchanged.",
}


def print_nothing_to_do(
    drafts: Sequence[Draft],
    destinations: Sequence[Destination],
    publication: Publication,
    *,
    has_files: bool,
) -> None:
    """Print why nothing is to be done, and how far each format is."""
    from newsletter.handover import is_uploaded_later

    if publication.formats:
        say("Nothing new to hand over: no format has changed.")
    for draft, destination in zip(drafts, destinations, strict=True):
        _print_unchanged(draft, destination, publication)
    if has_files and is_uploaded_later(publication, destinations[0]):
        say(f"  Are its pictures on the web?  newsletter check {drafts[0].number} --online")


def _print_unchanged(draft: Draft, destination: Destination, publication: Publication) -> None:
    from newsletter.services.protocol import Capability, Status

    was = "handed over" if destination.can(Capability.DRAFT) else "sent"
    when = local_time(draft.done or draft.begun, publication.time_zone)
    message = f"Nothing new to hand over: this very content was {was} by {draft.by}, {when}."
    if publication.formats:
        message = f"{_of_format(draft)}{was} by {draft.by}, {when}."
    say(message, err=bool(draft.differences))

    if draft.campaign and destination.can(Capability.READ_BACK):
        campaign = destination.service.read(draft.campaign)
        if campaign and campaign.status != Status.DRAFT:
            say(f"  In {destination.title} this issue is {campaign.status}.")

    _print_differences(draft)
    _print_address(draft, "Look at it")


def print_done(drafts: Sequence[Draft], plan: HandoverPlan, folder: IssueFolder) -> None:
    """Print what was done, and what is left to do."""
    label = "Look, and send it"
    if plan.destination.profile.needs_upload:
        label = "Look at it"

    for draft, step in zip(drafts, plan.steps, strict=True):
        say(_of_format(draft), _done(draft, step), err=bool(draft.differences))
        _print_differences(draft)
        _print_address(draft, label)
    if plan.files:
        _print_files(drafts, plan, folder)

    differs = any(draft.differences for draft in drafts)
    record = relative_to_cwd(folder.handed_over)
    say(f"  Commit with the issue:  {record}/", err=differs)


def _print_files(drafts: Sequence[Draft], plan: HandoverPlan, folder: IssueFolder) -> None:
    """Print that the files are served, or which of them a person must upload, and where to."""
    from newsletter.checks.verdict import files_in_words
    from newsletter.handover import is_uploaded_later

    issue = plan.outgoing.email.issue
    if not is_uploaded_later(issue.publication, plan.destination):
        say(f"  On the web:  {files_in_words(plan.files)}")
        return

    number = issue.number
    there = plan.files[0].address.removesuffix(plan.files[0].name)
    say("  Upload these before the email goes out:")
    for path in _written(drafts, plan, folder):
        say(f"    {path}")
    say(f"  to {there}")
    say(f"  Are they on the web?  newsletter check {number} --online")


def _written(drafts: Sequence[Draft], plan: HandoverPlan, folder: IssueFolder) -> Iterable[str]:
    """Return where each file was written, each once though several formats have it."""
    paths: dict[str, str] = {}
    for draft, step in zip(drafts, plan.steps, strict=True):
        place = folder.project.root / (draft.campaign or "") / "pictures" / draft.number
        for file in step.outgoing.email.files:
            paths.setdefault(file.name, f"{relative_to_cwd(place)}/{file.name}")
    return paths.values()


def _done(draft: Draft, step: HandoverStep) -> str:
    """Return what was done with a format, in a sentence."""
    if step.does in ("leave", "send"):
        return _DONE[step.does]
    if step.destination.profile.needs_upload:
        return "The email is written. Upload it to your mailing service by hand."

    done = _DONE[step.does]
    if draft.differences:
        return f"{done}."
    if draft.additions:
        return styled(f"{done}.", fg="green")
    return styled(f"{done}, read back, and as it was given.", fg="green")


def _print_differences(draft: Draft) -> None:
    """Print where the service holds something else than it was given."""
    differs = bool(draft.differences)
    for difference in draft.differences:
        say(f"  Differs      {difference}", err=True)
    for addition in draft.additions:
        say(f"  Added there  {addition}", err=differs)
    if differs:
        message = "The service does not hold what it was given."
        say(f"{message} Look at it there before anybody sends it.", err=True)


def _print_address(draft: Draft, label: str) -> None:
    """Print where to look at the draft, if the service says."""
    differs = bool(draft.differences)
    if draft.address:
        say(f"  {label}:  {draft.address}", err=differs)


def _of_format(draft: Draft) -> str:
    """Return what comes before a line that is about one of several formats."""
    return f"{draft.format}: " if draft.format else ""
