"""Hand over: exactly one draft of each format, holding exactly the issue, for the right audience.

The order of things makes it so, whatever breaks and wherever it stops:

1. Whatever can stop one format stops them all, before the editor is asked: a page of the archive
   that is not on the web yet, too.
2. The pictures of all formats come before the first draft (``handover/enclosures.py``).
3. Before a service is asked to make a draft, the record of that format says what was begun; as soon
   as it is made, the record has its id.
4. Whatever is made carries the marker of the issue and the format in its name. Before anything is
   made, every campaign with the marker is looked up: one is reused, two need a person to decide. If
   no answer came, the marker finds what was made. The search is repeated when the editor has
   agreed, for that may take an hour, and somebody else may have been quicker; and again when a
   draft was made: of two made at the same moment, whoever made the younger one deletes it.
5. What a service has is read back, written again if it is not what was sent, and compared again.
6. Only then does the record say that it is done, and the next format follows. What broke off goes
   on there when it is run again: a format that has not changed is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from newsletter.checks.report import Report
from newsletter.handover.approvals import require_approvals
from newsletter.handover.creating import create
from newsletter.handover.destination import Destination
from newsletter.handover.differences import additions, fields_of
from newsletter.handover.enclosures import Enclosures
from newsletter.handover.found import Found
from newsletter.handover.handover import Handover
from newsletter.handover.locking import exclusive_lock
from newsletter.handover.plan import Confirm, HandoverPlan
from newsletter.handover.publishing import Copied
from newsletter.handover.readers import count_readers, require_separate
from newsletter.handover.refusals import (
    require_not_for_them_already,
    require_same_order,
    require_takes_text_alone,
)
from newsletter.handover.sending import send
from newsletter.handover.unfinished import one_by_one
from newsletter.model import Draft
from newsletter.services.protocol import Campaign, Capability, Status

_MOST_WRITES = 2
"""How often a draft is written again if it does not hold what it was sent."""


def hand_over(
    report: Report,
    destinations: Sequence[Destination],
    *,
    by: str,
    confirm: Confirm,
    copied: Copied | None = None,
    besides: Sequence[Destination] = (),
) -> tuple[Draft, ...]:
    """Make one draft of a checked issue for each destination in the service, or update its draft.

    The destinations are of one account, and each is for another format of the issue. A format that
    has not changed since it was handed over is left as it is. ``by`` is the person who hands the
    issue over. ``confirm`` is called before anything is changed, and can raise. ``copied`` is
    called with the files that were then copied to ``pictures_to``, if any were. ``besides`` are the
    destinations of formats that are not handed over now: their readers are counted with the others.

    Return the drafts in the same order; the ``differences`` of each are where the service has
    something else than it was sent. Raise PreflightError if the checks found errors, HandoverError
    if rules were left out, if an approval is missing or if a person must look at something, and
    ServiceError. The formats before the one that broke off are done then.
    """
    report.require_ready()
    every_destination = (*destinations, *besides)
    require_separate(every_destination, report.folder.project)
    require_approvals(report, *destinations)

    handovers = [Handover.prepare(report, destination, by) for destination in destinations]
    for handover in handovers:
        require_takes_text_alone(handover)
        require_same_order(handover.galley)
        require_not_for_them_already(handover)
    galleys = [handover.galley for handover in handovers]
    enclosures = Enclosures.of(galleys, destinations[0], copied)

    def agree(plan: HandoverPlan) -> None:
        readers = count_readers(every_destination, report.galley.issue.publication)
        confirm(replace(plan, readers=readers))

    with exclusive_lock(report.folder):
        if destinations[0].can(Capability.DRAFT):
            return _make_drafts(handovers, enclosures, agree)
        return send(handovers, enclosures, agree)


def _make_drafts(
    handovers: Sequence[Handover], enclosures: Enclosures, confirm: Confirm
) -> tuple[Draft, ...]:
    """Make or update the draft of each format. Return them, holding the issue."""
    there = [Found.look_up(handover) for handover in handovers]
    kept = enclosures.addresses()
    formats = [found.with_kept(kept) for found in there]

    changed = [found for found in formats if not found.is_done]
    for found in changed:
        found.require_editable()
    enclosures.require_published()
    if changed:
        steps = tuple(found.step() for found in formats)
        confirm(HandoverPlan(steps, enclosures.files, enclosures.missing(kept)))
        kept = enclosures.upload(kept)
    enclosures.bring(kept)

    complete = [found.with_kept(kept) for found in formats]
    return one_by_one(complete, _finished)


def _finished(found: Found) -> Draft:
    """Return the draft of a format when it holds the issue."""
    if found.is_done:
        return _left_as_it_is(found)

    handover = found.handover
    campaign = found.as_agreed()
    begun = handover.begin(campaign)
    if campaign is None:
        begun, campaign = create(handover, begun, found.earlier)
    campaign = _write_until_equal(handover, campaign)
    _require_draft_for_audience(handover, campaign)
    return _finish(handover, begun, campaign)


def _left_as_it_is(found: Found) -> Draft:
    """Return the draft of a format that has not changed, and complete what is kept of it here."""
    handover = found.handover
    draft = handover.record.require()
    if draft.format != handover.format:  # since then, the publication has got its formats
        draft = handover.record.save(draft.model_copy(update={"format": handover.format}))
    handover.record.save_missing_copies(draft, handover.files)
    return draft


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
