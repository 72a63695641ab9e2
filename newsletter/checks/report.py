"""A Report: a galley that was checked, and what the rules found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsletter.errors import HandoverError, PreflightError
from newsletter.model import Email, Finding, Severity
from newsletter.problem import Problem

if TYPE_CHECKING:
    from newsletter.checks.galley import Galley
    from newsletter.manifest import IssueFolder

_MOST_NAMED = 5
"""Rules that were left out, named in a message."""


@dataclass(frozen=True)
class Report:
    """What the rules found in a galley, in all its formats.

    It holds the galley: whoever has a report has the very issue that was checked, and the folder it
    is in, so nothing else can be approved or handed over.
    """

    galley: Galley
    findings: tuple[Finding, ...]
    """Errors first, then warnings, then infos, each by file and line."""
    ignored: tuple[Finding, ...]
    """Findings that the publication or the issue says to ignore."""
    seconds: Mapping[str, float]
    """The seconds that each rule took, by name."""
    left_out: tuple[str, ...] = ()
    """The rules of a whole check that did not run: others were chosen, or these were skipped.

    A rule that asks the web or SpamAssassin is no part of a whole check, so it is never among them.
    """

    def __post_init__(self) -> None:
        for each in self.galley.every_format:
            if each.email.issue != self.galley.issue:
                raise ValueError("the email of this galley was made from another issue")

    @property
    def email(self) -> Email:
        """The email that was checked, with neutral merge tags."""
        return self.galley.email

    @property
    def folder(self) -> IssueFolder:
        """The folder of the issue that was checked."""
        return self.galley.folder

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        findings = self.findings
        return tuple(finding for finding in findings if finding.severity == severity)

    @property
    def is_ready(self) -> bool:
        """Whether the email can be sent, as far as it was checked: it has no errors."""
        return not self.of("error")

    def require_ready(self) -> None:
        """Raise PreflightError if there are errors, and HandoverError if rules were left out."""
        if not self.is_ready:
            raise PreflightError(_said(finding) for finding in self.of("error"))

        if self.left_out:
            named = ", ".join(self.left_out[:_MOST_NAMED])
            more = len(self.left_out) - _MOST_NAMED
            if more > 0:
                named = f"{named} and {more} more"
            message = f"It was not checked by every rule: {named} did not run."
            hint = "Check it again with all of them before it goes out."
            raise HandoverError.at(self.folder.manifest, None, message, hint)


def _said(finding: Finding) -> Problem:
    """Return what a finding says, with the formats that it is about."""
    return replace(finding.problem, message=finding.message)
