"""Hand a checked issue over to a mailing service: once, whole, to the right readers; and what follows."""

from newsletter.handover.approvals import Approval, approvals_of, approve
from newsletter.handover.destination import Destination, connect_to, newsletter_folder
from newsletter.handover.differences import changes
from newsletter.handover.drafting import hand_over
from newsletter.handover.errand import HandoverPlan
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.record import files_of, handed_over, read_draft, require_draft
from newsletter.handover.scheduling import (
    Appointment,
    parse_send_time,
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
    "HandoverPlan",
    "approvals_of",
    "approve",
    "changes",
    "connect_to",
    "files_of",
    "hand_over",
    "handed_over",
    "newsletter_folder",
    "outgoing_of",
    "parse_send_time",
    "read_draft",
    "require_draft",
    "require_schedules",
    "schedule",
    "send_test",
    "unschedule",
    "verify",
]
