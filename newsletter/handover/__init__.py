"""Hand a checked issue over to a mailing service: once, whole, for the right readers."""

from newsletter.handover.approvals import Approval, approvals_of, approve
from newsletter.handover.destination import Destination, connect_formats, connect_to
from newsletter.handover.differences import changes
from newsletter.handover.drafting import hand_over
from newsletter.handover.outgoing import outgoing_of
from newsletter.handover.plan import HandoverPlan, HandoverStep
from newsletter.handover.readers import Readers
from newsletter.handover.record import Record, files_of, records_of
from newsletter.handover.scheduling import Appointment, schedule
from newsletter.handover.send_time import parse_send_time
from newsletter.handover.served import is_uploaded_later, unserved_files
from newsletter.handover.testing import send_test
from newsletter.handover.unscheduling import require_schedules, unschedule
from newsletter.handover.verifying import verify

__all__ = [
    "Appointment",
    "Approval",
    "Destination",
    "HandoverPlan",
    "HandoverStep",
    "Readers",
    "Record",
    "approvals_of",
    "approve",
    "changes",
    "connect_formats",
    "connect_to",
    "files_of",
    "hand_over",
    "is_uploaded_later",
    "outgoing_of",
    "parse_send_time",
    "records_of",
    "require_schedules",
    "schedule",
    "send_test",
    "unschedule",
    "unserved_files",
    "verify",
]
