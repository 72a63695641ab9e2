"""What stops an issue from being handed over: where it is already, or how far it is there.

Each function raises HandoverError, which says what a person has to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsletter.email.digests import approved_digest
from newsletter.errors import HandoverError
from newsletter.handover.handover import Handover
from newsletter.handover.record import RECORD, records_of
from newsletter.manifest import line_of_format
from newsletter.model import Draft
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Capability, Status
from newsletter.text.printable import printable

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley


class _Refusal(NamedTuple):
    """What is wrong and what to do, with the names of values in braces."""

    message: str
    hint: str

    def error(self, handover: Handover, **values: object) -> HandoverError:
        """Return the error, with the values in it."""
        values["record"] = _place_of_record(handover)
        message = self.message.format(**values)
        hint = self.hint.format(**values)
        return handover.error(message, hint)


def _place_of_record(handover: Handover) -> str:
    """Return what an editor deletes to have this format handed over anew, and no other one.

    The folder of the leading format has the records of the others in it.
    """
    folder = handover.record.folder.name
    is_leading = not handover.email.further_format
    if handover.issue.publication.formats and is_leading:
        return f"{folder}/{RECORD}"
    return f"{folder}/"


_TO_BE_DELETED = "If nobody can have received it: delete what is there, then {record} here."
_NOT_TO_BE_RECALLED = "What has been sent cannot be recalled. Nothing was done."

# The issue is at another service, or in another account.
_HANDED_OVER_ELSEWHERE = _Refusal(
    "This issue was already handed over to {service} ({place}).", _TO_BE_DELETED
)
_BEGUN_ELSEWHERE = _Refusal(
    "Somebody has already begun to hand this issue over to {service} ({place}).", _TO_BE_DELETED
)

# The service will send it, or has sent it.
_SCHEDULED_WITHOUT_RECORD = _Refusal(
    "{service} will send this issue at a set time ({address}), but there is no record of it.",
    "Fetch the record from git, or unschedule the issue there.",
)
_SCHEDULED = _Refusal(
    "{service} will send this issue at a set time ({address}), and the issue has changed since.",
    "Unschedule it first: newsletter unschedule {number}.",
)
_NO_LONGER_A_DRAFT = _Refusal(
    "In {service} this issue is {status} ({address}).",
    "It can no longer be changed. Nothing was done.",
)

# It was sent by a service that keeps no drafts.
_PERHAPS_SENT = _Refusal(
    "Somebody began to send this issue at {begun:%Y-%m-%d %H:%M} UTC,"
    " and it is not known whether it went out.",
    "Check whether {readers} has it. If not, delete {record} and run the command again.",
)
_SENT_TO_OTHERS = _Refusal("This issue was already sent, to {readers}.", _NOT_TO_BE_RECALLED)
_SENT_OTHERWISE = _Refusal(
    "This issue was already sent, and it has changed since.", _NOT_TO_BE_RECALLED
)


def require_takes_text_alone(handover: Handover) -> None:
    """Refuse an email without HTML where the service takes none."""
    destination = handover.destination
    if handover.email.format.has_html or destination.can(Capability.TEXT_ALONE):
        return

    name = handover.email.format.name
    publication = handover.galley.folder.project.publication
    line = line_of_format(publication, name, "parts")
    message = f"{destination.title} takes no email without HTML, as the format '{name}' is."
    hint = "Leave 'parts: text' out."
    raise HandoverError.at(publication, line, message, hint)


def require_same_order(galley: Galley) -> None:
    """Refuse a format if it, or another one in its place, has become the leading one since.

    The leading format has a record and a marker without its name. If another one comes in its
    place, the draft of one would be taken for that of the other.
    """
    own = galley.email
    for record in records_of(galley.folder):
        draft = record.read()
        if draft is None or draft.format is None:
            continue

        is_in_own_place = record.further_format == own.further_format
        is_own = draft.format == own.format.name
        if is_in_own_place == is_own:
            continue

        was = "not the first" if record.further_format else "the first"
        format = printable(draft.format)
        message = f"When this was handed over, the format '{format}' was {was} one."
        hint = "Restore its name and its place in publication.yaml until the issue has been sent."
        raise record.error(message, hint)


def require_not_for_them_already(handover: Handover) -> None:
    """Refuse a format for readers who have the issue in one that is no longer a format.

    It may have been given another name: they would get the issue twice.
    """
    destination = handover.destination
    formats = handover.issue.publication.formats
    current = {"", *(format.name for format in formats[1:])}
    for record in records_of(handover.galley.folder):
        draft = None if record.further_format in current else record.read()
        if draft is None or draft.audience is None or draft.service != destination.name:
            continue
        if destination.audience_id not in (draft.audience.id, draft.audience.within):
            continue

        dropped = record.further_format
        message = f"These readers have the issue as '{dropped}', which is no longer a format"
        if draft.address:
            message += f" ({draft.address})"
        hint = (
            f"Name the format '{dropped}' again in publication.yaml. "
            "If nobody can have received it, you can delete what is there instead, then"
            f" handed-over/{dropped}/ here."
        )
        raise record.error(f"{message}.", hint)


def require_same_place(handover: Handover, earlier: Draft | None) -> None:
    """Refuse another service or account than the record's: readers might get the issue twice.

    Refuse the record of another issue as well. What still needs an upload reaches nobody.
    """
    if earlier is None:
        return

    handover.record.require_own(earlier, handover.issue.number)
    profile = profile_of(earlier.service)
    if profile.needs_upload:
        return

    destination = handover.destination
    is_same_service = earlier.service == destination.name
    if is_same_service and destination.is_account_of(earlier, handover.outgoing.marker):
        return

    refusal = _HANDED_OVER_ELSEWHERE if earlier.state == "done" else _BEGUN_ELSEWHERE
    if Capability.DRAFT not in profile.can:
        refusal = refusal._replace(hint=_NOT_TO_BE_RECALLED)

    place = f"account {earlier.account}"
    if earlier.address:
        place += f", {earlier.address}"
    raise refusal.error(handover, service=profile.title, place=place)


def require_editable(handover: Handover, earlier: Draft | None, campaign: Campaign) -> None:
    """Refuse to change a campaign that is not a draft any more."""
    if campaign.status == Status.DRAFT:
        return

    has_record = earlier is not None and earlier.state == "done"
    if campaign.status != Status.SCHEDULED:
        refusal = _NO_LONGER_A_DRAFT
    elif has_record:
        refusal = _SCHEDULED
    else:
        refusal = _SCHEDULED_WITHOUT_RECORD
    raise refusal.error(
        handover,
        service=handover.title,
        address=campaign.address,
        status=campaign.status,
        number=handover.issue.number,
    )


def require_sent_as_is(handover: Handover, earlier: Draft) -> None:
    """Refuse unless what was sent is this very issue, to these readers."""
    readers = earlier.audience_id or "nobody"
    if earlier.state == "begun":
        raise _PERHAPS_SENT.error(handover, begun=earlier.begun, readers=readers)
    if earlier.audience != handover.destination.audience:
        raise _SENT_TO_OTHERS.error(handover, readers=readers)
    if earlier.content != approved_digest(handover.email):
        raise _SENT_OTHERWISE.error(handover)
