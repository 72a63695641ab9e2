"""What handing over is about to do, for the editor to agree to."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from newsletter.cli.facts import destination_facts, issue_title, print_facts
from newsletter.cli.format_table import print_formats
from newsletter.cli.output import say

if TYPE_CHECKING:
    from newsletter.handover import Destination, HandoverPlan, HandoverStep

_DOES = {
    "create": "makes one draft; nothing is sent",
    "update": "updates the draft that is there; nothing is sent",
    "send": "sends it immediately: this service keeps no drafts",
}
_STEPS = {
    "create": "makes a draft",
    "update": "updates its draft",
    "send": "sends it",
    "leave": "no change",
}


def print_plan(plan: HandoverPlan) -> None:
    """Print what is about to be done."""
    issue = plan.outgoing.email.issue
    if issue.publication.formats:
        print_facts(issue_title(issue), _common_facts(plan))
        _print_formats(plan)
    else:
        print_facts(issue_title(issue), _all_facts(plan))

    for note in _notes(plan.destination):
        say(f"  Note         {note}")
    for step in plan.steps:
        for difference in step.overwrites:
            say(f"  Replaces     {_of_format(step)}{difference}")


def _all_facts(plan: HandoverPlan) -> dict[str, str]:
    """Return what is about to be done with an issue that has one format."""
    destination = plan.destination
    facts = {"Subject": plan.outgoing.title, **destination_facts(destination)}
    facts |= _file_facts(plan)
    if destination.profile.needs_upload:
        facts["Merge tags"] = _merge_tags(destination)
        facts["Does"] = "writes the email, to upload to a mailing service by hand"
    else:
        facts["Does"] = _DOES[plan.steps[0].does]
    return facts


def _common_facts(plan: HandoverPlan) -> dict[str, str]:
    """Return what is the same for all formats."""
    destination = plan.destination
    facts = {
        "Subject": plan.outgoing.title,
        "Service": destination.title,
        "Account": destination.account,
        **_file_facts(plan),
    }
    if destination.profile.needs_upload:
        facts["Merge tags"] = _merge_tags(destination)
    return facts


def _file_facts(plan: HandoverPlan) -> dict[str, str]:
    """Return which files the emails show or link to, and where they are brought."""
    from newsletter.checks.verdict import files_in_words

    files = plan.files
    if not files:
        return {}

    facts = {"Files": files_in_words(files)}
    place = plan.outgoing.email.issue.publication.pictures_to
    if place:
        facts["Copies"] = f"what is missing in '{place}'"
    elif plan.uploads:
        title = plan.destination.title
        kilobytes = ceil(sum(len(file.content) for file in plan.uploads) / 1000)
        uploads = files_in_words(plan.uploads)
        facts["Uploads"] = f"{uploads} to {title} ({kilobytes:,} KB)"
    return facts


def _merge_tags(destination: Destination) -> str:
    """Return whose merge tags are in the files."""
    from newsletter.services import profile_of

    if destination.tags == destination.name:
        return "none; links and names are the publication's own (--tags names a service)"
    return f"of {profile_of(destination.tags).title}"


def _notes(destination: Destination) -> list[str]:
    """Return what the service does not take."""
    from newsletter.services.protocol import Capability

    notes: list[str] = []
    if not destination.can(Capability.PLAIN_TEXT):
        notes.append(f"{destination.title} does not take our plain text; it makes its own.")
    if not destination.can(Capability.PREHEADER):
        notes.append("The preheader is only in the HTML: there is no field for it.")
    return notes


# One line for each format


def _print_formats(plan: HandoverPlan) -> None:
    """Print a table of the formats, whether their readers get one email each, and what is done."""
    destinations = [step.destination for step in plan.steps]
    print_formats(destinations, "Does", [_does(step) for step in plan.steps], plan.readers)
    say(f"  {'Does':<12} {_does_in_all(plan)}")


def _does_in_all(plan: HandoverPlan) -> str:
    """Return what is about to be done with all formats together."""
    from newsletter.checks.verdict import many

    does = [step.does for step in plan.steps]
    if plan.destination.profile.needs_upload:
        emails = many(len(does) - does.count("leave"), "email")
        return f"writes {emails}, to upload to a mailing service by hand"

    if "send" in does:
        emails = many(does.count("send"), "email")
        return f"sends {emails} immediately: this service keeps no drafts"

    parts: list[str] = []
    for action, verb in (("create", "makes"), ("update", "updates")):
        if action in does:
            drafts = many(does.count(action), "draft")
            parts.append(f"{verb} {drafts}")
    done = ", ".join(parts)
    return f"{done}; nothing is sent"


def _does(step: HandoverStep) -> str:
    if step.destination.profile.needs_upload and step.does != "leave":
        return "writes the email"
    return _STEPS[step.does]


def _of_format(step: HandoverStep) -> str:
    """Return what comes before a line that is about one of several formats."""
    email = step.outgoing.email
    return f"{email.format.name}: " if email.issue.publication.formats else ""
