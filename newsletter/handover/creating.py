"""Have a service make the only draft of an issue, though others may try at the same moment."""

from __future__ import annotations

from newsletter.errors import HandoverError, ServiceError, Uncertain
from newsletter.handover.handover import Handover
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Status


def create(handover: Handover, begun: Draft, earlier: Draft | None) -> tuple[Draft, Campaign]:
    """Have the service make the only draft. Return the record with its id, and the draft.

    The record is saved immediately: it may be a while until the draft is listed, and somebody may
    rename it. ``earlier`` is the record that comes back if nothing was made.
    """
    is_ours = True
    try:
        created = handover.service.create(handover.outgoing)
    except Uncertain as error:
        created = handover.campaigns.unanswered(error)
        is_ours = False
    except ServiceError:
        handover.record.restore(earlier)  # nothing was made
        raise

    begun = begun.model_copy(update={"campaign": created})
    handover.record.save(begun)
    campaign = handover.campaigns.read(created)

    # What nobody confirmed may be somebody else's, and must not be deleted.
    if is_ours and campaign.status == Status.DRAFT:
        _give_way(handover, campaign, earlier)
    else:
        handover.campaigns.require_no_other(campaign)
    return begun, campaign


def _give_way(handover: Handover, own: Campaign, earlier: Draft | None) -> None:
    """Delete our ``own`` draft if somebody elsewhere made one at the same moment.

    Raise HandoverError in that case.
    """
    rival = handover.campaigns.rival_of(own)
    if rival is None:
        return

    message = f"Somebody else has just made a draft of this issue: {rival.id} ({rival.address})."
    try:
        handover.service.delete(own.id)
    except ServiceError as error:
        ours = f"{own.id} ({own.address})"
        hint = f"Delete the one made from here, {ours}, and run the command again."
        not_deleted = handover.error(message, hint)
        raise HandoverError([*not_deleted.problems, *error.problems]) from None

    handover.record.restore(earlier)
    message = f"{message} The one made from here was deleted."
    hint = "Run the command again to see theirs; it makes no second one."
    raise handover.error(message, hint)
