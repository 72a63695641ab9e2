"""Hand over: exactly one draft in the service, holding exactly the issue, for the right audience.

The order of things makes it so, whatever breaks and wherever it stops:

1. The pictures come before the draft that shows them: what the service does not have yet is
   uploaded when the editor has agreed (``handover/storing.py``), or all are copied to where the
   publication serves them (``handover/publishing.py``). Then each is asked for, as a reader's
   program does (``handover/served.py``).
2. Before a service is asked to make a draft, the record says what was begun; as soon as it is
   made, the record has its id.
3. Whatever is made carries the issue's marker in its name. Before anything is made, every campaign
   with the marker is looked up: one is reused, two need a person to decide. If no answer came, the
   marker finds what was made. The search is repeated when the editor has agreed, for that may take
   an hour, and somebody else may have been quicker; and again when a draft was made: of two made at
   the same moment, whoever made the younger one deletes it.
4. What a service has is read back, written again if it is not what was sent, and compared again.
5. Only then does the record say that it is done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from newsletter.checks.report import Report
from newsletter.handover.approvals import require_approvals
from newsletter.handover.creating import create
from newsletter.handover.destination import Destination
from newsletter.handover.differences import additions, changes, fields_of
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.plan import Confirm, Handover, HandoverPlan
from newsletter.handover.publishing import Copied
from newsletter.handover.record import digests
from newsletter.handover.refusals import require_editable, require_same_place
from newsletter.handover.sending import send
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Capability, Status

_MOST_WRITES = 2
"""How often a draft is written again if it does not hold what it was sent."""


def hand_over(
    report: Report,
    destination: Destination,
    *,
    by: str,
    confirm: Confirm,
    copied: Copied | None = None,
) -> Draft:
    """Make one draft of a checked issue in the service, or update its draft.

    An issue that has not changed since it was handed over is left as it is. ``by`` is the person
    who hands it over. ``confirm`` is called before anything is changed, and can raise. ``copied``
    is called with the files that were then copied to ``pictures_to``, if any were.

    Return the draft; its ``differences`` are where the service has something else than it was sent.
    Raise PreflightError if the checks found errors, HandoverError if rules were left out, if an
    approval is missing or if a person must look at something, and ServiceError.
    """
    report.require_ready()
    require_approvals(report, destination)
    handover = Handover.prepare(report, destination, by, copied)
    with exclusive_lock(report.folder):
        if destination.can(Capability.DRAFT):
            return _make_draft(handover, confirm)
        return send(handover, confirm)


def _make_draft(handover: Handover, confirm: Confirm) -> Draft:
    """Make or update the one draft. Return it, holding the issue."""
    earlier = handover.record.read()
    require_same_place(handover, earlier)
    existing = handover.campaigns.existing(earlier)
    handover = handover.with_kept_files()

    if earlier and existing and _is_unchanged(handover, earlier, existing):
        handover.bring_pictures()
        handover.record.save_missing_copies(earlier, handover.files)
        return earlier

    if existing:
        require_editable(handover, earlier, existing)
    confirm(_plan(handover, earlier, existing))
    handover = handover.with_uploads()
    handover.bring_pictures()
    campaign = _as_agreed(handover, earlier, existing)

    begun = handover.begin(campaign)
    if campaign is None:
        begun, campaign = create(handover, begun, earlier)
    campaign = _write_until_equal(handover, campaign)
    _require_draft_for_audience(handover, campaign)
    return _finish(handover, begun, campaign)


def _is_unchanged(handover: Handover, earlier: Draft, campaign: Campaign) -> bool:
    """Return whether this very issue was handed over, and is there as it was."""
    outgoing = handover.outgoing
    return (
        earlier.state == "done"
        and not handover.uploads
        and earlier.campaign == campaign.id
        and earlier.files == digests(handover.files)
        and earlier.subject == outgoing.title
        and earlier.audience_id == outgoing.audience
        and not changes(earlier, campaign)
        and earlier.differences == handover.differences(campaign)
    )


def _plan(handover: Handover, earlier: Draft | None, existing: Campaign | None) -> HandoverPlan:
    """Return what is about to be done, with what somebody changed in the service and will lose."""
    plan = HandoverPlan("create", handover.outgoing, handover.destination, uploads=handover.uploads)
    if existing is None:
        return plan

    was_begun = earlier is not None and earlier.state == "begun"
    is_untouched = earlier is not None and not changes(earlier, existing)
    overwrites: tuple[str, ...] = ()
    if not was_begun and not is_untouched:
        overwrites = handover.differences(existing)
    return replace(plan, does="update", overwrites=overwrites)


def _as_agreed(
    handover: Handover, earlier: Draft | None, existing: Campaign | None
) -> Campaign | None:
    """Return the issue's campaign when the editor has agreed.

    Raise HandoverError if it is not the ``existing`` one that they saw.
    """
    current = handover.campaigns.existing(earlier)
    if _snapshot(current) == _snapshot(existing):
        return current

    message = f"Somebody else has just changed this issue in {handover.title}."
    hint = "Nothing was done. Run the command again."
    raise handover.error(message, hint)


def _snapshot(campaign: Campaign | None) -> tuple[object, ...]:
    """Return what must not change while the editor is asked."""
    if campaign is None:
        return ()
    return campaign.id, campaign.status, fields_of(campaign)


def _write_until_equal(handover: Handover, campaign: Campaign) -> Campaign:
    """Write the draft until it holds what was sent, but not for ever.

    Return what the service has in the end.
    """
    for _ in range(_MOST_WRITES):
        if campaign.status != Status.DRAFT:
            break
        if not handover.differences(campaign):
            break

        handover.service.update(campaign.id, handover.outgoing)
        campaign = handover.campaigns.read(campaign.id)
    return campaign


def _require_draft_for_audience(handover: Handover, campaign: Campaign) -> None:
    """Raise HandoverError if what was made is no draft, or one for other readers."""
    if campaign.status != Status.DRAFT:
        message = f"{handover.title} was given a draft, but says that it is {campaign.status}."
        hint = f"Look at it now: {campaign.address}"
        raise handover.error(message, hint)

    audience = handover.outgoing.audience
    if audience and campaign.audiences != (audience,):
        current = "none"
        if campaign.audiences:
            current = ", ".join(campaign.audiences)
        message = (
            f"The draft {campaign.address} has the wrong audience: {current} instead of {audience}."
        )
        hint = "Do not send it. Look at it, and delete it there."
        raise handover.error(message, hint)


def _finish(handover: Handover, begun: Draft, campaign: Campaign) -> Draft:
    """Record that all is done. Return the draft."""
    profile = handover.destination.profile
    done = {
        "state": "done",
        "campaign": campaign.id,
        "address": campaign.address,
        "read_back": fields_of(campaign),
        "differences": handover.differences(campaign),
        "additions": additions(campaign, profile.adds),
        "done": datetime.now(UTC),
    }
    draft = begun.model_copy(update=done)
    return handover.record.save(draft, handover.files)
