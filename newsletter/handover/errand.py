"""What is to be handed over, where and by whom, and what the editor sees of it first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsletter.checks.report import Report
from newsletter.errors import HandoverError
from newsletter.handover.destination import Destination, is_account_of
from newsletter.handover.record import begin, handed_over, require_own
from newsletter.model import Draft
from newsletter.services import profile_of
from newsletter.services.protocol import Campaign, Capability, Outgoing


@dataclass(frozen=True)
class HandoverPlan:
    """What is about to be done, for the editor to agree to."""

    does: Literal["create", "update", "send"]
    outgoing: Outgoing
    destination: Destination
    replaced: tuple[str, ...] = ()
    """Where the existing draft differs because somebody changed it in the service."""


@dataclass(frozen=True)
class Errand:
    """A checked issue on its way to a service."""

    report: Report
    folder: Path
    """The issue's."""
    destination: Destination
    outgoing: Outgoing
    by: str
    """Who hands it over."""

    def begun(self, campaign: Campaign | None = None) -> Draft:
        """Save and return the record of what is about to be done, to an existing ``campaign`` or to a new one."""
        return begin(self.folder, self.report, self.destination, self.outgoing, self.by, campaign)

    def require_same_place(self, earlier: Draft | None) -> None:
        """Raise HandoverError if the record is another issue's, or the issue is at another service or in another
        account: its readers might get it twice. Only files in a folder reach nobody.
        """
        if earlier is None:
            return
        require_own(earlier, self.outgoing.email.issue.number, self.folder)
        if earlier.service == "folder":
            return
        if earlier.service == self.destination.name and is_account_of(
            self.destination, earlier, self.outgoing.marker
        ):
            return
        profile = profile_of(earlier.service)
        is_done = earlier.state == "done"
        was = (
            "This issue was already handed over"
            if is_done
            else "Somebody has already begun to hand this issue over"
        )
        at = ", ".join(filter(None, (f"account {earlier.account}", earlier.address)))
        message = f"{was} to {profile.title} ({at})."
        hint = f"If nobody can have received it: delete what is there, then {handed_over(self.folder).name}/ here."
        if Capability.DRAFT not in profile.can:
            hint = "What has been sent cannot be recalled. Nothing was done."
        raise HandoverError.at(handed_over(self.folder), None, message, hint)
