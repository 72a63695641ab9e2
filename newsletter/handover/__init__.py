"""Hand a checked issue over to a mailing service: once, whole, to the right readers; and what follows."""

from newsletter.handover.approvals import Approval, approvals_of, approve
from newsletter.handover.destination import Destination, newsletter_folder, reach
from newsletter.handover.differences import changes
from newsletter.handover.drafting import hand_over
from newsletter.handover.errand import Plan
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import files_of, handed_over, read_draft, require_draft
from newsletter.handover.scheduling import (
    Appointment,
    instant,
    require_schedules,
    schedule,
    unschedule,
)
from newsletter.handover.testing import send_test
from newsletter.handover.verifying import verify

__all__ = [
    "Appointment",
    "Approval",
    "Destination",
    "Plan",
    "approvals_of",
    "approve",
    "changes",
    "files_of",
    "hand_over",
    "handed_over",
    "instant",
    "newsletter_folder",
    "outgoing_of",
    "reach",
    "read_draft",
    "require_draft",
    "require_schedules",
    "schedule",
    "send_test",
    "unschedule",
    "verify",
]
